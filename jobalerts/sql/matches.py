"""Matches: this position fits that user, once a user and cluster, whoever finds it first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update

from jobalerts.sql.columns import UNSENT
from jobalerts.sql.engine import insert
from jobalerts.sql.tables import mails, matches, users

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one of the user's alerts takes the posting; `evidence` quotes the years it asks for."""

    alert_id: str
    text: str
    evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMatch:
    """What the matcher found; a lower `rank` stands further up."""

    user_id: str
    cluster_id: str
    posting_key: str
    board: str
    reasons: tuple[Reason, ...]
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A match that is kept; `digest_id` None: not mailed yet. `dropped_at`: it never will be."""

    id: int
    user_id: str
    cluster_id: str
    posting_key: str
    board: str
    reasons: tuple[Reason, ...]
    rank: float
    created_at: datetime
    digest_id: str | None
    dropped_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A user whose matches wait for a digest: when the first and the last of them came, and when they want mail."""

    user_id: str
    email: str
    frequency: str
    digest_hour: int
    digest_weekday: int
    timezone: str
    first_at: datetime
    last_at: datetime


def add(connection: Connection, found: Sequence[NewMatch], *, now: datetime) -> int:
    """Insert what is new and return how many; a match that waits already gets the reasons of further alerts."""
    added = 0
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        known = _known(connection, chunk)
        fresh = [_row(match, now) for match in chunk if (match.user_id, match.cluster_id) not in known]
        if fresh:
            query = insert(connection, matches).values(fresh).on_conflict_do_nothing().returning(matches.c.id)
            added += len(connection.execute(query).all())
        for match in chunk:
            _merge(connection, match, known.get((match.user_id, match.cluster_id)), now)
    return added


def waiting(connection: Connection) -> list[Waiting]:
    """Confirmed users with matches that no digest has, and no digest under way."""
    under_way = select(mails.c.id).where(
        mails.c.user_id == users.c.id, mails.c.kind == "digest", mails.c.status.in_(_UNSENT)
    )
    query = (
        select(
            users.c.id.label("user_id"), users.c.email, users.c.frequency, users.c.digest_hour,
            users.c.digest_weekday, users.c.timezone,
            func.min(matches.c.created_at).label("first_at"), func.max(matches.c.created_at).label("last_at"),
        )
        .join(users, users.c.id == matches.c.user_id)
        .where(_UNDIGESTED, users.c.confirmed_at.is_not(None), ~under_way.exists())
        .group_by(users.c.id)
    )  # fmt: skip
    return [Waiting(**row._mapping) for row in connection.execute(query)]


def newest_id(connection: Connection) -> int:
    """Grows with every match that is made: a cheap way to ask whether there is anything new."""
    return int(connection.execute(select(func.coalesce(func.max(matches.c.id), 0))).scalar_one())


def undigested(connection: Connection, user_id: str) -> list[Match]:
    """The user's matches that wait for a digest, oldest first."""
    query = select(matches).where(matches.c.user_id == user_id, _UNDIGESTED).order_by(matches.c.id)
    return [_match(row) for row in connection.execute(query)]


def digested_clusters(connection: Connection, user_id: str) -> set[str]:
    """Clusters the user was mailed, or is about to be."""
    query = select(matches.c.cluster_id).where(matches.c.user_id == user_id, matches.c.digest_id.is_not(None))
    return set(connection.execute(query).scalars())


def drop(connection: Connection, ids: Iterable[int], *, now: datetime) -> None:
    """These are not mailed: closed since, merged into another, or no alert takes them any more."""
    ids = list(ids)
    for start in range(0, len(ids), CHUNK):
        query = update(matches).where(matches.c.id.in_(ids[start : start + CHUNK]), _UNDIGESTED)
        connection.execute(query.values(dropped_at=now))


def assign(connection: Connection, ids: Iterable[int], digest_id: str) -> int:
    """Put these, as far as they still wait, into this digest; return how many."""
    ids = list(ids)
    count = 0
    for start in range(0, len(ids), CHUNK):
        query = update(matches).where(matches.c.id.in_(ids[start : start + CHUNK]), _UNDIGESTED)
        count += connection.execute(query.values(digest_id=digest_id)).rowcount
    return count


def leave_out(connection: Connection, digest_id: str, ids: Iterable[int], *, now: datetime) -> None:
    """The digest does not tell of these after all; should one fit again later, it was never mailed."""
    ids = list(ids)
    for start in range(0, len(ids), CHUNK):
        query = update(matches).where(matches.c.id.in_(ids[start : start + CHUNK]), matches.c.digest_id == digest_id)
        connection.execute(query.values(digest_id=None, dropped_at=now))


def give_back(connection: Connection, digest_id: str) -> None:
    """The digest never left: its matches wait for the next one."""
    connection.execute(update(matches).where(matches.c.digest_id == digest_id).values(digest_id=None))


def of_digest(connection: Connection, digest_id: str) -> list[Match]:
    """A digest's matches: the best first, of equals the newest."""
    query = select(matches).where(matches.c.digest_id == digest_id).order_by(matches.c.rank, matches.c.id.desc())
    return [_match(row) for row in connection.execute(query)]


_UNDIGESTED = and_(matches.c.digest_id.is_(None), matches.c.dropped_at.is_(None))
_UNSENT = tuple(UNSENT.replace("'", "").split(", "))


def _known(connection: Connection, chunk: Sequence[NewMatch]) -> dict[tuple[str, str], Match]:
    query = select(matches).where(matches.c.cluster_id.in_({match.cluster_id for match in chunk}))
    users_here = {match.user_id for match in chunk}
    query = query.where(matches.c.user_id.in_(users_here))
    return {(row.user_id, row.cluster_id): _match(row) for row in connection.execute(query)}


def _merge(connection: Connection, match: NewMatch, known: Match | None, now: datetime) -> None:
    """Add what further alerts say to a match that waits; one that was dropped and fits again starts anew."""
    if known is None or known.digest_id is not None:
        return
    waiting_for_digest = update(matches).where(matches.c.id == known.id, matches.c.digest_id.is_(None))
    if known.dropped_at is not None:
        connection.execute(waiting_for_digest.values(**_row(match, now), dropped_at=None))
        return
    has = {reason.alert_id for reason in known.reasons}
    further = [reason for reason in match.reasons if reason.alert_id not in has]
    if further:
        reasons = [_json(reason) for reason in (*known.reasons, *further)]
        connection.execute(waiting_for_digest.values(reasons=reasons, rank=min(known.rank, match.rank)))


def _row(match: NewMatch, now: datetime) -> dict[str, Any]:
    return {
        "user_id": match.user_id,
        "cluster_id": match.cluster_id,
        "posting_key": match.posting_key,
        "board": match.board,
        "reasons": [_json(reason) for reason in match.reasons],
        "rank": match.rank,
        "created_at": now,
    }


def _json(reason: Reason) -> dict[str, Any]:
    return {"alert_id": reason.alert_id, "text": reason.text, "evidence": reason.evidence}


def _match(row: Row[Any]) -> Match:
    return Match(**{**row._mapping, "reasons": tuple(Reason(**reason) for reason in row.reasons)})
