"""Every operation of the API: what is routed and what is described, from one table."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Response
from pydantic import BaseModel

from webapp.api import (
    accounts,
    answers,
    board_answers,
    boards,
    bodies,
    dead_letters,
    mails,
    stats,
    task_requests,
    tasks,
    work_answers,
    workers,
)
from webapp.api.queries import DeadLetterQuery, TaskQuery


class Bearer(StrEnum):
    """Whether an operation takes an access token."""

    NONE = "none"
    OPTIONAL = "optional"  # an admin sees more
    NEEDED = "needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path below /api/v1; `problems` are the statuses it may answer instead of `status`."""

    method: str
    path: str
    name: str
    title: str
    view: Callable[..., Response]
    tag: str
    bearer: Bearer
    status: int
    answer: type[BaseModel]
    problems: tuple[int, ...]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: tuple[str, ...] = ()


WITH_BODY = (400, 413, 415, 422)
ALWAYS = (500, 503)


def operation(method: str, path: str, view: Callable[..., Response], **rest: Any) -> Operation:  # noqa: ANN401
    """A row of the table, named after its view."""
    return Operation(method=method, path=path, view=view, name=f"{rest['tag']}.{view.__name__}", **rest)


OPERATIONS = (
    operation(
        "POST", "/register", accounts.register, title="Register", tag="accounts", bearer=Bearer.NONE,
        body=bodies.RegisterBody, status=201, answer=answers.Registered, problems=(*WITH_BODY, 429, *ALWAYS),
        headers=("Idempotency-Key",),
    ),
    operation(
        "POST", "/login", accounts.login, title="Get an access token", tag="accounts", bearer=Bearer.NONE,
        body=bodies.LoginBody, status=200, answer=answers.Tokens, problems=(401, *WITH_BODY, 429, *ALWAYS),
    ),
    operation(
        "POST", "/token/refresh", accounts.refresh, title="Get the next access token", tag="accounts",
        bearer=Bearer.NONE, body=bodies.RefreshBody, status=200, answer=answers.Tokens,
        problems=(401, *WITH_BODY, 429, *ALWAYS),
    ),
    operation(
        "GET", "/tasks", tasks.page, title="List tasks", tag="tasks", bearer=Bearer.OPTIONAL, query=TaskQuery,
        status=200, answer=answers.TaskPage, problems=(401, 422, *ALWAYS),
    ),
    operation(
        "POST", "/tasks", task_requests.ask, title="Ask for a task", tag="tasks", bearer=Bearer.NEEDED,
        body=bodies.TaskBody, status=201, answer=answers.Task, headers=("Idempotency-Key",),
        problems=(401, 403, *WITH_BODY, *ALWAYS),
    ),
    operation(
        "GET", "/tasks/<task_id>", tasks.one, title="Read a task", tag="tasks", bearer=Bearer.OPTIONAL,
        status=200, answer=answers.Task, problems=(401, 404, 422, *ALWAYS), headers=("If-None-Match",),
    ),
    operation(
        "PATCH", "/tasks/<task_id>", tasks.change, title="Change a task", tag="tasks", bearer=Bearer.NEEDED,
        body=bodies.TaskPatch, status=200, answer=answers.Task, headers=("If-Match",),
        problems=(401, 403, 404, *WITH_BODY, 409, 412, *ALWAYS),
    ),
    operation(
        "GET", "/tasks/<task_id>/attempts", tasks.attempts, title="Read the tries of a task", tag="tasks",
        bearer=Bearer.NEEDED, status=200, answer=answers.Attempts, problems=(401, 403, 404, 422, *ALWAYS),
    ),
    operation(
        "GET", "/task_stats", stats.stats, title="How the tasks went", tag="tasks", bearer=Bearer.OPTIONAL,
        status=200, answer=answers.TaskStats, problems=(401, 422, *ALWAYS),
    ),
    operation(
        "GET", "/boards", boards.page, title="List the boards", tag="boards", bearer=Bearer.OPTIONAL,
        status=200, answer=board_answers.Boards, problems=(401, 422, *ALWAYS),
    ),
    operation(
        "GET", "/boards/<source>/<path:token>", boards.one, title="Read a board", tag="boards", bearer=Bearer.OPTIONAL,
        status=200, answer=board_answers.Board, problems=(401, 404, 422, *ALWAYS), headers=("If-None-Match",),
    ),
    operation(
        "PATCH", "/boards/<source>/<path:token>", boards.change, title="Change a board", tag="boards",
        bearer=Bearer.NEEDED, body=boards.BoardPatch, status=200, answer=board_answers.Board, headers=("If-Match",),
        problems=(401, 403, 404, *WITH_BODY, 412, *ALWAYS),
    ),
    operation(
        "GET", "/workers", workers.page, title="List the workers", tag="workers", bearer=Bearer.NEEDED,
        status=200, answer=work_answers.Workers, problems=(401, 403, 422, *ALWAYS),
    ),
    operation(
        "GET", "/dead_letters", dead_letters.page, title="List what was given up", tag="dead_letters",
        bearer=Bearer.NEEDED, query=DeadLetterQuery, status=200, answer=work_answers.DeadLetterPage,
        problems=(401, 403, 422, *ALWAYS),
    ),
    operation(
        "POST", "/dead_letters/requeue", dead_letters.requeue, title="Run or send it again", tag="dead_letters",
        bearer=Bearer.NEEDED, body=bodies.LettersBody, status=200, answer=work_answers.LettersDone,
        problems=(401, 403, *WITH_BODY, *ALWAYS),
    ),
    operation(
        "POST", "/dead_letters/discard", dead_letters.discard, title="Take it off the list", tag="dead_letters",
        bearer=Bearer.NEEDED, body=bodies.LettersBody, status=200, answer=work_answers.LettersDone,
        problems=(401, 403, *WITH_BODY, *ALWAYS),
    ),
    operation(
        "POST", "/mails/requeue", mails.requeue, title="Send failed mails again", tag="mails",
        bearer=Bearer.NEEDED, body=bodies.MailsBody, status=200, answer=work_answers.MailsQueued,
        problems=(401, 403, *WITH_BODY, *ALWAYS),
    ),
)  # fmt: skip
