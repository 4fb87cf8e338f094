"""Matching: new postings against all alerts, a changed alert against open postings. Doing it twice changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy import Connection, Engine

from jobalerts.domain.alert import Alert
from jobalerts.domain.alert_index import AlertIndex
from jobalerts.domain.companies import Employers
from jobalerts.domain.matching import Fit, fit
from jobalerts.errors import TemporaryError
from jobalerts.mongo.documents import StoredPosting
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, boards, employers, matches, notices, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.matches import NewMatch, Reason
from mailer.confinement import Mistake, confined

BATCH = 500
OPEN_DAYS = timedelta(days=30)
UNSTAMPED_AFTER = timedelta(seconds=60)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Audience:
    """Everybody whose alerts are matched. Demo postings are for demo users alone, those of disabled boards for none."""

    people: AlertIndex
    demo_users: AlertIndex
    employers: Employers
    disabled: frozenset[str]
    mistakes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Matches batch by batch; once `stopping` says so, the rest is left to the next mailer by a TemporaryError."""

    engine: Engine
    store: PostingStore
    stopping: Callable[[], bool] = lambda: False

    def match_board(self, board: str, *, now: datetime) -> int:
        """Match the board's new postings that no matcher has stamped; return how many matches were made."""
        added = 0
        while batch := self.store.unmatched(board, BATCH):
            # After the postings: an alert that is saved later than this sees them when it is matched itself.
            with read(self.engine) as connection:
                audience = _audience(connection)
            made = self._keep(batch, audience, now=now)
            self.store.stamp_matched([stored.posting.key for stored in batch], now)
            log.info("postings matched", board=board, postings=len(batch), matches=made)
            added += made
        return added

    def match_alert(self, alert_id: str, *, now: datetime) -> int:
        """Match one alert against the open postings of the last 30 days; return how many matches were made."""
        with read(self.engine) as connection:
            audience = _audience_of_one(connection, alert_id)
        if audience is None:
            return 0
        since = now - OPEN_DAYS
        added = sum(self._keep(batch, audience, now=now) for batch in _batches(self.store.open_posted_since(since)))
        log.info("alert matched", alert_id=alert_id, matches=added)
        return added

    def match_forgotten(self, *, now: datetime) -> int:
        """Match what a lost message left unstamped for a minute; return how many matches were made."""
        return sum(
            self.match_board(board, now=now) for board in self.store.boards_with_unmatched(now - UNSTAMPED_AFTER)
        )

    def _keep(self, batch: Sequence[StoredPosting], audience: _Audience, *, now: datetime) -> int:
        if self.stopping():
            raise TemporaryError("the mailer stops: the rest is matched by the next one")
        found = _found(batch, audience, self.store)
        if audience.mistakes:
            self._tell(audience.mistakes)
        if not found:
            return 0
        with write(self.engine) as connection:
            return matches.add(connection, found, now=now)

    def _tell(self, mistakes: list[str]) -> None:
        with write(self.engine) as connection:
            notices.tell_once(connection, f"{notices.MISTAKE}matching", "Some postings could not be matched", (
                f"{len(mistakes)} in this round, the first: {mistakes[0]}\n"
                "All others were. The mailer's log has the whole story: please report it."
            ))  # fmt: skip
        mistakes.clear()


def _audience_of_one(connection: Connection, alert_id: str) -> _Audience | None:
    alert = alerts.by_id(connection, alert_id)
    user = users.by_id(connection, alert.user_id) if alert else None
    if alert is None or user is None or alert.paused_at or user.confirmed_at is None:
        return None
    index, nobody = AlertIndex([alert]), AlertIndex([])
    return _Audience(
        people=nobody if user.is_demo else index,
        demo_users=index if user.is_demo else nobody,
        employers=employers.load(connection),
        disabled=boards.disabled(connection),
    )


def _audience(connection: Connection) -> _Audience:
    return _Audience(
        people=AlertIndex(alerts.active(connection, demo=False)),
        demo_users=AlertIndex(alerts.active(connection, demo=True)),
        employers=employers.load(connection),
        disabled=boards.disabled(connection),
    )


def _found(batch: Sequence[StoredPosting], audience: _Audience, store: PostingStore) -> list[NewMatch]:
    """Every match of these postings, one a user and cluster, with the reasons of all of the user's alerts."""
    clusters = store.clusters_of({stored.cluster_id for stored in batch})
    found: dict[tuple[str, str], NewMatch] = {}
    for stored in batch:
        if f"{stored.posting.source}/{stored.posting.board}" in audience.disabled:
            continue
        cluster = clusters[stored.cluster_id]
        for match in _matches_of(stored, cluster, audience):
            key = (match.user_id, cluster)
            found[key] = _merged(found[key], match) if key in found else match
    return list(found.values())


def _matches_of(stored: StoredPosting, cluster: str, audience: _Audience) -> Iterator[NewMatch]:
    posting = stored.posting
    board = f"{posting.source}/{posting.board}"
    keys = audience.employers.keys(posting.company, board)
    for index, demo_user in ((audience.people, False), (audience.demo_users, True)):
        if stored.is_demo and not demo_user:
            continue
        for alert in index.candidates(posting, keys):
            fits = _fits(alert, stored, keys, demo_user=demo_user)
            if isinstance(fits, Mistake):
                audience.mistakes.append(f"{stored.posting.key} and alert {alert.id}: {fits.reason}")
            elif fits:
                reason = Reason(alert_id=alert.id, text=fits.text, evidence=fits.evidence)
                yield _match(alert, reason, stored=stored, cluster=cluster, rank=fits.rank)


def _fits(alert: Alert, stored: StoredPosting, keys: frozenset[str], *, demo_user: bool) -> Fit | Mistake | None:
    """One posting that one alert stumbles over is left out, so that the others are matched."""
    return confined(
        lambda: fit(alert, stored, keys, demo_user=demo_user),
        what="posting not matched", posting=stored.posting.key, alert_id=alert.id,
    )  # fmt: skip


def _match(alert: Alert, reason: Reason, *, stored: StoredPosting, cluster: str, rank: float) -> NewMatch:
    posting = stored.posting
    return NewMatch(
        user_id=alert.user_id,
        cluster_id=cluster,
        posting_key=posting.key,
        board=f"{posting.source}/{posting.board}",
        reasons=(reason,),
        rank=rank,
    )


def _merged(one: NewMatch, other: NewMatch) -> NewMatch:
    """One line with both reasons; of two postings of a cluster the first stands for it."""
    has = {reason.alert_id for reason in one.reasons}
    return NewMatch(
        user_id=one.user_id,
        cluster_id=one.cluster_id,
        posting_key=one.posting_key,
        board=one.board,
        reasons=one.reasons + tuple(reason for reason in other.reasons if reason.alert_id not in has),
        rank=min(one.rank, other.rank),
    )


def _batches(postings: Iterable[StoredPosting]) -> Iterator[list[StoredPosting]]:
    remaining = iter(postings)
    while batch := list(islice(remaining, BATCH)):
        yield batch
