"""Registration: the form, and the page that says to look at one's mail, the same for every address."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from jobalerts.errors import TemporaryError
from jobalerts.mongo.search import Search
from jobalerts.preferences import Registration
from jobalerts.registration import register
from jobalerts.sql import companies
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.company_questions import Question, answered, open_questions
from webapp.errors import limit
from webapp.forms import RegisterForm
from webapp.forms import read as read_form
from webapp.login import signed_in_user
from webapp.rate_limits import REGISTER
from webapp.services import now, services

blueprint = Blueprint("register", __name__)


@blueprint.get("/register")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    if signed_in_user():
        return redirect(url_for("alerts.add"))
    form = RegisterForm()
    form.companies.data = request.args.get("company", "")[:200]
    return _form(form)


@blueprint.post("/register")
@access(Access.PUBLIC)
def send() -> ResponseReturnValue:
    form = RegisterForm()
    form.companies.data = answered(request.form, form.companies.data or "")
    registration = read_form(form, Registration)
    if registration is None:
        return _form(form), 422
    with read(services().engine) as connection:
        questions = open_questions(connection, registration.companies, request.form)
    if questions:
        return _form(form, questions), 422
    limit(REGISTER)
    register(services().engine, registration, now=now())
    session["registered_email"] = registration.email
    return redirect(url_for("register.sent"), 303)


@blueprint.get("/register/sent")
@access(Access.PUBLIC)
def sent() -> ResponseReturnValue:
    email = session.get("registered_email")
    return render_template("register/sent.html", email=email) if email else redirect(url_for("register.page"))


def _form(form: RegisterForm, questions: list[Question] | None = None) -> str:
    with read(services().engine) as connection:
        names = companies.all_names(connection, demo=False)
    try:
        newest = services().store.search(Search(), limit=3).postings
    except TemporaryError:
        newest = ()
    return render_template("register/page.html", form=form, names=names, questions=questions or [], newest=newest)
