"""What the operator is told: once by mail, and on the site for as long as it lasts.

The mailer turns a notice that is new into a mail to OPERATOR_EMAIL, else to the admin's address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Case, Connection, String, Update, bindparam, case, delete, or_, select, update

from jobalerts.sql.engine import UtcDateTime, clock, in_one_parameter, insert, is_postgresql, rows_given
from jobalerts.sql.tables import notices

QUIET = timedelta(hours=6)
"""What comes and goes is not mailed more often than this."""

KEPT = timedelta(days=30)
MISTAKE = "mistake: "
"""Begins the keys of notices about what happened once: they close by themselves after a day."""

MISTAKES_SHOWN = timedelta(days=1)
_SUBJECT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the operator should know, open since `created_at`; `text` may hold several lines."""

    key: str
    subject: str
    text: str
    created_at: datetime


_FIELDS = [notices.c[name] for name in Notice.__dataclass_fields__]


def tell_once(connection: Connection, key: str, subject: str, text: str) -> bool:
    """Open the notice `key`, or bring the words of the open one up to date; True when it was not open.

    `key` says what it is about, a board or a sweeper; the last line of `text` is the next step.
    """
    now = clock(connection)
    values = {"key": key, "subject": subject[:_SUBJECT], "text": text, "created_at": now}
    made = insert(connection, notices).values(values).on_conflict_do_nothing().returning(notices.c.key)
    if connection.execute(made).first() is not None:
        return True
    same = update(notices).where(notices.c.key == key)
    opened = connection.execute(
        same.where(notices.c.ended_at.is_not(None)).values(values | {"ended_at": None, "told_at": _still_quiet(now)})
    )
    if opened.rowcount:
        return True
    changed = or_(notices.c.subject != values["subject"], notices.c.text != text)
    connection.execute(same.where(changed).values(subject=values["subject"], text=text))
    return False


def _still_quiet(now: datetime) -> Case[datetime | None]:
    """When its last mail was planned, if that is not long ago, so that no other is; else nothing."""
    return case((notices.c.told_at > now - QUIET, notices.c.told_at), else_=None)


def healthy_again(connection: Connection, key: str) -> bool:
    """Close the notice `key`; False when it was not open."""
    query = update(notices).where(notices.c.key == key, notices.c.ended_at.is_(None))
    return connection.execute(query.values(ended_at=clock(connection))).rowcount == 1


def all_healthy_again(connection: Connection, keys: Sequence[str]) -> None:
    """Close those of the notices that are open."""
    if keys:
        given = {"keys": in_one_parameter(connection, [{"key": key} for key in keys]), "now": clock(connection)}
        connection.execute(_close(is_postgresql(connection)), given)


@cache
def _close(of_postgresql: bool) -> Update:
    given = rows_given("keys", of_postgresql=of_postgresql, key=String())
    query = update(notices).where(notices.c.key.in_(select(given.c.key)), notices.c.ended_at.is_(None))
    return query.values(ended_at=bindparam("now", type_=UtcDateTime()))


def open_notices(connection: Connection) -> list[Notice]:
    """Everything that is wrong now, the oldest first."""
    query = select(*_FIELDS).where(notices.c.ended_at.is_(None)).order_by(notices.c.created_at, notices.c.key)
    return [Notice(**row._mapping) for row in connection.execute(query)]


def take_untold(connection: Connection) -> list[Notice]:
    """The open notices that no mail has told of; from now on one has."""
    query = (
        update(notices)
        .where(notices.c.told_at.is_(None), notices.c.ended_at.is_(None))
        .values(told_at=clock(connection))
        .returning(*_FIELDS)
    )
    found = [Notice(**row._mapping) for row in connection.execute(query)]
    return sorted(found, key=lambda notice: (notice.created_at, notice.key))


def forget_old(connection: Connection) -> int:
    """Close mistakes of yesterday, and drop what ended a month ago; return how many."""
    now = clock(connection)
    mistakes = update(notices).where(notices.c.key.startswith(MISTAKE), notices.c.ended_at.is_(None))
    connection.execute(mistakes.where(notices.c.created_at < now - MISTAKES_SHOWN).values(ended_at=now))
    query = delete(notices).where(notices.c.ended_at < now - KEPT)
    return connection.execute(query).rowcount
