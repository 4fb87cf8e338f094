"""What the API gives about the machinery: dead letters. More models for its OpenAPI document."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from webapp.api import examples


class DeadLetter(BaseModel):
    """What was given up. `status`, `attempts` and `output` are a task's; `queue` and `body` a message's."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.DEAD_TASK]})

    id: str = Field(description="The id of the task, or `message-` and a number.")
    kind: Literal["task", "message"]
    given_up_at: datetime
    reason: str = Field(description="In one word: the outcome of the last try, or what was wrong with the message.")
    message: str
    board: str | None
    status: Literal["failed", "killed", "dead"] | None
    attempts: int | None
    output: str | None = Field(description="The last 4,096 characters; the attempts of the task have 64 KiB.")
    queue: str | None
    body: str | None


class DeadLetterPage(BaseModel):
    """The latest first; `next_cursor` is null on the last page."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.DEAD_LETTER_PAGE]})

    dead_letters: list[DeadLetter]
    next_cursor: str | None


class LettersDone(BaseModel):
    """`skipped`: dealt with already, or no message that can be sent. `more`: others match; send it again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.LETTERS_DONE]})

    count: int = Field(ge=0)
    skipped: int = Field(ge=0)
    more: bool


class MailsQueued(BaseModel):
    """`skipped`: no such mail, or it has not failed. `more`: others have failed; send it again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.MAILS_QUEUED]})

    count: int = Field(ge=0)
    skipped: int = Field(ge=0)
    more: bool


class Worker(BaseModel):
    """A process that runs tasks: at most `slots` at once (`WORKER_SLOTS`), taking `prefetch` messages ahead."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.WORKER]})

    name: str
    host: str
    slots: int
    prefetch: int
    running: int = Field(ge=0)
    state: Literal["alive", "stopping", "lost"]
    started_at: datetime
    last_beat_at: datetime


class Workers(BaseModel):
    """By name."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"workers": [examples.WORKER]}]})

    workers: list[Worker]
