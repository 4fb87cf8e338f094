"""The mails behind the numbers: what kind, when and how it went, never to whom."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobalerts.sql import mail_views, requeued_mails
from jobalerts.sql.engine import read, write
from webapp.access import Access, access
from webapp.services import now, services

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


@blueprint.post("/mails/requeue")
@access(Access.ADMIN)
def requeue() -> ResponseReturnValue:
    """Send one failed mail again, when the form names it; else all of them."""
    one = request.form.get("id")
    with write(services().engine) as connection:
        if one is None:
            count = requeued_mails.requeue_all(connection, now=now())
        else:
            count = int(requeued_mails.requeue(connection, one, now=now()))
    if count:
        flash(f"{count:,} {'mail is' if count == 1 else 'mails are'} sent again.")
    else:
        flash("Nothing was done: no such mail has failed.", "error")
    return redirect(url_for("mails.page", status="failed"), 303)
