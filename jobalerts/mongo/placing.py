"""Which cluster a posting belongs to at first sight. The one place where this is decided.

A new posting joins the oldest near-duplicate that is open or closed for less than 60 days, on whatever board. Two
crawls that store at once may mint two clusters for one position; each looks again after its writes, so at least one of
them sees the other, and the younger cluster becomes an alias of the older.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import uuid_utils

from jobalerts.domain.duplicates import Likeness, compare
from jobalerts.mongo.clusters import merge
from jobalerts.mongo.connection import Document, Documents
from jobalerts.mongo.likenesses import read_likeness

REPOST_AFTER = timedelta(days=60)
REMEMBERED = timedelta(days=365)  # what closed longer ago is not known as the forerunner of a repost
MOST_COMPARED = 200  # clusters of one employer and title; the oldest of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a new posting belongs; `is_minted`: a cluster of its own."""

    cluster_id: str
    repost_of: str | None
    is_minted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A cluster, by its oldest posting of a title; `lived_until`: the last of its postings closed then, or now."""

    cluster_id: str
    likeness: Likeness
    first_seen_at: datetime
    lived_until: datetime

    @property
    def age(self) -> tuple[datetime, str]:
        return self.first_seen_at, self.cluster_id


def heads_of(postings: Documents, keys: Collection[str], *, is_demo: bool, now: datetime) -> dict[str, list[Head]]:
    """The clusters of these likeness keys, the oldest first: one query, over an index."""
    if not keys:
        return {}
    remembered: list[Document] = [{"closed_at": None}, {"closed_at": {"$gte": now - REMEMBERED}}]
    pipeline: list[Document] = [
        {"$match": {"likeness.key": {"$in": sorted(keys)}, "is_demo": is_demo, "$or": remembered}},
        {"$sort": {"first_seen_at": 1, "cluster_id": 1}},
        {
            "$group": {
                "_id": {"cluster": "$cluster_id", "key": "$likeness.key"},
                "likeness": {"$first": "$likeness"},
                "first_seen_at": {"$first": "$first_seen_at"},
                "lived_until": {"$max": {"$ifNull": ["$closed_at", now]}},
            }
        },
    ]
    found: dict[str, list[Head]] = defaultdict(list)
    for row in postings.aggregate(pipeline):
        head = Head(
            cluster_id=row["_id"]["cluster"],
            likeness=read_likeness(row["likeness"]),
            first_seen_at=row["first_seen_at"],
            lived_until=row["lived_until"],
        )
        found[row["_id"]["key"]].append(head)
    return {key: sorted(heads, key=lambda head: head.age)[:MOST_COMPARED] for key, heads in found.items()}


def place_new(fresh: Mapping[str, Likeness], heads: Mapping[str, list[Head]], *, now: datetime) -> dict[str, Place]:
    """The clusters of postings at first sight, those of one batch among each other too."""
    known = {key: list(found) for key, found in heads.items()}
    places = {}
    for posting, likeness in fresh.items():
        same = [head for head in known.get(likeness.key, []) if compare(head.likeness, likeness).same]
        living = next((head for head in same if _is_living(head, now)), None)
        if living:
            places[posting] = Place(cluster_id=living.cluster_id, repost_of=None, is_minted=False)
            continue
        before = max(same, key=lambda head: head.lived_until).cluster_id if same else None
        minted = Head(cluster_id=str(uuid_utils.uuid7()), likeness=likeness, first_seen_at=now, lived_until=now)
        known.setdefault(likeness.key, []).append(minted)
        places[posting] = Place(cluster_id=minted.cluster_id, repost_of=before, is_minted=True)
    return places


def merge_twins(
    postings: Documents, aliases: Documents, minted: Mapping[str, Likeness], *, is_demo: bool, now: datetime
) -> None:
    """Make minted clusters (by id) one with older ones that another crawl has stored in the meantime."""
    heads = heads_of(postings, {likeness.key for likeness in minted.values()}, is_demo=is_demo, now=now)
    for cluster, likeness in minted.items():
        older = _before(cluster, heads.get(likeness.key, []))
        twin = next((head for head in older if _is_living(head, now) and compare(head.likeness, likeness).same), None)
        if twin:
            merge(aliases, cluster=cluster, into=twin.cluster_id)


def _before(cluster: str, heads: list[Head]) -> Iterator[Head]:
    return itertools.takewhile(lambda head: head.cluster_id != cluster, heads)


def _is_living(head: Head, now: datetime) -> bool:
    return now - head.lived_until < REPOST_AFTER
