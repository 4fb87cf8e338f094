"""One-click unsubscribe (RFC 8058): a signed link pauses its alerts, without sign-in, cookie or CSRF token."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from jobalerts.domain.alert import Alert
from jobalerts.links import read_unsubscribe_token
from jobalerts.sql import alerts
from jobalerts.sql.engine import read, write
from webapp.access import Access, access
from webapp.errors import limit
from webapp.rate_limits import UNSUBSCRIBE
from webapp.services import now, services

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get("/u/<token>")
@access(Access.PUBLIC)
def page(token: str) -> ResponseReturnValue:
    with read(services().engine) as connection:
        found = _alerts(connection, _ids(token))
    if not found:
        return _unknown()
    return render_template("unsubscribe/page.html", token=token, alerts=found)


@blueprint.post("/u/<token>")
@access(Access.PUBLIC)
def stop(token: str) -> ResponseReturnValue:
    """Answers 200 however often it is sent, also for alerts that are gone: nothing is mailed for them any more."""
    limit(UNSUBSCRIBE)
    ids = _ids(token)
    if not ids:
        return _unknown()
    with write(services().engine) as connection:
        for alert in _alerts(connection, ids):
            alerts.pause(connection, alert.user_id, alert.id, now=now())
    return render_template("unsubscribe/done.html", count=len(ids))


def _ids(token: str) -> tuple[str, ...]:
    return read_unsubscribe_token(services().key, token)


def _alerts(connection: Connection, ids: tuple[str, ...]) -> list[Alert]:
    """Those that were not deleted since."""
    found = (alerts.by_id(connection, alert_id) for alert_id in ids)
    return [alert for alert in found if alert]


def _unknown() -> ResponseReturnValue:
    return render_template("unsubscribe/unknown.html"), 404
