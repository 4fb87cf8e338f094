"""The rows behind the numbers: tasks, a page at a time, and one task. Workers and logs are shown to admins alone."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from jobalerts.domain.task_states import STATUSES
from jobalerts.sql import task_views
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.login import signed_in_user
from webapp.services import services

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")


@blueprint.get("")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    status = request.args.get("status", "")
    board = request.args.get("board", "").strip()
    with read(services().engine) as connection:
        found = task_views.page(
            connection,
            status=status if status in STATUSES else None,
            board=board or None,
            before=request.args.get("before") or None,
        )
    return render_template("tasks/page.html", found=found, statuses=STATUSES, status=status, board=board)


@blueprint.get("/<task_id>")
@access(Access.PUBLIC)
def one(task_id: str) -> ResponseReturnValue:
    user = signed_in_user()
    with read(services().engine) as connection:
        task = task_views.one(connection, task_id) or abort(404)
        attempts = task_views.attempts_of(connection, task_id) if user and user.is_admin else None
    return render_template("tasks/one.html", task=task, attempts=attempts)
