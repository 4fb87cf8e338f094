"""The companies that can be followed, with their boards, and those that people miss."""

from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobalerts.errors import TemporaryError
from jobalerts.sql import board_views, companies
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.services import services

blueprint = Blueprint("companies", __name__)


@blueprint.get("/companies")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    with read(services().engine) as connection:
        boards = board_views.every(connection)
        missing = len(companies.unknown(connection))
    try:
        states = services().store.board_states()
    except TemporaryError:
        states = {}
    grouped = [(name, list(group)) for name, group in groupby(boards, key=lambda board: board.company)]
    listed = [
        (name, own, sum(states[board.id].open_count for board in own if board.id in states)) for name, own in grouped
    ]
    return render_template("companies/page.html", companies=listed, missing=missing)
