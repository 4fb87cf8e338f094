"""Queues in the SQL database, for an installation without a broker: every delivery is a lease that is renewed."""

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import wait
from dataclasses import dataclass
from datetime import timedelta

import structlog
import uuid_utils
from sqlalchemy import ColumnElement, Connection, Engine, delete, func, or_, select, update

from jobalerts.broker import QUEUES, Message
from jobalerts.broker.bodies import encode
from jobalerts.broker.handling import Handling, Verdict, pause
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.sql.engine import clock, is_postgresql, read, write
from jobalerts.sql.tables import messages

LEASE_S = 30.0
POLL_S = 0.2  # other processes publish too, and cannot wake this one
DELIVERY_LIMIT = 5
DEAD = "dead"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message under lease; the token tells this lease from a later one."""

    id: int
    queue: str
    body: str
    token: str


class EmbeddedBroker:
    """The Broker on the table `messages`."""

    def __init__(self, engine: Engine, *, lease_s: float = LEASE_S) -> None:
        self._engine = engine
        self._lease = timedelta(seconds=lease_s)
        self._published = threading.Condition()

    def publish(self, messages_: Sequence[Message]) -> None:
        """All or none; never call it inside a write transaction of SQLite, which lets one writer in at a time."""
        unknown = {message.queue for message in messages_} - set(QUEUES)
        if unknown:
            raise PermanentError(f"no such queue: {', '.join(sorted(unknown))}")
        if messages_:
            with write(self._engine) as connection:
                _insert(connection, [(message.queue, encode(message)) for message in messages_])
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

    def take_dead(self, keep: Callable[[str, str, str], None], *, limit: int = 100) -> int:
        """See Broker; `keep` may write to the same database."""
        query = select(messages.c.id, messages.c.body).where(messages.c.queue == DEAD).order_by(messages.c.id)
        with read(self._engine) as connection:
            rows = connection.execute(query.limit(limit)).all()
        for row in rows:
            letter = json.loads(row.body)
            keep(letter["queue"], letter["body"], letter["reason"])
            with write(self._engine) as connection:
                connection.execute(delete(messages).where(messages.c.id == row.id))
        return len(rows)

    def depth(self, queue: str) -> int:
        with read(self._engine) as connection:
            waiting = select(func.count()).where(messages.c.queue == queue, _is_free(connection))
            return int(connection.execute(waiting).scalar_one())

    def ping(self) -> None:
        with read(self._engine) as connection:
            connection.execute(select(1))

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
            found = select(messages.c.queue).where(messages.c.queue.in_(turn), _is_free(connection)).distinct()
            filled = set(connection.execute(found).scalars())
        for queue in turn:
            if queue in filled:
                with write(self._engine) as connection:
                    delivery = _lease_first(connection, queue, self._lease)
                if delivery is not None:
                    return delivery
        return None

    def _renew(self, delivery: Delivery) -> None:
        try:
            with write(self._engine) as connection:
                until = clock(connection) + self._lease
                connection.execute(update(messages).where(_is_ours(delivery)).values(lease_until=until))
        except TemporaryError as error:  # the handler goes on; at worst another one gets the message too
            log.warning("lease not renewed", queue=delivery.queue, reason=str(error))

    def _settle(self, delivery: Delivery, verdict: Verdict, stop: threading.Event) -> None:
        """The handler's work is done by now, so this waits for a database that is away, unless we stop."""
        failures = 0
        while True:
            try:
                with write(self._engine) as connection:
                    return _settle(connection, delivery, verdict)
            except TemporaryError:
                failures += 1
                if stop.wait(pause(failures, first=1.0)):
                    raise


def _settle(connection: Connection, delivery: Delivery, verdict: Verdict) -> None:
    if verdict.kind == "back":
        back = {"lease_until": None, "lease_token": None, "deliveries": messages.c.deliveries - 1}
        connection.execute(update(messages).where(_is_ours(delivery)).values(back))
        return
    gone = connection.execute(delete(messages).where(_is_ours(delivery))).rowcount
    if gone and verdict.kind == "dead":
        _bury(connection, delivery.queue, delivery.body, verdict.reason)


def _insert(connection: Connection, rows: Sequence[tuple[str, str]]) -> None:
    now = clock(connection)
    values = [{"queue": queue, "body": body, "deliveries": 0, "created_at": now} for queue, body in rows]
    connection.execute(messages.insert(), values)


def _bury(connection: Connection, queue: str, body: str, reason: str) -> None:
    _insert(connection, [(DEAD, json.dumps({"queue": queue, "body": body, "reason": reason}))])


def _lease_first(connection: Connection, queue: str, lease: timedelta) -> Delivery | None:
    """Lease the queue's oldest free message; one that was delivered too often is dead-lettered on the way."""
    query = select(messages).where(messages.c.queue == queue, _is_free(connection)).order_by(messages.c.id).limit(1)
    if is_postgresql(connection):
        query = query.with_for_update(skip_locked=True)
    while (row := connection.execute(query).first()) is not None:
        if row.deliveries > DELIVERY_LIMIT:
            connection.execute(delete(messages).where(messages.c.id == row.id))
            _bury(connection, queue, row.body, f"delivered {row.deliveries} times and never finished")
            continue
        token = str(uuid_utils.uuid7())
        values = {"lease_until": clock(connection) + lease, "lease_token": token, "deliveries": row.deliveries + 1}
        connection.execute(update(messages).where(messages.c.id == row.id).values(values))
        return Delivery(id=row.id, queue=queue, body=row.body, token=token)
    return None


def _is_free(connection: Connection) -> ColumnElement[bool]:
    return or_(messages.c.lease_until.is_(None), messages.c.lease_until < clock(connection))


def _is_ours(delivery: Delivery) -> ColumnElement[bool]:
    return (messages.c.id == delivery.id) & (messages.c.lease_token == delivery.token)
