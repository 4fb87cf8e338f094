"""How old the oldest of everything that should move on is, and who looks after it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from jobalerts.domain.alarms import Gauges
from jobalerts.sql import rounds, task_times, workers
from jobalerts.sql.engine import clock
from jobalerts.sql.tables import mails, outbox


def gauges(connection: Connection) -> Gauges:
    """A handful of queries over indexes, by the database's clock."""
    now = clock(connection)
    alive = [worker for worker in workers.all_workers(connection) if worker.state == "alive"]
    return Gauges(
        oldest_running=task_times.oldest_running(connection, now),
        oldest_waiting=task_times.oldest_waiting(connection, now),
        oldest_message=_age(connection.execute(select(func.min(outbox.c.created_at))).scalar_one(), now),
        oldest_mail=_oldest_mail(connection, now),
        mails_waiting=_mails_waiting(connection),
        workers=len(alive),
        free_slots=sum(max(0, worker.slots - worker.running) for worker in alive),
        loops=rounds.loops(connection),
    )


def _oldest_mail(connection: Connection, now: datetime) -> float | None:
    """Of the mails that are due: since they were made, since their next try, or since their mailer was lost."""
    waiting = mails.c.status.in_(("waiting", "unknown"))
    ages = (
        _since(connection, mails.c.created_at, mails.c.status == "planned", now),
        _since(connection, mails.c.next_try_at, waiting, now),
        _since(connection, mails.c.lease_until, mails.c.status == "sending", now),
    )
    return max((age for age in ages if age is not None), default=None)


def _since(
    connection: Connection, moment: ColumnElement[datetime], condition: ColumnElement[bool], now: datetime
) -> float | None:
    return _age(connection.execute(select(func.min(moment)).where(condition, moment <= now)).scalar_one(), now)


def _mails_waiting(connection: Connection) -> int:
    query = select(func.count()).select_from(mails).where(mails.c.status.in_(("planned", "waiting", "unknown")))
    return int(connection.execute(query).scalar_one())


def _age(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else round(max(0.0, (now - since).total_seconds()), 1)
