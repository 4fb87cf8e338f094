"""Sending: claim a mail, write it, hand it to the server, book what became of it; one mail at a time a thread."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import structlog
from sqlalchemy import Connection, Engine

from jobalerts.domain.mail_states import Next, Outcome, after
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.sql import mails, matches
from jobalerts.sql.engine import write
from jobalerts.sql.mails import Mail
from mailer.letters import Dropped, Writer
from mailer.smtp import SmtpConnection

BOOKING_RETRY_S = 1.0
LONGEST_TRY_S = 20 * 60
"""A server that answers a byte a second is left after this; the ten minutes after the final dot fit in."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flight:
    mail: Mail
    connection: SmtpConnection
    started: float


class InFlight:
    """The mails that are being sent by this process, so that their leases are kept and a stop can end them."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight] = {}
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, mail: Mail, connection: SmtpConnection) -> Iterator[None]:
        with self._lock:
            self._flights[mail.id] = _Flight(mail=mail, connection=connection, started=monotonic())
        try:
            yield
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
            with write(engine) as connection:
                mails.renew(connection, [flight.mail for flight in flights])

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
    clock: Callable[[], datetime]

    def send_next(self, *, stop: threading.Event) -> bool:
        """Claim and send one mail; False when none is due."""
        with write(self.writer.engine) as connection:
            mail = mails.claim(connection, host=self.writer.sender.host, now=self.clock())
        if mail is None:
            return False
        with self.in_flight.holding(mail, self.connection):
            outcome = self._outcome(mail)
            self._book(mail, outcome, stop=stop)
        return True

    def _outcome(self, mail: Mail) -> Outcome:
        try:
            written = self.writer.write(mail, now=self.clock())
            if isinstance(written, Dropped):
                return Outcome(result="dropped", reason=written.reason)
            return self.connection.send(sender=self.writer.sender.address, recipient=mail.recipient, message=written)
        except TemporaryError as error:
            return Outcome(result="later", reason=str(error))
        except PermanentError as error:
            return Outcome(result="refused", reason=str(error))
        except Exception as error:
            # A mistake of ours in one mail must not stop the others: it is tried again, seen, and given up in a day.
            log.exception("mail could not be written", mail_id=mail.id, kind=mail.kind)
            return Outcome(result="later", reason=f"{type(error).__name__}: {error}")

    def _book(self, mail: Mail, outcome: Outcome, *, stop: threading.Event) -> None:
        """Keep at it while the database is away: a mail that was taken is not to be sent again."""
        while True:
            try:
                with write(self.writer.engine) as connection:
                    self._book_once(connection, mail, outcome)
                return
            except TemporaryError as error:
                log.warning("the outcome of a mail waits to be booked", mail_id=mail.id, error=str(error))
                if stop.wait(BOOKING_RETRY_S):
                    return

    def _book_once(self, connection: Connection, mail: Mail, outcome: Outcome) -> None:
        now = self.clock()
        then = after(outcome, tries=mail.tries, in_doubt=mail.in_doubt, planned_at=mail.created_at, now=now)
        if not mails.finish(connection, mail, then, now=now):
            log.warning("the mail was taken over by another mailer", mail_id=mail.id)
            return
        if outcome.dead_address:
            mails.suppress(connection, self.writer.key, mail.recipient, reason=outcome.reason, now=now)
        elif outcome.result == "accepted":
            mails.lift_suppression(connection, self.writer.key, mail.recipient)
        elif then.status == "failed" and outcome.result == "later" and not mail.in_doubt:
            matches.give_back(connection, mail.id)  # it never left, whatever was wrong with the server for a day
        _report(mail, then)


def _report(mail: Mail, then: Next) -> None:
    """One line an outcome; a server's words may quote the address, so that only the row keeps them."""
    words = {"mail_id": mail.id, "kind": mail.kind, "tries": mail.tries, "status": then.status}
    if then.status == "failed":
        log.error("mail failed", **words)
    else:
        log.info("mail", **words)
