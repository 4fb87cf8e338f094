"""The threads of a mailer: one that matches, one that wakes senders, the senders, and one that plans and sweeps."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from time import monotonic

import structlog
from sqlalchemy import Engine

from jobalerts.broker import ALERT_CHANGED, MAIL_SEND, POSTINGS_NEW, Broker, Message
from jobalerts.config import Settings, signing_key
from jobalerts.domain.mail_sender import read_sender
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.mongo.store import PostingStore
from jobalerts.watch import LOOK_EVERY_S, SAVE_EVERY_S, Rounds, Watch
from mailer import operator_news
from mailer.confinement import Mistake, confined
from mailer.digests import BoardStates
from mailer.expiry import close_what_is_over
from mailer.letters import Writer
from mailer.matcher import Matcher
from mailer.planner import Planner
from mailer.refusals import Refusals
from mailer.sender import InFlight, Sender
from mailer.smtp import SmtpConnection, read_relay

SENDERS = 4
IDLE_S = 2.0
"""A sender looks for due mails this often without being woken: retries, and mails whose message was lost."""

SWEEPS = ("news for the operator", "expiry sweeper", "posting sweeper")
PLAN_EVERY_S, SWEEP_EVERY_S, KEEP_EVERY_S = 1.0, 15.0, 10.0
STOP_WITHIN_S = 4.5
AFTER_ABORT_S = 1.5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a mailer works with; each consuming thread opens a broker of its own."""

    settings: Settings
    engine: Engine
    store: PostingStore
    open_broker: Callable[[], Broker]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a run ended; `threads_left` still wait for a server, and end with the process."""

    crashed: bool
    threads_left: int


class Mailer:
    """All threads of one mailer process. Any number of processes may run side by side."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        settings = parts.settings
        self._relay = read_relay(settings.smtp_url.get_secret_value())
        self._in_flight = InFlight()
        self._refusals = Refusals()
        self._rounds = Rounds("mailer")
        self._wakes: Queue[None] = Queue(maxsize=SENDERS)
        self._writer = Writer(
            engine=parts.engine,
            store=parts.store,
            states=BoardStates(parts.store),
            site=settings.site,
            key=signing_key(settings),
            sender=read_sender(settings.mail_from),
        )

    def run(self, stop: threading.Event) -> Ending:
        """Work until `stop` is set, then end within 6 s, between two mails; a mail under way is booked as it stands."""
        loops: list[Callable[[threading.Event], None]] = [
            self._match, self._wake, self._plan, self._sweep, self._keep, self._watch,
        ]  # fmt: skip
        loops += [self._send] * SENDERS
        self._rounds.expect("sending", "planner", *SWEEPS, "lease keeper", "watch")
        threads = [
            threading.Thread(target=copy_context().run, args=(loop, stop), name=loop.__name__, daemon=True)
            for loop in loops
        ]
        for thread in threads:
            thread.start()
        dead: list[str] = []
        while not dead and not stop.wait(1.0):
            dead = [thread.name for thread in threads if not thread.is_alive()]
        if dead:  # a mistake of ours: better to be started anew than to run on with a part missing
            log.error("a thread of the mailer ended", threads=dead)
            stop.set()
        _join(threads, STOP_WITHIN_S)
        self._in_flight.abort()
        _join(threads, AFTER_ABORT_S)
        return Ending(crashed=bool(dead), threads_left=sum(thread.is_alive() for thread in threads))

    def _match(self, stop: threading.Event) -> None:
        broker = self._parts.open_broker()
        broker.consume([POSTINGS_NEW, ALERT_CHANGED], lambda message: self._handle(message, stop), stop=stop)
        broker.close()

    def _handle(self, message: Message, stop: threading.Event) -> None:
        matching = self._matching(stop)
        field = "board" if message.queue == POSTINGS_NEW else "alert_id"
        name = _named(message, field)

        def match() -> int:
            if field == "board":
                return matching.match_board(name, now=_now())
            return matching.match_alert(name, now=_now())

        made = confined(match, what="not matched", queue=message.queue, name=name)
        if isinstance(made, Mistake):
            raise PermanentError(f"a mistake of jobalerts: {made.reason}")

    def _matching(self, stop: threading.Event) -> Matcher:
        return Matcher(engine=self._parts.engine, store=self._parts.store, stopping=stop.is_set)

    def _wake(self, stop: threading.Event) -> None:
        """A message only wakes a sender: which mails are due, the rows say."""
        broker = self._parts.open_broker()
        broker.consume([MAIL_SEND], lambda message: self._rouse(_named(message, "mail_id")), stop=stop)
        broker.close()

    def _rouse(self, _mail_id: str) -> None:
        try:
            self._wakes.put_nowait(None)
        except Full:
            return  # as many wake-ups wait as there are senders, and each sends until nothing is due

    def _send(self, stop: threading.Event) -> None:
        connection = SmtpConnection(self._relay, local_hostname=self._writer.sender.host)
        sender = Sender(
            writer=self._writer,
            connection=connection,
            in_flight=self._in_flight,
            refusals=self._refusals,
            clock=_now,
        )
        while not stop.is_set():
            if not self._round("sending", lambda: sender.send_next(stop=stop)):
                try:
                    self._wakes.get(timeout=IDLE_S)
                except Empty:
                    connection.close()
        connection.close()

    def _plan(self, stop: threading.Event) -> None:
        planner = Planner(self._parts.engine, self._parts.store, moving=lambda: self._rounds.moving("planner"))
        while not stop.wait(PLAN_EVERY_S):
            self._round("planner", lambda: planner.tick(now=_now()))

    def _sweep(self, stop: threading.Event) -> None:
        parts = self._parts
        news, expiry, postings = SWEEPS
        while not stop.wait(SWEEP_EVERY_S):
            self._round(news, lambda: operator_news.tell(parts.engine, parts.settings, now=_now()))
            self._round(expiry, lambda: close_what_is_over(parts.engine, parts.store, now=_now()))
            self._round(postings, lambda: self._sweeping(stop).match_forgotten(now=_now()))

    def _sweeping(self, stop: threading.Event) -> Matcher:
        """A matcher whose every batch shows that the sweeps get on."""

        def stopping() -> bool:
            self._rounds.moving(*SWEEPS)
            return stop.is_set()

        return Matcher(engine=self._parts.engine, store=self._parts.store, stopping=stopping)

    def _keep(self, stop: threading.Event) -> None:
        while not stop.wait(KEEP_EVERY_S):
            self._round("lease keeper", lambda: self._in_flight.keep(self._parts.engine))

    def _watch(self, stop: threading.Event) -> None:
        engine, looked = self._parts.engine, monotonic()
        watch = Watch(engine, self._rounds, time_limit=self._parts.settings.job_timeout, store=self._parts.store)
        while not stop.wait(SAVE_EVERY_S):
            self._round("rounds", lambda: self._rounds.save(engine))
            if monotonic() - looked > LOOK_EVERY_S:
                looked = monotonic()
                self._round("watch", watch.look)

    def _round(self, work: str, go_round: Callable[[], object]) -> bool:
        """One round of a loop; True when it did something, and may have more to do."""
        try:
            made = confined(go_round, what="a round of the mailer failed", work=work)
        except TemporaryError as error:
            if self._rounds.bad(work, str(error)):
                log.warning("the mailer waits", work=work, error=str(error))
            return False
        if isinstance(made, Mistake):
            self._rounds.bad(work, made.reason)
            return False
        self._rounds.good(work)
        return bool(made)


def _named(message: Message, name: str) -> str:
    value = message.body.get(name)
    if not isinstance(value, str) or not value:
        raise PermanentError(f"a message of {message.queue} must name its {name}")
    return value


def _join(threads: list[threading.Thread], seconds: float) -> None:
    until = monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, until - monotonic()))


def _now() -> datetime:
    return datetime.now(UTC)
