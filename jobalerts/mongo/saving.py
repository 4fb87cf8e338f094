"""Writes what a crawl has seen: one look-up and one bulk write a batch, guarded by the epoch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo import UpdateOne
from pymongo.errors import BulkWriteError

from jobalerts.domain.duplicates import Likeness, likeness_of
from jobalerts.domain.expiry import expires_at, is_expired
from jobalerts.domain.posting import Posting
from jobalerts.mongo.boards import stale
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
from jobalerts.mongo.likenesses import likeness_document
from jobalerts.mongo.placing import REPOST_AFTER, Place, heads_of, place_new

DUPLICATE_KEY = 11000
FITTING = frozenset({"company", "job_types", "locations", "workplace", "remote_countries", "experience", "seniority"})
"""What decides whom a posting fits."""

STILL_NEW = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What one `save` came to: postings seen, of these new (worth telling about), and changed."""

    seen: int
    new: int
    changed: int


def total(parts: Sequence[Saved]) -> Saved:
    """What several came to together."""
    return Saved(
        seen=sum(one.seen for one in parts),
        new=sum(one.new for one in parts),
        changed=sum(one.changed for one in parts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """The crawl that saves: its board (`source/token`), its fence, its moment (UTC)."""

    board: str
    epoch: int
    now: datetime
    first_crawl: bool
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a batch came to; `minted`: the clusters that are new with it, by id."""

    saved: Saved
    minted: dict[str, Likeness]


def save_batch(postings: Documents, batch: Sequence[Posting], crawl: Crawl) -> Batch:
    """Insert what is unknown, update what changed, touch the rest; PermanentError when the epoch is stale."""
    by_key = keys_of(batch)
    known = _known(postings, list(by_key))
    contents = {key: content(posting) for key, posting in by_key.items()}
    differing = _full(postings, [key for key, old in known.items() if old["hash"] != contents[key]["hash"]])
    before = {key: old for key, old in differing.items() if not _says_less(by_key[key], old)}
    fresh = {key for key, posting in by_key.items() if _is_fresh(posting, known.get(key), crawl.now)}
    likenesses = {key: likeness_of(posting) for key, posting in by_key.items() if key in fresh or key in before}
    places = _places(postings, {key: likenesses[key] for key in by_key if key in fresh}, crawl)
    writes: list[UpdateOne] = []
    new = 0
    for key, posting in by_key.items():
        sets = _seen(posting, crawl)
        if key in likenesses:
            sets |= {**contents[key], "likeness": likeness_document(likenesses[key])}
        if key in fresh:
            sets |= _start(posting, crawl, place=places[key], old=known.get(key))
            new += sets["is_new"]
        history = _history(before.get(key), contents[key], crawl)
        closed_at = known[key]["closed_at"] if key in known else None
        if closed_at is not None and sets["closed_at"] is None:  # open again
            history = (history or {"at": crawl.now, "before": {}}) | {"closed_at": closed_at}
        if key not in fresh and _may_fit_now(known[key], sets, history, crawl.now):
            sets |= {"is_unmatched": True, "unmatched_since": crawl.now}
        writes.append(_write(key, sets, crawl, history=history))
    _apply(postings, writes, crawl)
    minted = {place.cluster_id: likenesses[key] for key, place in places.items() if place.is_minted}
    return Batch(saved=Saved(seen=len(by_key), new=new, changed=len(before)), minted=minted)


def see_again(postings: Documents, board: str, *, epoch: int, since: datetime, now: datetime) -> int:
    """What an unchanged board costs: one write that says nothing but when."""
    seen = {"board_id": board, "last_seen_at": {"$gte": since}, "epoch": {"$lte": epoch}}
    return postings.update_many(seen, {"$set": {"last_seen_at": now, "missed": 0, "epoch": epoch}}).matched_count


def _places(postings: Documents, fresh: dict[str, Likeness], crawl: Crawl) -> dict[str, Place]:
    keys = {likeness.key for likeness in fresh.values()}
    heads = heads_of(postings, keys, is_demo=crawl.is_demo, now=crawl.now)
    return place_new(fresh, heads, now=crawl.now)


def _known(postings: Documents, keys: list[str]) -> dict[str, Document]:
    wanted = projection("hash", "cluster_id", "closed_at", "is_new", "first_seen_at")
    return {row["_id"]: row for row in postings.find({"_id": {"$in": keys}}, wanted)}


def _full(postings: Documents, keys: list[str]) -> dict[str, Document]:
    return {row["_id"]: row for row in postings.find({"_id": {"$in": keys}})} if keys else {}


def _says_less(posting: Posting, old: Document) -> bool:
    """Only its board's list could be read this time: what its own page said before stays."""
    return not posting.description_text and bool(old["description_text"])


def _is_fresh(posting: Posting, old: Document | None, now: datetime) -> bool:
    """Never seen, or back after so long that it is a repost; what says itself that it is over, is not back."""
    if old is None:
        return True
    closed_at: datetime | None = old["closed_at"]
    return closed_at is not None and now - closed_at >= REPOST_AFTER and not is_expired(posting.valid_through, now)


def _may_fit_now(old: Document, sets: Document, history: Document | None, now: datetime) -> bool:
    """Whether people may be told of it who were not: it is open again, or lately come and says something else now."""
    if not old["is_new"] or sets["closed_at"] is not None:
        return False
    is_late = now - old["first_seen_at"] > STILL_NEW
    return old["closed_at"] is not None or bool(history and not is_late and FITTING & history["before"].keys())


def _seen(posting: Posting, crawl: Crawl) -> Document:
    over = expires_at(posting.valid_through) if is_expired(posting.valid_through, crawl.now) else None
    return {"last_seen_at": crawl.now, "closed_at": over, "missed": 0, "epoch": crawl.epoch, "is_demo": crawl.is_demo}


def _start(posting: Posting, crawl: Crawl, *, place: Place, old: Document | None) -> Document:
    is_new = counts_as_new(posting, first_crawl=crawl.first_crawl, now=crawl.now)
    before = old["cluster_id"] if old else place.repost_of
    return {
        "v": VERSION,
        "board_id": crawl.board,
        "cluster_id": place.cluster_id,
        "repost_of": None if before == place.cluster_id else before,
        "first_seen_at": crawl.now,
        "is_new": is_new,
        "is_unmatched": is_new,
        "unmatched_since": crawl.now if is_new else None,
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
