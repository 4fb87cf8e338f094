"""Closes postings that are gone: missed by two complete crawls in a row, never by one, or over by their own word."""

from collections.abc import Collection
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from jobalerts.domain.expiry import DAY
from jobalerts.mongo.connection import Document, Documents
from jobalerts.mongo.documents import since_text

MISSES_TO_CLOSE = 2
SAID: Document = {"$type": "string"}
EXPIRY_INDEX = IndexModel(
    [("valid_through", ASCENDING), ("closed_at", ASCENDING)],
    name="expiry",
    partialFilterExpression={"valid_through": SAID},
)


def close_missing(
    postings: Documents, board: str, *, epoch: int, seen_after: datetime, now: datetime, but_for: Collection[str] = ()
) -> int:
    """Count a miss for every open posting not seen since the crawl began; close what now has two.

    `but_for` are external ids that are not missing.
    `seen_after` also names the crawl: asking twice for the same one counts once.
    """
    missing: Document = {
        "board_id": board,
        "closed_at": None,
        "last_seen_at": {"$lt": seen_after},
        "epoch": {"$lte": epoch},
        "missed_at": {"$not": {"$gte": seen_after}},
    }
    if but_for:
        missing["external_id"] = {"$nin": sorted(but_for)}
    missed = {"$add": [{"$ifNull": ["$missed", 0]}, 1]}
    closed = {"$cond": [{"$gte": [missed, MISSES_TO_CLOSE]}, now, None]}
    postings.update_many(
        missing, [{"$set": {"missed": missed, "missed_at": seen_after, "closed_at": closed, "epoch": epoch}}]
    )
    return postings.count_documents({"board_id": board, "missed_at": seen_after, "closed_at": {"$ne": None}})


def forgive(postings: Documents, board: str, external_ids: Collection[str], *, epoch: int) -> None:
    """These were there, so a miss before was none of two in a row."""
    there = {"board_id": board, "external_id": {"$in": sorted(external_ids)}, "missed": {"$gt": 0}}
    postings.update_many({**there, "closed_at": None, "epoch": {"$lte": epoch}}, {"$set": {"missed": 0}})


def close_boards(postings: Documents, ids: Collection[str], now: datetime) -> int:
    """As a miss too many: seen again within 60 days they are the same postings, open again."""
    gone = {"board_id": {"$in": sorted(ids)}, "closed_at": None}
    return postings.update_many(gone, {"$set": {"closed_at": now}}).modified_count if ids else 0


def close_expired(postings: Documents, now: datetime) -> int:
    """As `jobalerts.domain.expiry` has it, for what no crawl has looked at since."""
    over: Document = {
        "closed_at": None,
        "valid_through": {**SAID, "$lte": since_text(now)},
        "$or": [
            {"valid_through": {"$not": {"$regex": "T00:00:00Z$"}}},
            {"valid_through": {"$lte": since_text(now - DAY)}},
        ],
    }
    return postings.update_many(over, {"$set": {"closed_at": now}}).modified_count
