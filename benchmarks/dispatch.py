"""Due schedules to confirmed messages in one scheduler process, beside the naive way, on PostgreSQL and RabbitMQ.

Ours is the scheduler's own: its clock makes tasks and their wake-ups in transactions, its relay publishes them to a
quorum queue and waits for the confirms. The naive way does the same for one schedule after the other: one ORM row
locked and changed, one task added, a commit, one message published and its confirm waited for.
Both servers are private ones; PostgreSQL syncs its commits to disk.

`python -m benchmarks.dispatch [SCHEDULES]`
"""

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pika
import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session, registry

from jobalerts.broker import TASK_QUEUES, Broker, Message
from jobalerts.broker.bodies import encode
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.domain.timetable import latest_slot, next_slot
from jobalerts.sql import outbox, schema
from jobalerts.sql.engine import open_engine, read, write
from jobalerts.sql.schedules import LANE
from jobalerts.sql.tables import schedules, tasks
from jobalerts.sql.tasks import new_row
from scheduler.dispatch import dispatch_due
from scheduler.loops import repeat
from scheduler.programs import RELAY_EVERY_S
from scheduler.relay import publish_waiting
from tests import servers

COUNT, NAIVE_COUNT, ROUNDS = 40_000, 1_000, 3
WANTED_RATE, WANTED_RATIO = 10_000, 40
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FILL = """
INSERT INTO companies (id, name, name_key, alias_keys, is_demo) VALUES ('c', 'c', 'c', '[]', false);
INSERT INTO boards (id, source, token, company_id, active, is_demo, created_at)
  SELECT 'lever/' || n, 'lever', n, 'c', true, false, now() FROM generate_series(1, {rows}) AS n;
INSERT INTO schedules (id, kind, board, cron, timezone, args, priority, next_due_at, created_at)
  SELECT n, 'crawl', 'lever/' || n, n % 60 || ' ' || n % 6 || ',' || n % 6 + 6 || ',' || n % 6 + 12 || ',' ||
    n % 6 + 18 || ' * * *', 'UTC', '{{"job_type": null, "location": null, "company": "c"}}', 5, :due, now()
  FROM generate_series(1, {rows}) AS n"""


class Scheduled:
    """A row of `schedules` as an ORM sees it."""


class Asked:
    """A row of `tasks` as an ORM sees it."""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    try:
        with servers.postgresql("fsync=on") as url, servers.rabbitmq() as rabbit:
            engine = open_engine(url.replace("postgresql://", "postgresql+psycopg://"))
            schema.migrate(engine)
            _measure(engine, rabbit.url, count)
            engine.dispose()
    except pytest.skip.Exception as missing:
        print(missing.msg)


def _measure(engine: Engine, url: str, count: int) -> None:
    fill(engine, count)
    naive, ours = [], []
    map_rows()
    for number in range(ROUNDS):
        for found, way, much in ((naive, naively, min(NAIVE_COUNT, count)), (ours, as_the_scheduler_does, count)):
            broker = RabbitBroker(url, prefix=f"{way.__name__}{number}.")
            broker.publish([Message(queue=TASK_QUEUES[LANE], body={"v": 1})])  # makes the queues, connects
            make_due(engine, much)
            began = time.perf_counter()
            way(engine, broker, url, f"{way.__name__}{number}.")
            found.append(much / (time.perf_counter() - began))
            check(engine, broker, much)
            broker.close()
    print(f"schedules due -> tasks, messages published, confirmed by quorum queues: medians of {ROUNDS} rounds")
    print(f"  naive: a row and a confirm at a time  {median(naive):>8,.0f} /s")
    print(f"  one scheduler process                 {median(ours):>8,.0f} /s  (to be at least {WANTED_RATE:,})")
    ratio = median(fast / slow for slow, fast in zip(naive, ours, strict=True))
    print(f"  ratio                                 {ratio:>8.1f}     (to be at least {WANTED_RATIO})")


def fill(engine: Engine, rows: int) -> None:
    with write(engine) as connection:
        for statement in FILL.format(rows=rows).split(";"):
            connection.execute(text(statement), {"due": None} if ":due" in statement else {})
    vacuum(engine)


def vacuum(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))


def make_due(engine: Engine, count: int) -> None:
    """No tasks, and the first `count` schedules due now."""
    with write(engine) as connection:
        connection.execute(text("TRUNCATE tasks, attempts, outbox"))
        connection.execute(schedules.update().values(next_due_at=NOW + timedelta(days=1)))
        first = select(schedules.c.id).limit(count)
        connection.execute(schedules.update().where(schedules.c.id.in_(first)).values(next_due_at=NOW))
    vacuum(engine)


def as_the_scheduler_does(engine: Engine, broker: Broker, _url: str, _prefix: str) -> None:
    """Its clock and its relay, each in its thread."""
    stop = threading.Event()
    relay = repeat("relay", lambda: publish_waiting(engine, broker), every=RELAY_EVERY_S, stop=stop)
    dispatch_due(engine, NOW)
    while True:
        with read(engine) as connection:
            if outbox.is_empty(connection):
                break
        time.sleep(0.01)
    stop.set()
    relay.join()


def map_rows() -> None:
    mapping = registry()
    mapping.map_imperatively(Scheduled, schedules)
    mapping.map_imperatively(Asked, tasks)


def naively(engine: Engine, _broker: Broker, url: str, prefix: str) -> None:
    """One at a time: an object read, an object added, a commit, a message, its confirm."""
    connection = pika.BlockingConnection(pika.URLParameters(url))
    channel = connection.channel()
    channel.confirm_delivery()
    with Session(engine) as session:
        query = select(Scheduled).where(schedules.c.next_due_at <= NOW).order_by(schedules.c.next_due_at).limit(1)
        while (schedule := session.scalars(query.with_for_update(skip_locked=True)).first()) is not None:
            task = _naive_task(schedule)
            session.add(task)
            session.commit()
            body = encode(Message(queue=TASK_QUEUES[LANE], body={"v": 1, "task_id": task.task_id}))
            channel.basic_publish(
                "", f"{prefix}{TASK_QUEUES[LANE]}.v1", body.encode(), pika.BasicProperties(delivery_mode=2), True
            )
    connection.close()


def _naive_task(schedule: Any) -> Any:
    slot = latest_slot(schedule.cron, schedule.timezone, due=schedule.next_due_at, now=NOW)
    schedule.next_due_at = next_slot(schedule.cron, schedule.timezone, after=NOW)
    row = new_row(
        kind=schedule.kind, board=schedule.board, args=schedule.args, lane=LANE, priority=schedule.priority, now=NOW
    )
    task = Asked()
    for name, value in row.items():
        setattr(task, name, value)
    task.schedule_id, task.scheduled_for, task.waiting_since = schedule.id, slot, slot
    return task


def check(engine: Engine, broker: Broker, count: int) -> None:
    """Every schedule became one task, and one message that the queue holds."""
    with read(engine) as connection:
        made = connection.execute(select(func.count(), func.count(tasks.c.schedule_id.distinct()))).one()
    held = broker.depth(TASK_QUEUES[LANE]) - 1
    if (made[0], made[1], held) != (count, count, count):
        raise SystemExit(f"{count:,} schedules became {made} tasks and {held:,} messages")


if __name__ == "__main__":
    main()
