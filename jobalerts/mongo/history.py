"""What became of a posting: found, changed, closed, open again, published again. Its newest entries are kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from jobalerts.mongo.connection import Document, Documents

What = Literal["found", "published again", "changed", "closed", "open again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`fields` names what changed, by the keys of the contract."""

    at: datetime
    what: What
    fields: tuple[str, ...] = ()


def history(postings: Documents, key: str) -> list[Event]:
    """What is known of a posting, oldest first; [] for one there is none of."""
    wanted = {"history": 1, "first_seen_at": 1, "closed_at": 1, "repost_of": 1}
    document = postings.find_one({"_id": key}, wanted)
    if document is None:
        return []
    events = [_found(document), *(event for entry in document.get("history", []) for event in _events(entry))]
    if document["closed_at"] is not None:
        events.append(Event(at=document["closed_at"].astimezone(UTC), what="closed"))
    return sorted(events, key=lambda event: event.at)


def _found(document: Document) -> Event:
    what: What = "published again" if document["repost_of"] else "found"
    return Event(at=document["first_seen_at"].astimezone(UTC), what=what)


def _events(entry: Document) -> list[Event]:
    at = entry["at"].astimezone(UTC)
    events = []
    if entry.get("closed_at"):
        events.append(Event(at=entry["closed_at"].astimezone(UTC), what="closed"))
        events.append(Event(at=at, what="open again"))
    if entry["before"]:
        events.append(Event(at=at, what="changed", fields=tuple(sorted(entry["before"]))))
    return events
