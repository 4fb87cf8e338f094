"""The front page: what this is, where to start, and that it runs."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobalerts.errors import TemporaryError
from jobalerts.sql import board_views
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.newest import newest
from webapp.services import now, services

blueprint = Blueprint("home", __name__)
SHOWN = 4


@blueprint.get("/")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    with read(services().engine) as connection:
        boards = board_views.every(connection, active=True)
    try:
        counts = services().store.counts(now())
    except TemporaryError:
        counts = None
    due = [board.next_due_at for board in boards if board.next_due_at]
    return render_template(
        "home/page.html",
        counts=counts,
        newest=newest(SHOWN),
        boards=boards,
        company_count=len({board.company_key for board in boards}),
        next_due=min(due, default=None),
    )
