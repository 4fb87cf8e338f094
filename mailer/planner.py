"""Planning digests: a user's waiting matches become one mail, once that is due and something is left to tell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, Engine

from jobalerts.domain.alert import Alert
from jobalerts.domain.companies import Employers
from jobalerts.domain.digest import Delivery, due_at
from jobalerts.domain.matching import fit
from jobalerts.mongo.documents import StoredPosting
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, boards, employers, mails, matches, notices, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.matches import Match, Reason, Waiting
from mailer.confinement import Mistake, confined

LOOK_EVERY = timedelta(seconds=5)
"""For what no new match announces: a digest that was under way and is sent, a delivery that was changed."""

AGAIN_AFTER = timedelta(minutes=10)
"""A person whose digest we cannot plan is left alone for so long."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A match that still holds: an open posting of its cluster that fits, and the reasons of the alerts of today.

    `elsewhere` are the cluster's other open postings, those that fit first.
    """

    match: Match
    stored: StoredPosting
    elsewhere: tuple[StoredPosting, ...]
    reasons: tuple[Reason, ...]


class Planner:
    """Plans digests as they become due, and reads all that waits only when something may have changed.

    `moving` is called before each person, for planning ten thousand digests takes minutes.
    """

    def __init__(self, engine: Engine, store: PostingStore, *, moving: Callable[[], None] = lambda: None) -> None:
        self._moving = moving
        self._engine = engine
        self._store = store
        self._newest = -1
        self._look_at: datetime | None = None
        self._put_off: dict[str, datetime] = {}

    def tick(self, *, now: datetime) -> int:
        """Plan what is due by now; to be called every second. Return how many digests were planned."""
        with read(self._engine) as connection:
            newest = matches.newest_id(connection)
        if newest == self._newest and self._look_at and now < self._look_at:
            return 0
        with read(self._engine) as connection:
            waiting = matches.waiting(connection)
        planned, later = 0, [now + LOOK_EVERY]
        for user in waiting:
            self._moving()
            if self._put_off.get(user.user_id, now) <= now:
                moment, digest_id = self._planned(user, now=now)
                planned += digest_id is not None
                later += [moment] if moment > now else []
        self._newest = newest
        self._look_at = min(later)
        return planned

    def _planned(self, user: Waiting, *, now: datetime) -> tuple[datetime, str | None]:
        """When the user's digest is due, and its id if it is planned; what goes wrong with one stops nobody else's."""

        def plan() -> tuple[datetime, str | None]:
            moment = _due_at(user)
            return moment, plan_digest(self._engine, self._store, user, now=now) if moment <= now else None

        made = confined(plan, what="digest not planned", user_id=user.user_id)
        if isinstance(made, Mistake):
            self._put_off[user.user_id] = now + AGAIN_AFTER
            with write(self._engine) as connection:
                notices.tell_once(connection, _key(user), "A digest cannot be planned", _mistake_text(user, made))
            return now, None
        if self._put_off.pop(user.user_id, None):
            with write(self._engine) as connection:
                notices.healthy_again(connection, _key(user))
        return made


def _key(user: Waiting) -> str:
    return f"digest of {user.user_id}"


def _mistake_text(user: Waiting, mistake: Mistake) -> str:
    return (
        f"Of user {user.user_id}: {mistake.reason}\n"
        "Their matches are kept, and it is tried again every ten minutes; the others get theirs. "
        "The mailer's log has the whole story: please report it."
    )


def plan_digest(engine: Engine, store: PostingStore, user: Waiting, *, now: datetime) -> str | None:
    """Put what waits into a digest and return its id; None when nothing is left, or one is under way already."""
    with read(engine) as connection:
        waiting = matches.undigested(connection, user.user_id)
        mailed = matches.digested_clusters(connection, user.user_id)
        holding = still_fitting(connection, store, waiting, user_id=user.user_id)
    kept = _one_a_cluster(store, holding, mailed)
    gone = {match.id for match in waiting} - kept
    with write(engine) as connection:
        matches.drop(connection, gone, now=now)
        if not kept:
            return None
        digest_id = mails.plan(connection, kind="digest", recipient=user.email, user_id=user.user_id, now=now)
        if digest_id is None:
            return None
        count = matches.assign(connection, kept, digest_id)  # what came meanwhile is judged next time
    log.info("digest planned", mail_id=digest_id, postings=count, dropped=len(gone))
    return digest_id


def still_fitting(connection: Connection, store: PostingStore, waiting: list[Match], *, user_id: str) -> list[Fitting]:
    """Return the matches with an open posting, whichever of the cluster's, that an alert which is not paused takes."""
    user = users.by_id(connection, user_id)
    active = [alert for alert in alerts.of(connection, user_id) if alert.paused_at is None]
    if user is None or user.confirmed_at is None or not active:
        return []
    known = employers.load(connection)
    disabled = boards.disabled(connection)
    postings = store.open_of_clusters({match.cluster_id for match in waiting})
    found = []
    for match in waiting:
        looked_after = [one for one in postings[match.cluster_id] if _board(one) not in disabled]
        judged = [(one, _reasons(active, one, known, demo_user=user.is_demo)) for one in looked_after]
        if any(reasons for _, reasons in judged):
            found.append(_fitting(match, judged))
    return found


def _fitting(match: Match, judged: list[tuple[StoredPosting, tuple[Reason, ...]]]) -> Fitting:
    """The posting that was matched stands for its cluster while it is open and fits, then the oldest that does."""
    first, *others = sorted(judged, key=lambda one: (not one[1], one[0].posting.key != match.posting_key))
    reasons = {reason.alert_id: reason for _, told in reversed([first, *others]) for reason in told}
    return Fitting(
        match=match,
        stored=first[0],
        elsewhere=tuple(stored for stored, _ in others),
        reasons=tuple(sorted(reasons.values(), key=lambda reason: reason not in first[1])),
    )


def _board(stored: StoredPosting) -> str:
    return f"{stored.posting.source}/{stored.posting.board}"


def _reasons(active: list[Alert], stored: StoredPosting, known: Employers, *, demo_user: bool) -> tuple[Reason, ...]:
    posting = stored.posting
    keys = known.keys(posting.company, f"{posting.source}/{posting.board}")
    fits = ((alert, fit(alert, stored, keys, demo_user=demo_user)) for alert in active)
    return tuple(Reason(alert_id=alert.id, text=one.text, evidence=one.evidence) for alert, one in fits if one)


def _one_a_cluster(store: PostingStore, holding: list[Fitting], mailed: set[str]) -> set[int]:
    """Ids of the matches to mail: clusters that were merged after matching are one, and are mailed once."""
    merged = store.clusters_of(mailed | {fitting.match.cluster_id for fitting in holding})
    taken = {merged[cluster] for cluster in mailed}
    kept: set[int] = set()
    for fitting in holding:
        cluster = merged[fitting.match.cluster_id]
        if cluster not in taken:
            taken.add(cluster)
            kept.add(fitting.match.id)
    return kept


def _due_at(user: Waiting) -> datetime:
    delivery = Delivery(
        frequency=user.frequency, hour=user.digest_hour, weekday=user.digest_weekday, timezone=user.timezone
    )
    return due_at(delivery, first_at=user.first_at, last_at=user.last_at)
