"""My account: when mails come, the password, signed-in browsers, the export, the end."""

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from jobalerts import passwords
from jobalerts.sql import alerts, mail_views, match_views, sessions, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.users import User, email_key
from webapp.access import Access, access
from webapp.errors import limit
from webapp.forms import DeleteForm, DeliveryForm, PasswordForm, complain
from webapp.login import current_person, current_session, sign_in, sign_out
from webapp.rate_limits import PASSWORD
from webapp.services import now, services

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@access(Access.USER)
def page() -> ResponseReturnValue:
    return _page()


@blueprint.post("/delivery")
@access(Access.USER)
def delivery() -> ResponseReturnValue:
    form = DeliveryForm()
    if not form.validate():
        return _page(delivery=form), 422
    with write(services().engine) as connection:
        users.set_delivery(
            connection,
            current_person().id,
            frequency=form.frequency.data,
            hour=int(form.hour.data),
            weekday=int(form.weekday.data),
            timezone=form.timezone.data,
        )
    flash("Saved: mails come as you have chosen.")
    return redirect(url_for("account.page"), 303)


@blueprint.post("/password")
@access(Access.USER)
def password() -> ResponseReturnValue:
    person, form = current_person(), PasswordForm()
    limit(PASSWORD, person.id)
    if person.password_hash and not passwords.is_right(form.current.data or "", person.password_hash):
        complain(form, "current", "This is not your present password.")
    if weakness := passwords.weakness(form.password.data or ""):
        complain(form, "password", weakness)
    if form.errors:
        return _page(password=form), 422
    new_hash = passwords.hashed(form.password.data)
    with write(services().engine) as connection:
        users.set_password(connection, person.id, password_hash=new_hash)
        sessions.end_all(connection, person.id, but=current_session().id_hash)
    sign_in(person)
    flash("The password is set. Other browsers have been signed out.")
    return redirect(url_for("account.page"), 303)


@blueprint.post("/sessions/<id_hash>/end")
@access(Access.USER)
def end_session(id_hash: str) -> ResponseReturnValue:
    with write(services().engine) as connection:
        if not sessions.end(connection, current_person().id, id_hash=id_hash):
            abort(404)
    flash("That browser is signed out.")
    return redirect(url_for("account.page"), 303)


@blueprint.post("/sessions/end")
@access(Access.USER)
def end_other_sessions() -> ResponseReturnValue:
    with write(services().engine) as connection:
        sessions.end_all(connection, current_person().id, but=current_session().id_hash)
    flash("All other browsers are signed out.")
    return redirect(url_for("account.page"), 303)


@blueprint.get("/export.json")
@access(Access.USER)
def export() -> ResponseReturnValue:
    text = json.dumps(_everything(current_person()), default=_plain, indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": 'attachment; filename="jobalerts.json"'}
    return Response(text + "\n", mimetype="application/json", headers=headers)


@blueprint.post("/delete")
@access(Access.USER)
def delete() -> ResponseReturnValue:
    person, form = current_person(), DeleteForm()
    if email_key(form.email.data or "") != email_key(person.email):
        complain(form, "email", "This is not the address of your account.")
        return _page(delete=form), 422
    with write(services().engine) as connection:
        users.remove(connection, person.id)
    sign_out()
    flash("Your account is deleted, with everything that was yours.")
    return redirect(url_for("home.page"), 303)


def _page(
    *, delivery: DeliveryForm | None = None, password: PasswordForm | None = None, delete: DeleteForm | None = None
) -> str:
    person = current_person()
    with read(services().engine) as connection:
        own_sessions = sessions.of(connection, person.id, now=now())
    return render_template(
        "account/page.html",
        delivery=delivery or _delivery_form(person),
        password=_shown(password, PasswordForm),
        delete=_shown(delete, DeleteForm),
        sessions=own_sessions,
        current=current_session().id_hash,
    )


def _delivery_form(person: User) -> DeliveryForm:
    return DeliveryForm(
        formdata=None,
        frequency=person.frequency,
        hour=str(person.digest_hour),
        weekday=str(person.digest_weekday),
        timezone=person.timezone,
    )


def _shown(form: FlaskForm | None, kind: type[FlaskForm]) -> FlaskForm:
    """The form with its errors, or an empty one: what was sent to another form of the page is not its business."""
    return form or kind(formdata=None)


def _everything(person: User) -> dict[str, Any]:
    with read(services().engine) as connection:
        return {
            "account": {
                "username": person.username,
                "email": person.email,
                "frequency": person.frequency,
                "digest_hour": person.digest_hour,
                "digest_weekday": person.digest_weekday,
                "timezone": person.timezone,
                "created_at": person.created_at,
                "confirmed_at": person.confirmed_at,
            },
            "alerts": [
                {name: getattr(alert, name) for name in alert.__slots__ if name != "user_id"}
                for alert in alerts.of(connection, person.id)
            ],
            "matches": match_views.every(connection, person.id),
            "mails": mail_views.of(connection, person.id),
            "sessions": [
                {"created_at": one.created_at, "last_seen_at": one.last_seen_at, "user_agent": one.user_agent}
                for one in sessions.of(connection, person.id, now=now())
            ],
        }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be exported")
