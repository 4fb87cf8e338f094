"""A scheduler's keeper of dead letters that is killed once it has kept the first: run by a test, not collected."""

import os
import signal
import sys
from datetime import UTC, datetime

from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.sql import dead_letter_ends
from jobalerts.sql.engine import open_engine, write

broker_url, prefix, database_url = sys.argv[1:]
engine = open_engine(database_url)


def keep(queue: str, body: str, reason: str, origin: str | None) -> None:
    with write(engine) as connection:
        dead_letter_ends.bury(connection, queue, body, reason, now=datetime.now(UTC), origin=origin)
    os.kill(os.getpid(), signal.SIGKILL)


RabbitBroker(broker_url, prefix=prefix).take_dead(keep)
