"""The mails of the embedded outbox, as they would have arrived. Only there while no real mail server is set."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from jobalerts.config import Settings
from jobalerts.embedded import records
from jobalerts.embedded.addresses import SMTP
from jobalerts.embedded.outbox_folder import CaughtMail, outbox_mail, outbox_mails
from webapp.access import Access, access
from webapp.login import signed_in_user
from webapp.security import allow
from webapp.services import services

blueprint = Blueprint("outbox", __name__, url_prefix="/outbox")
# The mail's own styles and pictures in data: URLs; no script, no other host. Its links open a new tab.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
BASE = '<base target="_blank">'


def has_outbox(settings: Settings) -> bool:
    """Whether mails go to the embedded outbox."""
    url = settings.smtp_url.get_secret_value()
    record = records.read(settings.home, SMTP)
    return not url or (record is not None and record.address == url)


def is_for_all(settings: Settings) -> bool:
    """Mails hold sign-in links: without signing in they are shown only where nobody else can reach the site."""
    hosts = {settings.bind_address, urlsplit(settings.site).hostname or ""}
    return hosts <= {"127.0.0.1", "::1", "localhost"}


@blueprint.before_request
def require_outbox() -> None:
    user = signed_in_user()
    may_see = is_for_all(services().settings) or (user is not None and user.is_admin)
    if not current_app.config["HAS_OUTBOX"] or not may_see:
        abort(404)


@blueprint.get("")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    return render_template("outbox/page.html", mails=outbox_mails(services().settings.home))


@blueprint.get("/<mail_id>")
@access(Access.PUBLIC)
def one(mail_id: str) -> ResponseReturnValue:
    allow(frame_src="'self'")
    return render_template("outbox/one.html", mail=_mail(mail_id))


@blueprint.get("/<mail_id>/html")
@access(Access.PUBLIC)
def html(mail_id: str) -> ResponseReturnValue:
    response = Response(BASE + _mail(mail_id).html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _mail(mail_id: str) -> CaughtMail:
    return outbox_mail(services().settings.home, mail_id) or abort(404)
