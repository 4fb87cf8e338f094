"""Each scheduler and each mailer watches over all of them: their loops, and what should move on."""

import os
import socket
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic

import structlog
from sqlalchemy import Connection, Engine

from jobalerts.domain.alarms import SILENT_S, UNMATCHED, Alarm, Gauges, alarms
from jobalerts.errors import TemporaryError
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import gauges, notices, rounds
from jobalerts.sql.engine import read, write
from jobalerts.sql.rounds import Process, Round

SAVE_EVERY_S = 5.0
LOOK_EVERY_S = 15.0
SAY_EVERY_S = 30.0
KEY = "watch: "

log = structlog.get_logger()


@dataclass(slots=True)
class _Standing:
    good_at: float | None = None
    error: str = ""
    said_at: float | None = None


class Rounds:
    """When each loop of this process last went round well; any thread may say so. Nothing is saved by that."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._started = monotonic()
        self._standing: dict[str, _Standing] = {}
        self._lock = threading.Lock()

    @property
    def age(self) -> float:
        """Seconds since the process started."""
        return monotonic() - self._started

    def expect(self, *works: str) -> None:
        """These loops are begun: one that never goes round is then seen."""
        with self._lock:
            for work in works:
                self._standing.setdefault(work, _Standing())

    def good(self, work: str) -> None:
        with self._lock:
            self._standing[work] = _Standing(good_at=monotonic())

    def moving(self, *works: str) -> None:
        """These are in the middle of a long round, and get on; one that failed before is not well by that."""
        with self._lock:
            for work in works:
                one = self._standing.setdefault(work, _Standing())
                one.good_at = one.good_at if one.error else monotonic()

    def bad(self, work: str, error: str) -> bool:
        """True when that is worth a line in the log: the first time since it went well, and then twice a minute."""
        with self._lock:
            now, one = monotonic(), self._standing.setdefault(work, _Standing())
            one.error = error
            is_news = one.said_at is None or now - one.said_at >= SAY_EVERY_S
            one.said_at = now if is_news else one.said_at
            return is_news

    def save(self, engine: Engine) -> None:
        """Write them down for others to see."""
        with self._lock:
            now = monotonic()
            found = [
                Round(work=work, good_ago=None if one.good_at is None else now - one.good_at, error=one.error)
                for work, one in self._standing.items()
            ]
        process = Process(name=self._name, program=self._program, age=self.age)
        with write(engine) as connection:
            rounds.save(connection, process, found)

    def leave(self, engine: Engine) -> None:
        """The process stops on purpose."""
        with write(engine) as connection:
            rounds.leave(connection, self._name)


def with_postings(found: Gauges, store: PostingStore | None) -> Gauges:
    """Add the age of the oldest posting that is not matched yet; TemporaryError while nobody can say."""
    if store is None:
        raise TemporaryError("no store of postings is at hand")
    since = store.unmatched_since()
    age = None if since is None else round(max(0.0, (datetime.now(UTC) - since).total_seconds()), 1)
    return replace(found, oldest_posting=age)


class Watch:
    """Tells the operator what is over its limit in two looks running, and closes what is well again.

    Without a `store`, and while it is away, nothing is said of postings, neither that they wait nor that they do not.
    """

    def __init__(self, engine: Engine, own: Rounds, *, time_limit: float, store: PostingStore | None = None) -> None:
        self._engine = engine
        self._own = own
        self._time_limit = time_limit
        self._store = store
        self._seen: set[str] = set()

    def look(self) -> None:
        """One look; to be called every 15 s. In the first minute others may not have started yet."""
        if self._own.age < SILENT_S:
            return
        with read(self._engine) as connection:
            measured = gauges.gauges(connection)
            known = {notice.key for notice in notices.open_notices(connection) if notice.key.startswith(KEY)}
        try:
            measured = with_postings(measured, self._store)
        except TemporaryError:
            known.discard(KEY + UNMATCHED)
        found = {KEY + one.key: one for one in alarms(measured, time_limit=self._time_limit)}
        lasting = {key: alarm for key, alarm in found.items() if key in self._seen}
        self._seen = set(found)
        if lasting or known - set(found):
            with write(self._engine) as connection:
                _book(connection, lasting, over=known - set(found))

    def sweep(self) -> None:
        """Forget what nobody needs any more."""
        with write(self._engine) as connection:
            rounds.forget_old(connection)
            notices.forget_old(connection)


def _book(connection: Connection, lasting: dict[str, Alarm], *, over: set[str]) -> None:
    for key, alarm in lasting.items():
        if notices.tell_once(connection, key, alarm.subject, alarm.text):
            log.error("alarm", about=alarm.key, subject=alarm.subject)
    for key in over:
        if notices.healthy_again(connection, key):
            log.info("alarm is over", about=key.removeprefix(KEY))
