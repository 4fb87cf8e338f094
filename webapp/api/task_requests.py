"""Asking for a one-off task, once: the same thing again within five minutes is the same task."""

from typing import Any, cast

import orjson
from flask import Response, current_app
from sqlalchemy import Connection

from jobalerts.recent_keys import RecentKeys
from jobalerts.sql import boards, task_requests, task_views
from jobalerts.sql.boards import NoSuchBoard
from jobalerts.sql.engine import read, write
from jobalerts.sql.task_requests import Asked, Request
from jobalerts.sql.tasks import Task
from webapp.api.bodies import TaskBody
from webapp.api.callers import admin
from webapp.api.kept_answers import idempotency_key, keep_answer, kept_answer
from webapp.api.problems import Problem
from webapp.api.reading import checked, json_body
from webapp.api.replies import reply
from webapp.api.task_json import etag, task_json
from webapp.services import now, services

EXTENSION = "jobalerts.api.recent_keys"
KEPT_ETAG = "ETag"  # beside the fields of a kept task: the version that was answered, not today's


def ask() -> Response:
    """Ask for a task beside any schedule: 201, or 200 with the task if the same was asked for within five minutes."""
    scope = f"tasks:{admin().user_id}"
    body = json_body()
    form = checked(TaskBody, body)
    if idempotency_key() is None:
        with read(services().engine) as connection:
            wanted = _request(connection, form)
            known = _known(connection, wanted)
        if known is not None:
            return _reply(_json(known), status=200, tag=etag(known, is_admin=True))
    with write(services().engine) as connection:
        if kept := kept_answer(connection, scope, body):
            body = dict(kept.body)
            tag = body.pop(KEPT_ETAG, None)
            return _reply(body, status=kept.status, tag=tag)
        wanted = _request(connection, form)
        asked = task_requests.ask(connection, wanted, now=now())
        task = _existing(connection, asked)
        status = 201 if asked.is_new else 200
        answer, tag = _json(task), etag(task, is_admin=True)
        keep_answer(connection, scope, body, status=status, answer=answer | {KEPT_ETAG: tag})
    _recent().add(wanted.key, asked.task_id, asked.asked_at)
    return _reply(answer, status=status, tag=tag)


def _request(connection: Connection, form: TaskBody) -> Request:
    """What the body asks for; 422 for a board there is none of."""
    try:
        board = boards.one(connection, form.board)
    except NoSuchBoard as error:
        raise Problem(422, "There is no such board.", errors=[("board", f"{error}.".capitalize())]) from None
    given = form.args.model_dump() if "args" in form.model_fields_set else {}
    return Request(
        kind=form.kind,
        board=board.id,
        args={"job_type": None, "location": None, "company": board.company} | given,
        priority=form.priority,
        object_id=form.object_id if "object_id" in form.model_fields_set else None,
        run_at=form.run_at if "run_at" in form.model_fields_set else None,
    )


def _known(connection: Connection, wanted: Request) -> Task | None:
    """The task, if this process has seen the key lately, and the table of requests says so too."""
    moment = now()
    task_id = _recent().find(wanted.key, moment)
    if task_id is None or task_requests.known(connection, wanted.key, now=moment) != task_id:
        return None
    return task_views.one(connection, task_id)


def _existing(connection: Connection, asked: Asked) -> Task:
    task = task_views.one(connection, asked.task_id)
    if task is None:
        raise LookupError(f"task {asked.task_id} went away within five minutes")
    return task


def _recent() -> RecentKeys:
    return cast(RecentKeys, current_app.extensions[EXTENSION])


def _json(task: Task) -> dict[str, Any]:
    """Plain JSON values, which can be kept as they are."""
    return cast(dict[str, Any], orjson.loads(orjson.dumps(task_json(task, is_admin=True), option=orjson.OPT_UTC_Z)))


def _reply(body: dict[str, Any], *, status: int, tag: str | None = None) -> Response:
    response = reply(body, status=status, headers={"Location": f"/api/v1/tasks/{body['task_id']}"})
    if tag is not None:
        response.set_etag(tag)
    return response
