"""One-click unsubscribe (RFC 8058): a signed link pauses its alert, without sign-in, cookie or CSRF token."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

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
    alert = _alert(token)
    if alert is None:
        return render_template("unsubscribe/unknown.html"), 404
    return render_template("unsubscribe/page.html", token=token, alert=alert)


@blueprint.post("/u/<token>")
@access(Access.PUBLIC)
def stop(token: str) -> ResponseReturnValue:
    """Answers 200 however often it is sent, also for an alert that is gone: nothing is mailed for it any more."""
    limit(UNSUBSCRIBE)
    alert_id = read_unsubscribe_token(services().key, token)
    if alert_id is None:
        return render_template("unsubscribe/unknown.html"), 404
    with write(services().engine) as connection:
        alert = alerts.by_id(connection, alert_id)
        if alert:
            alerts.pause(connection, alert.user_id, alert.id, now=now())
    return render_template("unsubscribe/done.html", alert=alert)


def _alert(token: str) -> Alert | None:
    alert_id = read_unsubscribe_token(services().key, token)
    if alert_id is None:
        return None
    with read(services().engine) as connection:
        return alerts.by_id(connection, alert_id)
