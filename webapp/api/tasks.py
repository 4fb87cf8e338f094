"""Tasks: a page of them, one of them, its tries, and changing one."""

from typing import Any

from flask import Response, request
from sqlalchemy import Connection

from jobalerts.domain.task_states import Conflict
from jobalerts.sql import task_views, tasks
from jobalerts.sql.engine import read, write
from jobalerts.sql.tasks import Task
from webapp.api.bodies import TaskPatch
from webapp.api.callers import Caller, admin, caller, known_caller
from webapp.api.problems import Problem
from webapp.api.queries import TaskQuery, cursor_of
from webapp.api.reading import checked, checked_query, json_body, refuse_query
from webapp.api.replies import reply
from webapp.api.task_json import attempt_json, etag, task_json
from webapp.services import now, services

REPORTABLE = frozenset({"progress", "message"})
LONGEST_ID = 36


def page() -> Response:
    """A page of tasks, newest first."""
    is_admin = caller().is_admin
    query = checked_query(TaskQuery)
    with read(services().engine) as connection:
        found = task_views.page(
            connection,
            status=query.status or None,
            board=query.board or None,
            before=query.before,
            limit=query.limit,
        )
    return reply(
        {
            "tasks": [task_json(task, is_admin=is_admin) for task in found.tasks],
            "next_cursor": cursor_of(found.next_before) if found.next_before else None,
        }
    )


def one(task_id: str) -> Response:
    """A task; with `If-None-Match` 304 while it is unchanged."""
    is_admin = caller().is_admin
    with read(services().engine) as connection:
        task = _found(task_views.one(connection, task_id) if _may_exist(task_id) else None)
    refuse_query()
    response = _shown(task, is_admin=is_admin)
    response.make_conditional(request)
    return response


def attempts(task_id: str) -> Response:
    """The tries of a task, the latest first, with the end of their output: for admins."""
    admin()
    with read(services().engine) as connection:
        _found(task_views.one(connection, task_id) if _may_exist(task_id) else None)
        refuse_query()
        tries = task_views.attempts_of(connection, task_id)
    return reply({"attempts": [attempt_json(attempt) for attempt in tries]})


def change(task_id: str) -> Response:
    """Change a task: an admin by the table of task status, a run its own progress and message."""
    who = known_caller()
    _allow(who, task_id)
    with read(services().engine) as connection:
        _found(task_views.one(connection, task_id) if _may_exist(task_id) else None)
    patch = checked(TaskPatch, json_body())
    with write(services().engine) as connection:
        task = _found(task_views.one(connection, task_id, lock=True))
        _match(task, is_admin=who.is_admin)
        try:
            _apply(connection, task, patch, who)
        except Conflict as conflict:
            raise Problem(409, f"{conflict}.".capitalize()) from None
        changed = _found(task_views.one(connection, task_id))
    return _shown(changed, is_admin=True)


def _allow(who: Caller, task_id: str) -> None:
    """403 unless an admin, or the task's own run naming nothing but what a run may report."""
    if who.is_admin:
        return
    if who.run is None:
        raise Problem(403, "Only an admin may change a task.")
    if who.run.task_id != task_id:
        raise Problem(403, "This token is good for another task.")
    body = request.get_json(silent=True)
    if isinstance(body, dict) and not REPORTABLE.issuperset(body.keys() & TaskPatch.model_fields.keys()):
        raise Problem(403, "A run may report its progress and a message, and nothing else.")


def _match(task: Task, *, is_admin: bool) -> None:
    """412 when `If-Match` names another version of the task than there is (RFC 9110 section 13.1.1)."""
    wanted = request.if_match
    versions = {etag(task, is_admin=True), etag(task, is_admin=is_admin)}
    if wanted and not any(wanted.contains(version) for version in versions):
        raise Problem(412, "The task has changed since; read it again.")


def _apply(connection: Connection, task: Task, patch: TaskPatch, who: Caller) -> None:
    """All of it or, on a Conflict, nothing."""
    given = patch.model_fields_set
    if who.run:
        _report(connection, task, patch, epoch=who.run.epoch)
        return
    if "progress" in given:
        _report(connection, task, patch, epoch=task.epoch)
    if "status" in given:
        _set_status(connection, task, patch.status)
    if "priority" in given:
        tasks.set_priority(connection, task.task_id, patch.priority)
    if "message" in given:
        tasks.annotate(connection, task.task_id, patch.message)


def _report(connection: Connection, task: Task, patch: TaskPatch, *, epoch: int) -> None:
    given: dict[str, Any] = {}
    if "progress" in patch.model_fields_set:
        given = {"done": patch.progress.done, "total": patch.progress.total}
    if "message" in patch.model_fields_set:
        given["message"] = patch.message
    tasks.report(connection, task.task_id, epoch=epoch, **given)


def _set_status(connection: Connection, task: Task, status: str) -> None:
    if status == "killed":
        tasks.kill(connection, task.task_id, now())
    elif status != "created":
        raise Conflict(f"nobody can set a task to {status}: set killed or created")
    elif task.status == "retrying":
        tasks.run_now(connection, task.task_id, now())
    else:
        tasks.requeue(connection, task.task_id, now())


def _found(task: Task | None) -> Task:
    if task is None:
        raise Problem(404, "There is no such task.")
    return task


def _may_exist(task_id: str) -> bool:
    """PostgreSQL refuses to look for text with a NUL in it."""
    return len(task_id) <= LONGEST_ID and task_id.isprintable()


def _shown(task: Task, *, is_admin: bool) -> Response:
    response = reply(task_json(task, is_admin=is_admin))
    response.set_etag(etag(task, is_admin=is_admin))
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Authorization")
    return response
