"""Queues in the SQL database, for an installation without a broker: every delivery is a lease that is renewed."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import wait
from datetime import timedelta

import structlog
from sqlalchemy import Engine

from jobalerts.broker import QUEUES, Message
from jobalerts.broker.bodies import encode
from jobalerts.broker.handling import Handling, Verdict, pause
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.sql import queues as rows
from jobalerts.sql.engine import read, write
from jobalerts.sql.queues import Delivery

LEASE_S = 30.0
POLL_S = 0.2  # other processes publish too, and cannot wake this one

log = structlog.get_logger()


class EmbeddedBroker:
    """The Broker on the table `messages`."""

    def __init__(self, engine: Engine, *, lease_s: float = LEASE_S) -> None:
        self._engine = engine
        self._lease = timedelta(seconds=lease_s)
        self._published = threading.Condition()

    def publish(self, messages: Sequence[Message]) -> None:
        """All or none; never call it inside a write transaction of SQLite, which lets one writer in at a time."""
        unknown = {message.queue for message in messages} - set(QUEUES)
        if unknown:
            raise PermanentError(f"no such queue: {', '.join(sorted(unknown))}")
        if messages:
            with write(self._engine) as connection:
                rows.put(connection, [(message.queue, encode(message)) for message in messages])
        with self._published:
            self._published.notify_all()

    def consume(
        self, queues: Sequence[str], handle: Callable[[Message], None], *, stop: threading.Event, prefetch: int = 1
    ) -> None:
        """See Broker; one message is taken at a time whatever `prefetch` says."""
        turn = list(queues)
        handling = Handling(handle, stop)
        failures = 0
        try:
            while not stop.is_set():
                try:
                    if not self._serve(turn, handling, stop):
                        self._idle()
                    failures = 0
                except TemporaryError as error:
                    failures += 1
                    log.warning("queues are away", reason=str(error))
                    stop.wait(pause(failures, first=1.0))
        finally:
            handling.close()

    def take_dead(self, keep: Callable[[str, str, str, str | None], None], *, limit: int = 100) -> int:
        """See Broker; `keep` may write to the same database."""
        with read(self._engine) as connection:
            letters = rows.dead_letters(connection, limit)
        for letter in letters:
            keep(letter.queue, letter.body, letter.reason, letter.origin)
            with write(self._engine) as connection:
                rows.drop_dead_letter(connection, letter)
        return len(letters)

    def depth(self, queue: str) -> int:
        with read(self._engine) as connection:
            return rows.depth(connection, queue)

    def ping(self) -> None:
        with read(self._engine) as connection:
            rows.ping(connection)

    def close(self) -> None:
        """Nothing of its own to let go of: the engine belongs to the program."""

    def _idle(self) -> None:
        with self._published:
            self._published.wait(POLL_S)

    def _serve(self, turn: list[str], handling: Handling, stop: threading.Event) -> bool:
        """Handle one message, of the queue that was served the longest time ago; False when all are empty."""
        delivery = self._claim(turn)
        if delivery is None:
            return False
        turn.append(turn.pop(turn.index(delivery.queue)))
        future = handling.start(delivery.queue, delivery.body)
        while not wait([future], timeout=self._lease.total_seconds() / 3).done:
            self._renew(delivery)
        error = future.exception()
        if error is not None:
            raise error
        self._settle(delivery, future.result(), stop)
        return True

    def _claim(self, turn: Sequence[str]) -> Delivery | None:
        with read(self._engine) as connection:  # an idle look costs no lock
            filled = rows.filled(connection, turn)
        for queue in turn:
            if queue in filled:
                with write(self._engine) as connection:
                    delivery = rows.lease_first(connection, queue, self._lease)
                if delivery is not None:
                    return delivery
        return None

    def _renew(self, delivery: Delivery) -> None:
        try:
            with write(self._engine) as connection:
                rows.renew(connection, delivery, self._lease)
        except TemporaryError as error:  # the handler goes on; at worst another one gets the message too
            log.warning("lease not renewed", queue=delivery.queue, reason=str(error))

    def _settle(self, delivery: Delivery, verdict: Verdict, stop: threading.Event) -> None:
        """The handler's work is done by now, so this waits for a database that is away, unless we stop."""
        failures = 0
        while True:
            try:
                with write(self._engine) as connection:
                    if verdict.kind == "back":
                        return rows.give_back(connection, delivery)
                    because = verdict.reason if verdict.kind == "dead" else None
                    return rows.finish(connection, delivery, dead_because=because)
            except TemporaryError:
                failures += 1
                if stop.wait(pause(failures, first=1.0)):
                    raise
