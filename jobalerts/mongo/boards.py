"""What the crawls of a board came to, and its epoch: the fence against a crawl that lost its task."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from pymongo.errors import DuplicateKeyError

from jobalerts.domain.crawls import SUCCESS as SUCCESS
from jobalerts.domain.crawls import CrawlRecord as CrawlRecord
from jobalerts.domain.retry import LOST
from jobalerts.errors import PermanentError
from jobalerts.mongo.connection import Document, Documents

VERSION = 1
KEPT_RECORDS = 30
ENDED_SILENTLY = "the crawl ended without a word: its process or its machine was stopped"
KNOWN = frozenset(field.name for field in fields(CrawlRecord))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """A board's open postings and last crawls, newest last.

    `first_crawled_at` is the first that read all of it, or as much as can be read.
    """

    board: str
    open_count: int
    last_records: tuple[CrawlRecord, ...]
    last_success_at: datetime | None
    first_crawled_at: datetime | None
    robots: str | None = None
    """What its robots.txt said at the last crawl that asked for it."""
    delay: float | None = None
    """Seconds between two requests, at the end of the last crawl."""


def raise_epoch(boards: Documents, board: str, epoch: int) -> None:
    """From now on only this epoch, or a later one, may write."""
    try:
        boards.update_one(_not_after(board, epoch), {"$set": {"epoch": epoch, "v": VERSION}}, upsert=True)
    except DuplicateKeyError:
        raise stale(board, epoch) from None


def begin(boards: Documents, board: str, epoch: int, began: datetime) -> datetime | None:
    """Raise the epoch, and note that a crawl is under way.

    One before it that never ended is recorded as lost; return when that began.
    """
    mark = {"$set": {"epoch": epoch, "begun": {"epoch": epoch, "at": began}, "v": VERSION}}
    try:
        before = boards.find_one_and_update(_not_after(board, epoch), mark, upsert=True)
    except DuplicateKeyError:
        raise stale(board, epoch) from None
    begun = (before or {}).get("begun")
    if begun and begun["epoch"] < epoch:
        lost = CrawlRecord(
            at=begun["at"], epoch=begun["epoch"], outcome=LOST, seen=0, new=0, changed=0, closed=0, skipped=0,
            seconds=0.0, complete=False, message=ENDED_SILENTLY,
        )  # fmt: skip
        record_unless_known(boards, board, lost)
        return _utc(begun["at"])
    return None


def under_way_since(boards: Documents, board: str) -> datetime | None:
    """When the crawl began that has not come to an end: it runs, or it died."""
    found = boards.find_one({"_id": board, "begun": {"$exists": True}}, {"begun": 1})
    return _utc(found["begun"]["at"]) if found else None


def answer_of(boards: Documents, board: str) -> tuple[dict[str, str], datetime] | None:
    """The answer the last good crawl got, and when that began."""
    found = boards.find_one({"_id": board, "answer": {"$exists": True}}, {"answer": 1})
    if not found:
        return None
    answer = dict(found["answer"])
    at = answer.pop("at")
    return answer, at.astimezone(UTC)


def current_epoch(boards: Documents, board: str) -> int:
    found = boards.find_one({"_id": board}, {"epoch": 1})
    return int(found.get("epoch", 0)) if found else 0


def record(
    boards: Documents, board: str, crawl: CrawlRecord, *, answer: Mapping[str, str] | None, robots: str | None
) -> None:
    """Keep what a crawl came to, and drop what is older than the last 30."""
    moments: Document = {"last_crawled_at": crawl.at, "v": VERSION}
    if crawl.outcome == SUCCESS:
        moments["last_success_at"] = crawl.at
    first = {"$min": {"first_crawled_at": crawl.at}} if crawl.complete or crawl.as_far_as_it_goes else {}
    if robots is not None:
        moments["robots"] = robots
    unset = {"begun": ""}
    if answer is not None:
        moments["answer"] = {**answer, "at": crawl.at}
    elif not crawl.is_unchanged:
        unset["answer"] = ""
    update = {"$set": moments, "$push": _push(crawl), "$unset": unset, **first}
    try:
        boards.update_one(_not_after(board, crawl.epoch), update, upsert=True)
    except DuplicateKeyError:
        raise stale(board, crawl.epoch) from None


def record_unless_known(boards: Documents, board: str, crawl: CrawlRecord) -> None:
    """Keep what somebody else saw of a crawl that could not record its end itself."""
    boards.update_one({"_id": board}, {"$setOnInsert": {"v": VERSION}}, upsert=True)
    unknown = {"_id": board, "records.epoch": {"$ne": crawl.epoch}}
    boards.update_one(unknown, {"$push": _push(crawl), "$max": {"last_crawled_at": crawl.at}})
    boards.update_one({"_id": board, "begun.epoch": crawl.epoch}, {"$unset": {"begun": ""}})


def state(document: Document | None, board: str, open_count: int) -> BoardState:
    """The state in a document of `boards`; None is a board that was never crawled."""
    document = document or {}
    return BoardState(
        board=board,
        open_count=open_count,
        last_records=tuple(_record(kept) for kept in document.get("records", [])),
        last_success_at=_utc(document.get("last_success_at")),
        first_crawled_at=_utc(document.get("first_crawled_at")),
        robots=document.get("robots"),
        delay=document.get("delay"),
    )


def stale(board: str, epoch: int) -> PermanentError:
    return PermanentError(f"stale epoch {epoch}: another crawl of {board} has taken over")


def _not_after(board: str, epoch: int) -> Document:
    # A later epoch makes this miss, and the upsert then meets the unique _id: one atomic step.
    return {"_id": board, "$or": [{"epoch": {"$lte": epoch}}, {"epoch": {"$exists": False}}]}


def _push(crawl: CrawlRecord) -> Document:
    """Sorted, because one that was lost is recorded late."""
    kept = asdict(crawl) | {"filled": dict(crawl.filled) if crawl.filled is not None else None}
    return {"records": {"$each": [kept], "$sort": {"at": 1}, "$slice": -KEPT_RECORDS}}


def _record(kept: Document) -> CrawlRecord:
    values = {name: value for name, value in kept.items() if name in KNOWN}
    return CrawlRecord(**values | {"at": _utc(kept["at"]), "doubts": tuple(kept.get("doubts", ()))})


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
