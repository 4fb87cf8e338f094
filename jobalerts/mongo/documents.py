"""A posting as MongoDB keeps it: the contract's keys as they are, and the bookkeeping beside them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from jobalerts.domain.posting import Posting, from_json, to_json
from jobalerts.mongo.connection import Document

VERSION = 1
FIRST_CRAWL_NEW = timedelta(days=30)
LONG_KEYS = frozenset({"description_html", "description_text"})  # their old values are not kept
HISTORY_LENGTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPosting:
    """A posting and what its crawls said; `closed_at` None: open. `is_new`: worth telling people about."""

    posting: Posting
    cluster_id: str
    first_seen_at: datetime
    last_seen_at: datetime
    closed_at: datetime | None
    is_new: bool
    is_demo: bool
    repost_of: str | None  # the cluster this position had before it was closed for long


def read_document(document: Document) -> StoredPosting:
    """The posting in a document of `postings`."""
    return StoredPosting(
        posting=from_json(document),
        cluster_id=document["cluster_id"],
        first_seen_at=document["first_seen_at"].astimezone(UTC),
        last_seen_at=document["last_seen_at"].astimezone(UTC),
        closed_at=document["closed_at"].astimezone(UTC) if document["closed_at"] else None,
        is_new=document["is_new"],
        is_demo=document["is_demo"],
        repost_of=document["repost_of"],
    )


def content(posting: Posting) -> Document:
    """The contract's keys, with `hash`, which differs as soon as any of them does."""
    values = to_json(posting)
    raw = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    return {**values, "hash": hashlib.sha256(raw).hexdigest()}


def counts_as_new(posting: Posting, *, first_crawl: bool, now: datetime) -> bool:
    """Whatever appears later is new; in a board's first crawl, only what was posted in the last 30 days."""
    if not first_crawl:
        return True
    if posting.posted_at is None:
        return False
    posted = datetime.fromisoformat(posting.posted_at)
    return posted >= now - FIRST_CRAWL_NEW


def changes(old: Document, new: Document, now: datetime) -> Document:
    """One entry of `history`: what the changed keys said before (None for the long ones)."""
    before = {
        key: None if key in LONG_KEYS else old.get(key)
        for key, value in orjson.loads(orjson.dumps(new)).items()
        if key != "hash" and old.get(key) != value
    }
    return {"at": now, "before": before}


def keys_of(postings: Sequence[Posting]) -> dict[str, Posting]:
    """Postings by key; of one that comes twice the last counts."""
    return {posting.key: posting for posting in postings}


def since_text(moment: datetime) -> str:
    """The contract's form of a moment, which sorts as time does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def projection(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, 1)
