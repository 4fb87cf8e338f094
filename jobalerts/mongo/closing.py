"""Closes postings that are gone: missed by two complete crawls in a row, never by one."""

from datetime import datetime

from jobalerts.mongo.connection import Document, Documents

MISSES_TO_CLOSE = 2


def close_missing(postings: Documents, board: str, *, epoch: int, seen_after: datetime, now: datetime) -> int:
    """Count a miss for every open posting not seen since the crawl began; close what now has two.

    `seen_after` also names the crawl: asking twice for the same one counts once.
    """
    missing: Document = {
        "board_id": board,
        "closed_at": None,
        "last_seen_at": {"$lt": seen_after},
        "epoch": {"$lte": epoch},
        "missed_at": {"$not": {"$gte": seen_after}},
    }
    missed = {"$add": [{"$ifNull": ["$missed", 0]}, 1]}
    closed = {"$cond": [{"$gte": [missed, MISSES_TO_CLOSE]}, now, None]}
    postings.update_many(
        missing, [{"$set": {"missed": missed, "missed_at": seen_after, "closed_at": closed, "epoch": epoch}}]
    )
    return postings.count_documents({"board_id": board, "missed_at": seen_after, "closed_at": {"$ne": None}})
