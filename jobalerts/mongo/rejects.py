"""Rows of boards that could not be read, kept for a look: the newest of each board, for a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from pymongo import ASCENDING, DESCENDING, IndexModel, UpdateOne

from jobalerts.mongo.connection import Document, Documents

MOST_A_BOARD = 20
KEPT_FOR = timedelta(days=30)
INDEXES = (
    IndexModel([("board_id", ASCENDING), ("last_seen_at", DESCENDING)]),
    IndexModel([("last_seen_at", ASCENDING)], name="expiry", expireAfterSeconds=int(KEPT_FOR.total_seconds())),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row as its board gave it, trimmed, and why it is no posting; the same row is kept once."""

    row: str
    error: str
    first_seen_at: datetime
    last_seen_at: datetime
    crawls: int


def keep(rejects: Documents, board: str, rows: Sequence[tuple[str, str]], now: datetime) -> None:
    """Keep (row, error) of a crawl, and drop what is more than a board may have."""
    writes = [
        UpdateOne(
            {"_id": f"{board} {sha256(row.encode('utf-8', 'replace')).hexdigest()[:32]}"},
            {
                "$set": {"board_id": board, "row": row, "error": error, "last_seen_at": now},
                "$setOnInsert": {"first_seen_at": now},
                "$inc": {"crawls": 1},
            },
            upsert=True,
        )
        for row, error in dict(rows).items()
    ]
    if not writes:
        return
    rejects.bulk_write(writes, ordered=False)
    newest = [("last_seen_at", DESCENDING), ("_id", ASCENDING)]
    old = [one["_id"] for one in rejects.find({"board_id": board}, {"_id": 1}).sort(newest).skip(MOST_A_BOARD)]
    if old:
        rejects.delete_many({"_id": {"$in": old}})


def of_board(rejects: Documents, board: str) -> list[Reject]:
    """The newest first."""
    found = rejects.find({"board_id": board}).sort("last_seen_at", DESCENDING).limit(MOST_A_BOARD)
    return [_read(document) for document in found]


def _read(document: Document) -> Reject:
    return Reject(
        row=document["row"],
        error=document["error"],
        first_seen_at=document["first_seen_at"].astimezone(UTC),
        last_seen_at=document["last_seen_at"].astimezone(UTC),
        crawls=document["crawls"],
    )
