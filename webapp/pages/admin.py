"""The small admin: boards, tasks, unknown companies. For everybody else it does not exist."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from jobalerts.domain.task_states import Conflict
from jobalerts.sql import board_views, boards, companies, dead_letters, task_stats, task_views, tasks
from jobalerts.sql.boards import NoSuchBoard
from jobalerts.sql.engine import read, write
from jobalerts.sql.tasks import NoSuchTask
from webapp.access import Access, access
from webapp.services import now, services

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
TROUBLED = ("dead", "failed", "retrying", "running")
SHOWN = 8
LONGEST_NOTE = 4000


@blueprint.get("")
@access(Access.ADMIN)
def page() -> ResponseReturnValue:
    with read(services().engine) as connection:
        return render_template(
            "admin/page.html",
            boards=board_views.every(connection),
            stats=task_stats.stats(connection, now()),
            troubled={status: task_views.page(connection, status=status, limit=SHOWN).tasks for status in TROUBLED},
            unknown=companies.unknown(connection),
            dead=dead_letters.count(connection),
        )


@blueprint.post("/boards/<any(enable, disable, crawl):action>")
@access(Access.ADMIN)
def board(action: str) -> ResponseReturnValue:
    board_id = request.form.get("board", "")
    try:
        with write(services().engine) as connection:
            done = _board_action(connection, action, board_id)
    except NoSuchBoard:
        abort(404)
    flash(done)
    back = url_for("boards.one", board_id=board_id) if "card" in request.form else url_for("admin.page")
    return redirect(back, 303)


@blueprint.post("/boards/note")
@access(Access.ADMIN)
def note() -> ResponseReturnValue:
    board_id = request.form.get("board", "")
    words = request.form.get("note", "").replace("\r\n", "\n").replace("\0", "").strip()
    try:
        with write(services().engine) as connection:
            boards.set_note(connection, board_id, words[:LONGEST_NOTE])
    except NoSuchBoard:
        abort(404)
    flash("The note is kept.")
    return redirect(url_for("boards.one", board_id=board_id), 303)


@blueprint.post("/tasks/<task_id>/<any(run, kill, requeue):action>")
@access(Access.ADMIN)
def task(task_id: str, action: str) -> ResponseReturnValue:
    change: dict[str, tuple[Callable[..., object], str]] = {
        "run": (tasks.run_now, "The task is due now."),
        "kill": (tasks.kill, "The task is ended; its process follows within seconds."),
        "requeue": (tasks.requeue, "The task is queued again."),
    }
    deed, words = change[action]
    try:
        with write(services().engine) as connection:
            deed(connection, task_id, now())
        flash(words)
    except NoSuchTask:
        abort(404)
    except Conflict as error:
        flash(f"Nothing was done: {error}.", "error")
    return redirect(url_for("tasks.one", task_id=task_id), 303)


def _board_action(connection: Connection, action: str, board_id: str) -> str:
    if action == "enable":
        boards.enable(connection, board_id, now())
        return f"{board_id} is active and crawled at once."
    if action == "disable":
        boards.disable(connection, board_id, now())
        return f"{board_id} is not crawled any more until you activate it; its postings close after 30 days."
    boards.crawl_now(connection, board_id, now())
    return f"{board_id} is crawled now."
