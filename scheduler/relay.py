"""Publishes the outbox. A message leaves at least once; what is published twice wakes somebody in vain."""

from sqlalchemy import Connection, Engine

from jobalerts.broker import Broker
from jobalerts.sql import outbox
from jobalerts.sql.engine import read, write
from jobalerts.sql.outbox import Pending

BATCH = 500


def publish_waiting(engine: Engine, broker: Broker) -> int:
    """Publish what waits and forget it; return how many. TemporaryError while the broker is away: nothing is lost."""
    if engine.dialect.name == "sqlite":
        return _publish_beside(engine, broker)
    with write(engine) as connection:  # rows stay locked: another relay takes others
        pending = outbox.claim(connection, BATCH)
        _publish(broker, pending)
        _drop(connection, pending)
    return len(pending)


def _publish_beside(engine: Engine, broker: Broker) -> int:
    """Without a transaction of our own around it: the embedded broker writes to the same database."""
    with read(engine) as connection:
        pending = outbox.claim(connection, BATCH)
    _publish(broker, pending)
    if pending:
        with write(engine) as connection:
            _drop(connection, pending)
    return len(pending)


def _publish(broker: Broker, pending: list[Pending]) -> None:
    if pending:
        broker.publish([item.message for item in pending])


def _drop(connection: Connection, pending: list[Pending]) -> None:
    if pending:
        outbox.drop(connection, [item.id for item in pending])
