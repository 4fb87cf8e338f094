"""The boards that are read: all of them, and one with its last crawls."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from jobalerts.errors import TemporaryError
from jobalerts.sql import board_views, task_views
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.board_cards import card_of, notices_of_boards
from webapp.charts import crawl_words, spark_bars
from webapp.login import signed_in_user
from webapp.services import services

blueprint = Blueprint("boards", __name__, url_prefix="/boards")
TASKS = 10


@blueprint.get("")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    with read(services().engine) as connection:
        boards = board_views.every(connection)
    try:
        states = services().store.board_states()
    except TemporaryError:
        states = {}
    sparks = {board.id: spark_bars(states.get(board.id)) for board in boards}
    return render_template("boards/page.html", boards=boards, states=states, sparks=sparks)


@blueprint.get("/<path:board_id>")
@access(Access.PUBLIC)
def one(board_id: str) -> ResponseReturnValue:
    with read(services().engine) as connection:
        board = board_views.one(connection, board_id) or abort(404)
        tasks = task_views.page(connection, board=board_id, limit=TASKS).tasks
        told = notices_of_boards(connection)
    user = signed_in_user()
    state, rejects = None, []
    try:
        state = services().store.board_state(board_id)
        rejects = services().store.rejects(board_id) if user and user.is_admin else []
    except TemporaryError:
        pass
    card = card_of(board, state, told)
    return render_template(
        "boards/one.html",
        card=card,
        board=board,
        state=state,
        tasks=tasks,
        bars=spark_bars(state),
        chart_words=crawl_words(state),
        rejects=rejects,
    )
