"""Writes what a crawl has seen: one look-up and one bulk write a batch, guarded by the epoch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo import UpdateOne
from pymongo.errors import BulkWriteError

from jobalerts.domain.posting import Posting
from jobalerts.mongo.boards import stale
from jobalerts.mongo.clusters import cluster_of_new
from jobalerts.mongo.connection import Document, Documents
from jobalerts.mongo.documents import (
    HISTORY_LENGTH,
    VERSION,
    changes,
    content,
    counts_as_new,
    keys_of,
    projection,
)

REPOST_AFTER = timedelta(days=60)
DUPLICATE_KEY = 11000


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What one `save` came to: postings seen, of these new (worth telling about), and changed."""

    seen: int
    new: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """The crawl that saves: its board (`source/token`), its fence, its moment (UTC)."""

    board: str
    epoch: int
    now: datetime
    first_crawl: bool
    is_demo: bool


def save_batch(postings: Documents, batch: Sequence[Posting], crawl: Crawl) -> Saved:
    """Insert what is unknown, update what changed, touch the rest; PermanentError when the epoch is stale."""
    by_key = keys_of(batch)
    known = _known(postings, list(by_key))
    contents = {key: content(posting) for key, posting in by_key.items()}
    changed = [key for key, old in known.items() if old["hash"] != contents[key]["hash"]]
    before = _full(postings, changed)
    writes: list[UpdateOne] = []
    new = 0
    for key, posting in by_key.items():
        old = known.get(key)
        fresh = old is None or _is_repost(old, crawl.now)
        sets = {**contents[key], **_seen(crawl)} if fresh or key in before else _seen(crawl)
        if fresh:
            started = _start(posting, crawl, repost_of=old["cluster_id"] if old else None)
            new += started["is_new"]
            sets.update(started)
        writes.append(_write(key, sets, crawl, history=_history(before.get(key), contents[key], crawl)))
    _apply(postings, writes, crawl)
    return Saved(seen=len(by_key), new=new, changed=len(before))


def _known(postings: Documents, keys: list[str]) -> dict[str, Document]:
    wanted = projection("hash", "cluster_id", "closed_at")
    return {row["_id"]: row for row in postings.find({"_id": {"$in": keys}}, wanted)}


def _full(postings: Documents, keys: list[str]) -> dict[str, Document]:
    return {row["_id"]: row for row in postings.find({"_id": {"$in": keys}})} if keys else {}


def _is_repost(old: Document, now: datetime) -> bool:
    closed_at: datetime | None = old["closed_at"]
    return closed_at is not None and now - closed_at >= REPOST_AFTER


def _seen(crawl: Crawl) -> Document:
    return {"last_seen_at": crawl.now, "closed_at": None, "missed": 0, "epoch": crawl.epoch, "is_demo": crawl.is_demo}


def _start(posting: Posting, crawl: Crawl, *, repost_of: str | None) -> Document:
    is_new = counts_as_new(posting, first_crawl=crawl.first_crawl, now=crawl.now)
    return {
        "v": VERSION,
        "board_id": crawl.board,
        "cluster_id": cluster_of_new(posting),
        "repost_of": repost_of,
        "first_seen_at": crawl.now,
        "is_new": is_new,
        "is_unmatched": is_new,
        "matched_at": None,
    }


def _history(old: Document | None, new: Document, crawl: Crawl) -> Document | None:
    return changes(old, new, crawl.now) if old else None


def _write(key: str, sets: Document, crawl: Crawl, *, history: Document | None) -> UpdateOne:
    update: Document = {"$set": sets}
    if history:
        update["$push"] = {"history": {"$each": [history], "$slice": -HISTORY_LENGTH}}
    # A document of a later epoch makes the filter miss, and the upsert then meets the unique _id.
    return UpdateOne({"_id": key, "epoch": {"$lte": crawl.epoch}}, update, upsert="cluster_id" in sets)


def _apply(postings: Documents, writes: list[UpdateOne], crawl: Crawl) -> None:
    if not writes:
        return
    try:
        result = postings.bulk_write(writes, ordered=False)
    except BulkWriteError as error:
        errors = (error.details or {}).get("writeErrors", [])
        if errors and all(one.get("code") == DUPLICATE_KEY for one in errors):
            raise stale(crawl.board, crawl.epoch) from None
        raise
    if result.matched_count + result.upserted_count < len(writes):
        raise stale(crawl.board, crawl.epoch)
