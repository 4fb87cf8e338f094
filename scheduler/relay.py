"""Publishes the outbox. A message leaves at least once; what is published twice wakes somebody in vain."""

from contextlib import suppress

from sqlalchemy import Engine

from jobalerts.broker import Broker
from jobalerts.errors import TemporaryError
from jobalerts.sql import outbox
from jobalerts.sql.engine import read, write
from jobalerts.sql.outbox import Pending

BATCH = 100


def publish_waiting(engine: Engine, broker: Broker) -> int:
    """Publish what waits and forget it; return how many. TemporaryError while the broker is away: nothing is lost.

    Rows are leased, not locked: no transaction is open while the broker is waited for, other relays take other rows,
    and what a relay had taken when it died is another's once the lease is over.
    """
    with read(engine) as connection:
        if outbox.is_empty(connection):
            return 0
    with write(engine) as connection:
        pending = outbox.claim(connection, BATCH)
    if not pending:
        return 0
    ids = [row.id for row in pending]
    try:
        published = _publish(broker, pending)
    except TemporaryError:
        with suppress(TemporaryError), write(engine) as connection:  # if not, the lease ends by itself
            outbox.give_back(connection, ids)
        raise
    with write(engine) as connection:
        outbox.drop(connection, ids)
    return published


def _publish(broker: Broker, pending: list[Pending]) -> int:
    messages = [message for row in pending for message in row.messages]
    broker.publish(messages)
    return len(messages)
