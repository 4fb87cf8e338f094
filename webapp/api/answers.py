"""What the API gives: the models its OpenAPI document describes the answers by."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webapp.api import examples
from webapp.api.bodies import LEFT_OUT, Status, no_default


def answer_config(example: dict[str, Any] | None = None) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]} if example else {})


class FieldError(BaseModel):
    """`field` is the name as sent; inside another, with a dot: `progress.done`."""

    model_config = answer_config()

    field: str
    detail: str


class Problem(BaseModel):
    """RFC 9457: what is wrong, for a person; `errors` names the fields of a 422."""

    model_config = answer_config(examples.PROBLEM)

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[FieldError] = Field(LEFT_OUT, json_schema_extra=no_default)


class Registered(BaseModel):
    """The same for a new and for a known address."""

    model_config = answer_config(examples.REGISTERED)

    detail: str


class Tokens(BaseModel):
    """`expires_in` is in seconds, of the access token; the refresh token can be exchanged once."""

    model_config = answer_config(examples.TOKENS)

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str


class Args(BaseModel):
    """What the run was asked to look for; null: everything."""

    model_config = answer_config()

    job_type: str | None
    location: str | None
    company: str | None


class Progress(BaseModel):
    """How far the run is."""

    model_config = answer_config()

    done: int | None
    total: int | None


class Task(BaseModel):
    """One run of a schedule, or of a request. `worker` is null and `message` empty unless an admin asks."""

    model_config = answer_config(examples.TASK)

    task_id: str = Field(description="A UUIDv7: its order is that of creation.")
    schedule_id: str | None = Field(description="Null: asked for by hand.")
    kind: str
    board: str | None = Field(description="source/token")
    args: Args
    status: Status
    is_retry: bool
    priority: int = Field(ge=0, le=9, description="9 goes first.")
    attempt: int = Field(ge=0)
    max_attempts: int = Field(ge=1)
    message: str
    worker: str | None
    progress: Progress | None
    created_at: datetime
    start_time: datetime | None
    end_time: datetime | None
    next_try_at: datetime | None


class TaskPage(BaseModel):
    """Newest first; `next_cursor` is null on the last page."""

    model_config = answer_config(examples.TASK_PAGE)

    tasks: list[Task]
    next_cursor: str | None


class Attempt(BaseModel):
    """One try: who ran it, how it ended, and the end of its output."""

    model_config = answer_config(examples.ATTEMPT)

    epoch: int
    number: int
    worker: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    message: str
    counts: dict[str, Any] | None
    output_tail: str


class Attempts(BaseModel):
    """The latest first."""

    model_config = answer_config({"attempts": [examples.ATTEMPT]})

    attempts: list[Attempt]


class Counts(BaseModel):
    """Tasks by status."""

    model_config = answer_config()

    created: int
    running: int
    success: int
    failed: int
    retrying: int
    killed: int
    dead: int


class CountsAndTotal(Counts):
    """Tasks by status, and all of them."""

    total: int


class Seconds(BaseModel):
    """From start to end, of the latest 1,000 successes; null while there is none."""

    model_config = answer_config()

    median: float | None
    p95: float | None


class Delay(BaseModel):
    """Seconds from when a try was due and a slot free to its start, of the latest 1,000 tries; null: none yet."""

    model_config = answer_config()

    median: float | None
    p95: float | None


class Postings(BaseModel):
    """Null, with a note that says so, while the store of postings is away."""

    model_config = answer_config()

    open: int | None
    new_24h: int | None
    note: str | None


class Mails(BaseModel):
    """Mails of the last 24 hours."""

    model_config = answer_config()

    sent_24h: int


class Loop(BaseModel):
    """Work that a program repeats, and the seconds since it last went well in any of its processes."""

    model_config = answer_config()

    program: Literal["scheduler", "mailer"]
    loop: str
    silent_seconds: float


class TaskStats(BaseModel):
    """`by_status` counts all tasks; `by_board`, `by_day` (UTC) and `success_rate` those of the last 30 days."""

    model_config = answer_config(examples.TASK_STATS)

    by_status: Counts
    by_board: dict[str, CountsAndTotal]
    by_day: dict[str, CountsAndTotal]
    success_rate: float | None = Field(ge=0, le=1, description="Successes among the tasks that ended.")
    seconds: Seconds
    start_delay: Delay
    running: int
    oldest_running_seconds: float | None = Field(ge=0, description="Since the try began; null while nothing runs.")
    oldest_waiting_seconds: float | None = Field(ge=0, description="Since it was due; null while nothing waits.")
    oldest_message_seconds: float | None = Field(ge=0, description="Since it was written; null: all are published.")
    oldest_mail_seconds: float | None = Field(ge=0, description="Since it was due; null while none is.")
    loops: list[Loop]
    wrong: list[str] = Field(description="What the operator was told of and lasts.")
    next_due: datetime | None
    postings: Postings
    mails: Mails
    counted_at: datetime


class Health(BaseModel):
    """The process answers."""

    model_config = answer_config({"status": "alive"})

    status: Literal["alive"]


class Readiness(BaseModel):
    """Each store, and whether it answered within two seconds."""

    model_config = answer_config({"status": "ready", "stores": {"sql": "ok", "mongodb": "ok", "broker": "ok"}})

    status: Literal["ready", "not ready"]
    stores: dict[str, Literal["ok", "no answer"]]
