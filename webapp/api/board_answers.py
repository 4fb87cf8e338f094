"""What the API gives about boards. More models for its OpenAPI document."""

from datetime import datetime

from pydantic import BaseModel, Field

from webapp.api import board_examples as examples
from webapp.api.answers import answer_config


class Filled(BaseModel):
    """How many of the postings seen say each."""

    model_config = answer_config()

    salary: int = 0
    place: int = 0
    text: int = 0


class Expected(BaseModel):
    """Half to twice of what the last crawl that counts brought; below it a crawl is not believed.

    A board of fewer than 20 postings may bring any number from 1.
    """

    model_config = answer_config()

    low: int
    high: int


class Crawl(BaseModel):
    """One crawl. `complete`: all of the board was read, so that what is missing is gone."""

    model_config = answer_config(examples.CRAWL)

    at: datetime
    outcome: str
    seen: int
    new: int
    changed: int
    closed: int
    skipped: int = Field(description="Postings that could not be read.")
    seconds: float
    complete: bool
    as_far_as_it_goes: bool = Field(description="Not all, but all that the board lets be read.")
    is_unchanged: bool = Field(description="Nothing had changed since the crawl before, so it was not read again.")
    filled: Filled | None
    doubts: list[str] = Field(description="Why it is suspicious: few, unreadable, salary, place, text.")
    message: str = Field(description="For admins; empty for everybody else.")


class Notice(BaseModel):
    """What the operator was told, open for as long as it lasts."""

    model_config = answer_config()

    subject: str
    text: str
    created_at: datetime


class Reject(BaseModel):
    """A row of the board that could not be read: its first 4 KiB, and why."""

    model_config = answer_config()

    row: str
    error: str
    first_seen_at: datetime
    last_seen_at: datetime
    crawls: int


class BoardSummary(BaseModel):
    """Where a company publishes. The `last_…` are null before its first crawl."""

    model_config = answer_config(examples.SUMMARY)

    id: str = Field(description="source/token")
    source: str
    token: str
    company: str
    is_active: bool = Field(description="Whether it is read.")
    disabled_at: datetime | None = Field(description="Since when an admin has it not read.")
    is_demo: bool
    next_due_at: datetime | None
    open_postings: int
    last_crawled_at: datetime | None
    last_outcome: str | None
    last_success_at: datetime | None
    expected: Expected | None
    notice: Notice | None


class Board(BoardSummary):
    """A board with its card: manners, last crawls, and for admins the rows that could not be read."""

    model_config = answer_config(examples.BOARD)

    note: str = Field(description="An admin's words on its robots.txt and terms.")
    robots: str | None = Field(description="What its robots.txt said at the last crawl that asked for it.")
    delay_seconds: float | None = Field(description="Least time between two requests; null: a server of one's own.")
    crawls: list[Crawl] = Field(description="The last 30, newest first.")
    rejects: list[Reject] | None = Field(description="Null unless an admin asks.")


class Boards(BaseModel):
    """By company."""

    model_config = answer_config({"boards": [examples.SUMMARY]})

    boards: list[BoardSummary]
