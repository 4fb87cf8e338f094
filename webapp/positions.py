"""Positions as they stand in lists: one line a cluster, with the places of all its open postings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobalerts.mongo.documents import StoredPosting
from jobalerts.sql.match_views import MatchView
from webapp.services import services


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One line: a posting, and the other open postings of its cluster."""

    stored: StoredPosting
    elsewhere: tuple[StoredPosting, ...]


def positions_of(shown: Iterable[StoredPosting]) -> list[Position]:
    """A line for each posting, in their order; a cluster that comes twice keeps its first."""
    by_cluster = {stored.cluster_id: stored for stored in reversed(list(shown))}
    opened = services().store.open_of_clusters(by_cluster)
    return [_position(stored, opened[cluster]) for cluster, stored in reversed(by_cluster.items())]


def matched_positions(found: Sequence[MatchView]) -> dict[int, Position]:
    """By match: the posting that was matched; when it has closed, an open one of its cluster if there is any."""
    store = services().store
    matched = store.by_keys([match.posting_key for match in found])
    opened = store.open_of_clusters({match.cluster_id for match in found})
    positions = {}
    for match in found:
        own, others = matched.get(match.posting_key), opened[match.cluster_id]
        stored = others[0] if others and (own is None or own.closed_at) else own
        if stored:
            positions[match.id] = _position(stored, others)
    return positions


def _position(stored: StoredPosting, opened: Sequence[StoredPosting]) -> Position:
    return Position(stored=stored, elsewhere=tuple(one for one in opened if one.posting.key != stored.posting.key))
