"""Clusters: postings that are one and the same position. An id is minted once and never rewritten,
but may become an alias of another."""

from collections.abc import Collection, Iterable

from jobalerts.mongo.connection import Document, Documents

VERSION = 1
LONGEST_CHAIN = 20


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


def members_of(aliases: Documents, ids: Collection[str]) -> dict[str, list[str]]:
    """Each id with every id, its own among them, that is the same cluster today."""
    today = resolve(aliases, ids)
    members: dict[str, list[str]] = {cluster: [cluster] for cluster in today.values()}
    front = dict(zip(members, members, strict=True))
    for _ in range(LONGEST_CHAIN):
        rows = aliases.find({"to": {"$in": sorted(front)}}, {"to": 1}) if front else ()
        front = {row["_id"]: front[row["to"]] for row in rows}
        for alias, cluster in front.items():
            members[cluster].append(alias)
    return {cluster: members[target] for cluster, target in today.items()}
