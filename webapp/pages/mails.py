"""The mails behind the numbers: what kind, when and how it went, never to whom."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from jobalerts.sql import mail_views
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.services import services

blueprint = Blueprint("mails", __name__)


@blueprint.get("/mails")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    status = request.args.get("status", "")
    with read(services().engine) as connection:
        found = mail_views.page(
            connection,
            status=status if status in mail_views.STATUSES else None,
            before=request.args.get("before") or None,
        )
    return render_template("mails/page.html", found=found, statuses=mail_views.STATUSES, status=status)
