"""Sending: claim a mail, write it, hand it to the server, book what became of it; one mail at a time a thread."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import structlog
from sqlalchemy import Connection, Engine

from jobalerts.domain.mail_states import HELD_DELAYS, Next, Outcome, after
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.sql import bounces, mails, matches, notices, requeued_mails
from jobalerts.sql.engine import write
from jobalerts.sql.mails import Mail
from mailer.confinement import Mistake, confined
from mailer.letters import Dropped, Writer
from mailer.refusals import Refusals
from mailer.smtp import SmtpConnection

BOOKING_RETRY_S = 1.0
LONGEST_TRY_S = 20 * 60
"""A server that answers a byte a second is left after this; the ten minutes after the final dot fit in."""

LEASE_S = mails.LEASE.total_seconds()

REFUSES = "mail server refuses"
"""The key of the notice."""

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class _Flight:
    mail: Mail
    connection: SmtpConnection
    started: float
    ours_until: float


class InFlight:
    """The mails that are being sent by this process, so that their leases are kept and a stop can end them."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight] = {}
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, mail: Mail, connection: SmtpConnection, *, since: float) -> Iterator[Callable[[], bool]]:
        """`since` is the moment before the claim (monotonic). Gives a function that says whether the lease still runs:

        a process that was stopped for longer than that wakes when another one has sent the mail.
        """
        flight = _Flight(mail=mail, connection=connection, started=since, ours_until=since + LEASE_S)
        with self._lock:
            self._flights[mail.id] = flight
        try:
            yield lambda: monotonic() < flight.ours_until
        finally:
            with self._lock:
                del self._flights[mail.id]

    def keep(self, engine: Engine) -> None:
        """Renew the leases, and end tries that have taken too long; to be called every 10 s."""
        flights = self._now()
        for flight in flights:
            if monotonic() - flight.started > LONGEST_TRY_S:
                flight.connection.abort()
        if flights:
            began = monotonic()
            with write(engine) as connection:
                kept = mails.renew(connection, [flight.mail for flight in flights])
            for flight in flights:
                if flight.mail.id in kept:
                    flight.ours_until = began + LEASE_S

    def abort(self) -> None:
        """End every wait for a server; each mail is booked as what it then is."""
        for flight in self._now():
            flight.connection.abort()

    def _now(self) -> list[_Flight]:
        with self._lock:
            return list(self._flights.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends what is due over one connection; `clock` gives the time (UTC)."""

    writer: Writer
    connection: SmtpConnection
    in_flight: InFlight
    refusals: Refusals
    clock: Callable[[], datetime]

    def send_next(self, *, stop: threading.Event) -> bool:
        """Claim and send one mail; False when none is due."""
        began = monotonic()
        with write(self.writer.engine) as connection:
            mail = mails.claim(connection, host=self.writer.sender.host, now=self.clock())
        if mail is None:
            return False
        with self.in_flight.holding(mail, self.connection, since=began) as still_ours:
            outcome = self._outcome(mail, still_ours)
            self._book(mail, outcome, stop=stop)
        return True

    def _outcome(self, mail: Mail, still_ours: Callable[[], bool]) -> Outcome:
        try:
            outcome = confined(lambda: self._tried(mail, still_ours), what="mail could not be written", mail_id=mail.id)
        except TemporaryError as error:
            return Outcome(result="later", reason=str(error))
        # A mistake of ours is tried again, seen, and given up in a day.
        return Outcome(result="later", reason=outcome.reason) if isinstance(outcome, Mistake) else outcome

    def _tried(self, mail: Mail, still_ours: Callable[[], bool]) -> Outcome:
        try:
            written = self.writer.write(mail, now=self.clock())
        except PermanentError as error:
            return Outcome(result="refused", reason=str(error))
        if isinstance(written, Dropped):
            return Outcome(result="dropped", reason=written.reason)
        return self.connection.send(
            sender=self.writer.sender.address, recipient=mail.recipient, message=written, still_ours=still_ours
        )

    def _book(self, mail: Mail, outcome: Outcome, *, stop: threading.Event) -> None:
        """Keep at it while the database is away: a mail that was taken is not to be sent again."""
        failures = 0
        while True:
            try:
                with write(self.writer.engine) as connection:
                    self._book_once(connection, mail, outcome)
                return
            except TemporaryError as error:
                failures += 1
                if failures == 1:
                    log.warning("the outcome of a mail waits to be booked", mail_id=mail.id, error=str(error))
                if stop.wait(BOOKING_RETRY_S):
                    return

    def _book_once(self, connection: Connection, mail: Mail, outcome: Outcome) -> None:
        now = self.clock()
        outcome = self._judged(connection, mail, outcome, now=now)
        then = after(outcome, tries=mail.tries, in_doubt=mail.in_doubt, planned_at=mail.due_since, now=now)
        if not mails.finish(connection, mail, then, now=now):
            log.warning("the mail was taken over by another mailer", mail_id=mail.id)
            return
        if outcome.dead_address:
            mails.suppress(connection, self.writer.key, mail.recipient, reason=outcome.reason, now=now)
        elif outcome.result == "accepted":
            self._book_taken(connection, mail, now=now)
        elif then.status == "failed" and outcome.result in ("later", "held") and not mail.in_doubt:
            matches.give_back(connection, mail.id)  # it never left, whatever was wrong with the server for a day
            self._book_bounce(connection, mail, outcome, now=now)
        _report(mail, then)

    def _judged(self, connection: Connection, mail: Mail, outcome: Outcome, *, now: datetime) -> Outcome:
        """A mail that is refused like several others before it is not refused for its own sake: it waits with them."""
        if outcome.result == "refused" and outcome.about and not outcome.dead_address:
            row = self.refusals.refused(mail)
            if not row.is_the_server:
                return outcome
            due = now + HELD_DELAYS[0]
            requeued_mails.hold(connection, row.earlier, now=now, next_try_at=due, reason=outcome.reason)
            outcome = Outcome(result="held", reason=outcome.reason, about="server")
        if outcome.result == "held":
            self.refusals.held()
            notices.tell_once(connection, REFUSES, "The mail server refuses our mails", _refusal_text(outcome))
        return outcome

    def _book_taken(self, connection: Connection, mail: Mail, *, now: datetime) -> None:
        mails.lift_suppression(connection, self.writer.key, mail.recipient)
        if mail.user_id:
            bounces.reached(connection, mail.user_id)
        if self.refusals.taken() and notices.healthy_again(connection, REFUSES):
            requeued_mails.release(connection, now=now)

    def _book_bounce(self, connection: Connection, mail: Mail, outcome: Outcome, *, now: datetime) -> None:
        is_theirs = outcome.about == "recipient" and mail.kind == "digest"
        if is_theirs and mail.user_id and bounces.bounced(connection, mail.user_id, outcome.reason, now=now):
            log.warning("alerts paused: the address takes no mail", user_id=mail.user_id)


def _refusal_text(outcome: Outcome) -> str:
    return (
        f"It says: {outcome.reason}\n"
        "Mails wait, for five days at most, and go out by themselves once it takes them. "
        "Check SMTP_URL (name and password) and MAIL_FROM, and whether your relay may send for that address."
    )


def _report(mail: Mail, then: Next) -> None:
    """One line an outcome; a server's words may quote the address, so that only the row keeps them."""
    words = {"mail_id": mail.id, "kind": mail.kind, "tries": mail.tries, "status": then.status}
    if then.status == "failed":
        log.error("mail failed", **words)
    else:
        log.info("mail", **words)
