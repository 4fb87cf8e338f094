"""Clusters: postings that are one and the same position. An id is minted once and never rewritten."""

from collections.abc import Iterable

import uuid_utils

from jobalerts.domain.posting import Posting
from jobalerts.mongo.connection import Document, Documents

VERSION = 1
LONGEST_CHAIN = 20


def cluster_of_new(_posting: Posting) -> str:
    """The cluster of a posting at first sight: its own. The one place where this is decided."""
    return str(uuid_utils.uuid7())


def merge(aliases: Documents, *, cluster: str, into: str) -> None:
    """From now on `cluster` resolves to `into`; what pointed at `cluster` does too."""
    target = resolve(aliases, [into])[into]
    if target == cluster:
        return
    aliases.update_one({"_id": cluster}, {"$set": {"to": target, "v": VERSION}}, upsert=True)
    aliases.update_many({"to": cluster}, {"$set": {"to": target}})


def resolve(aliases: Documents, ids: Iterable[str]) -> dict[str, str]:
    """Each id with the cluster it belongs to today: itself, unless it was merged."""
    resolved = {cluster: cluster for cluster in ids}
    for _ in range(LONGEST_CHAIN):
        found = _targets(aliases, set(resolved.values()))
        if not found:
            break
        resolved = {cluster: found.get(today, today) for cluster, today in resolved.items()}
    return resolved


def _targets(aliases: Documents, ids: set[str]) -> dict[str, str]:
    rows: Iterable[Document] = aliases.find({"_id": {"$in": sorted(ids)}}, {"to": 1}) if ids else ()
    return {row["_id"]: row["to"] for row in rows}
