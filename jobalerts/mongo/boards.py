"""What the crawls of a board came to, and its epoch: the fence against a crawl that lost its task."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from jobalerts.errors import PermanentError
from jobalerts.mongo.connection import Document, Documents

VERSION = 1
KEPT_RECORDS = 30
SUCCESS = "success"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRecord:
    """One crawl; `complete` says that the whole board was read, so that missing means gone."""

    at: datetime
    epoch: int
    outcome: str
    seen: int
    new: int
    changed: int
    closed: int
    skipped: int
    seconds: float
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """A board's open postings and last crawls, newest last; `first_crawled_at` is its first complete one."""

    board: str
    open_count: int
    last_records: tuple[CrawlRecord, ...]
    last_success_at: datetime | None
    first_crawled_at: datetime | None


def raise_epoch(boards: Documents, board: str, epoch: int) -> None:
    """From now on only this epoch, or a later one, may write."""
    try:
        boards.update_one(_not_after(board, epoch), {"$set": {"epoch": epoch, "v": VERSION}}, upsert=True)
    except DuplicateKeyError:
        raise stale(board, epoch) from None


def current_epoch(boards: Documents, board: str) -> int:
    found = boards.find_one({"_id": board}, {"epoch": 1})
    return int(found.get("epoch", 0)) if found else 0


def record(boards: Documents, board: str, crawl: CrawlRecord) -> None:
    """Keep what a crawl came to, and drop what is older than the last 30."""
    moments: Document = {"last_crawled_at": crawl.at, "v": VERSION}
    if crawl.outcome == SUCCESS:
        moments["last_success_at"] = crawl.at
    push = {"records": {"$each": [asdict(crawl)], "$slice": -KEPT_RECORDS}}
    first = {"$min": {"first_crawled_at": crawl.at}} if crawl.complete else {}
    try:
        boards.update_one(_not_after(board, crawl.epoch), {"$set": moments, "$push": push, **first}, upsert=True)
    except DuplicateKeyError:
        raise stale(board, crawl.epoch) from None


def state(document: Document | None, board: str, open_count: int) -> BoardState:
    """The state in a document of `boards`; None is a board that was never crawled."""
    document = document or {}
    return BoardState(
        board=board,
        open_count=open_count,
        last_records=tuple(CrawlRecord(**_in_utc(record)) for record in document.get("records", [])),
        last_success_at=_utc(document.get("last_success_at")),
        first_crawled_at=_utc(document.get("first_crawled_at")),
    )


def stale(board: str, epoch: int) -> PermanentError:
    return PermanentError(f"stale epoch {epoch}: another crawl of {board} has taken over")


def _not_after(board: str, epoch: int) -> Document:
    # A later epoch makes this miss, and the upsert then meets the unique _id: one atomic step.
    return {"_id": board, "$or": [{"epoch": {"$lte": epoch}}, {"epoch": {"$exists": False}}]}


def _in_utc(record: Document) -> dict[str, Any]:
    return {**record, "at": _utc(record["at"])}


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
