"""Signing in by password or by a mailed link, and out. Every answer is the same for an address nobody has."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from jobalerts import passwords
from jobalerts.registration import check_password, send_sign_in_link
from jobalerts.sql import tokens, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.users import User, email_key
from webapp.access import Access, access, local_path
from webapp.errors import limit
from webapp.forms import SignInForm, complain
from webapp.login import sign_in, sign_out, signed_in_user
from webapp.rate_limits import SIGN_IN, SIGN_IN_ACCOUNT, SIGN_IN_LINK, TOKEN
from webapp.services import now, services

blueprint = Blueprint("sign_in", __name__)
WRONG = "The address and this password do not go together. Check both, or have a link mailed to you."


@blueprint.get("/sign-in")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    if signed_in_user():
        return redirect(url_for("matches.page"))
    return render_template("sign_in/page.html", form=SignInForm(), next=local_path(request.args.get("next")) or "")


@blueprint.post("/sign-in")
@access(Access.PUBLIC)
def send() -> ResponseReturnValue:
    form = SignInForm()
    email = (form.email.data or "").strip()
    target = local_path(request.form.get("next")) or ""
    wants_link = "link" in request.form
    if not email or "@" not in email or len(email) > 254:
        complain(form, "email", "Type the e-mail address you registered with.")
    elif not wants_link and not form.password.data:
        complain(form, "password", "Type your password, or have a link mailed to you.")
    if form.errors:
        return render_template("sign_in/page.html", form=form, next=target), 422
    return _mail_link(email, target) if wants_link else _by_password(form, email, target)


@blueprint.get("/sign-in/sent")
@access(Access.PUBLIC)
def sent() -> ResponseReturnValue:
    return render_template("sign_in/sent.html")


@blueprint.get("/sign-in/<token>")
@access(Access.PUBLIC)
def link(token: str) -> ResponseReturnValue:
    limit(TOKEN)
    with read(services().engine) as connection:
        user = _owner(tokens.owner(connection, token, purpose="sign_in", now=now()), connection)
    if user is None:
        return render_template("sign_in/over.html"), 404
    return render_template("sign_in/link.html", token=token, user=user)


@blueprint.post("/sign-in/<token>")
@access(Access.PUBLIC)
def use_link(token: str) -> ResponseReturnValue:
    limit(TOKEN)
    with write(services().engine) as connection:
        user = _owner(tokens.use(connection, token, purpose="sign_in", now=now()), connection)
    if user is None:
        return render_template("sign_in/over.html"), 404
    target = session.get("next")
    sign_in(user)
    return redirect(local_path(target) or _start(user), 303)


@blueprint.post("/sign-out")
@access(Access.USER)
def end() -> ResponseReturnValue:
    sign_out()
    return redirect(url_for("home.page"), 303)


def _mail_link(email: str, target: str) -> ResponseReturnValue:
    limit(SIGN_IN_LINK)
    with write(services().engine) as connection:
        send_sign_in_link(connection, email, now=now())
    session["next"] = target
    return redirect(url_for("sign_in.sent"), 303)


def _by_password(form: SignInForm, email: str, target: str) -> ResponseReturnValue:
    limit(SIGN_IN)
    limit(SIGN_IN_ACCOUNT, email_key(email))
    with read(services().engine) as connection:
        user = check_password(connection, email, form.password.data)
    if user is None:
        complain(form, "password", WRONG)
        return render_template("sign_in/page.html", form=form, next=target), 422
    services().limits.forgive(SIGN_IN_ACCOUNT, email_key(email))
    if user.password_hash and passwords.needs_rehash(user.password_hash):
        stronger = passwords.hashed(form.password.data)
        with write(services().engine) as connection:
            users.set_password(connection, user.id, password_hash=stronger)
    sign_in(user)
    return redirect(target or _start(user), 303)


def _owner(user_id: str | None, connection: Connection) -> User | None:
    user = users.by_id(connection, user_id) if user_id else None
    return user if user and user.confirmed_at else None


def _start(user: User) -> str:
    return url_for("admin.page") if user.is_admin else url_for("matches.page")
