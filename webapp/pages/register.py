"""Registration: the form, and the page that says to look at one's mail, the same for every address."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from jobalerts.domain.alert import Alert
from jobalerts.preferences import Preferences, Registration
from jobalerts.registration import register
from jobalerts.sql import companies, employers
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.company_questions import Question, answered, open_questions
from webapp.errors import limit
from webapp.fitting import Fitting, what_fits
from webapp.forms import AlertForm, RegisterForm
from webapp.forms import read as read_form
from webapp.login import signed_in_user
from webapp.newest import newest
from webapp.rate_limits import PREVIEW, REGISTER
from webapp.services import now, services

SHOWN = 3
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
    if "preview" in request.form:
        limit(PREVIEW)
        alert_form = AlertForm()
        alert_form.companies.data = form.companies.data
        preferences = read_form(alert_form, Preferences, show_in=form)
        return _form(form, fitting=_preview(preferences) if preferences else None), 200 if preferences else 422
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


def _preview(preferences: Preferences) -> list[Fitting]:
    """What would fit such an alert right now; nothing while the postings cannot be read."""
    wanted, moment = preferences.wanted, now()
    alert = Alert(
        id="",
        user_id="",
        job_types=wanted.job_types,
        years=wanted.years,
        companies=wanted.companies,
        countries=wanted.countries,
        remote_only=wanted.remote_only,
        created_at=moment,
        changed_at=moment,
        paused_at=None,
    )
    with read(services().engine) as connection:
        known = employers.load(connection)
    return what_fits([alert], known, demo_user=False) or []


def _form(form: RegisterForm, questions: list[Question] | None = None, *, fitting: list[Fitting] | None = None) -> str:
    with read(services().engine) as connection:
        names = companies.all_names(connection, demo=False)
    return render_template(
        "register/page.html",
        form=form,
        names=names,
        questions=questions or [],
        newest=newest(SHOWN),
        fitting=fitting,
        has_demo=services().settings.demo_on,
    )
