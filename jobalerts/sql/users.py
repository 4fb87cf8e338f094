"""The people: one row an address. Addresses are compared casefolded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update
from uuid_utils import uuid7

from jobalerts.sql.engine import insert
from jobalerts.sql.tables import mails, users

COUNTED_MAILS = ("confirm", "exists", "sign_in")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One account; `confirmed_at` None: the address is not proven yet, and nothing but its confirm mail is sent."""

    id: str
    username: str
    email: str
    password_hash: str | None
    session_salt: str
    is_admin: bool
    is_demo: bool
    frequency: str
    digest_hour: int
    digest_weekday: int
    timezone: str
    created_at: datetime
    confirmed_at: datetime | None


_FIELDS = [users.c[name] for name in User.__dataclass_fields__]


def email_key(email: str) -> str:
    """What addresses are compared by."""
    return email.strip().casefold()


def by_id(connection: Connection, user_id: str) -> User | None:
    return _user(connection.execute(select(*_FIELDS).where(users.c.id == user_id)).first())


def by_email(connection: Connection, email: str) -> User | None:
    return _user(connection.execute(select(*_FIELDS).where(users.c.email_key == email_key(email))).first())


def admins(connection: Connection) -> list[User]:
    rows = connection.execute(select(*_FIELDS).where(users.c.is_admin).order_by(users.c.created_at))
    return [User(**row._mapping) for row in rows]


def add(
    connection: Connection,
    *,
    username: str,
    email: str,
    now: datetime,
    password_hash: str | None = None,
    confirmed: bool = False,
    is_admin: bool = False,
    is_demo: bool = False,
) -> User | None:
    """Insert an account; None when the address has one already (also when both came in the same moment)."""
    user_id = str(uuid7())
    values = {
        "id": user_id,
        "username": username,
        "email": email,
        "email_key": email_key(email),
        "password_hash": password_hash,
        "session_salt": str(uuid7()),
        "is_admin": is_admin,
        "is_demo": is_demo,
        "frequency": "at_once",
        "digest_hour": 8,
        "digest_weekday": 0,
        "timezone": "UTC",
        "created_at": now,
        "confirmed_at": now if confirmed else None,
    }
    query = insert(connection, users).values(values).on_conflict_do_nothing(index_elements=[users.c.email_key])
    if connection.execute(query.returning(users.c.id)).first() is None:
        return None
    return by_id(connection, user_id)


def rename(connection: Connection, user_id: str, *, username: str) -> None:
    connection.execute(update(users).where(users.c.id == user_id).values(username=username))


def set_password(connection: Connection, user_id: str, *, password_hash: str | None) -> None:
    connection.execute(update(users).where(users.c.id == user_id).values(password_hash=password_hash))


def set_delivery(
    connection: Connection, user_id: str, *, frequency: str, hour: int, weekday: int, timezone: str
) -> None:
    """When digests go out: the hour and weekday are in the person's own time zone."""
    connection.execute(
        update(users)
        .where(users.c.id == user_id)
        .values(frequency=frequency, digest_hour=hour, digest_weekday=weekday, timezone=timezone)
    )


def confirm(connection: Connection, user_id: str, *, now: datetime) -> bool:
    """Mark the address as proven; False when it was already."""
    query = update(users).where(users.c.id == user_id, users.c.confirmed_at.is_(None)).values(confirmed_at=now)
    return connection.execute(query).rowcount == 1


def remove(connection: Connection, user_id: str) -> None:
    """Delete the account and everything that is the person's: the foreign keys cascade."""
    connection.execute(delete(mails).where(mails.c.user_id == user_id))
    connection.execute(delete(users).where(users.c.id == user_id))


def forget_unconfirmed(connection: Connection, *, before: datetime) -> int:
    """Delete accounts made before then whose address nobody has confirmed; return how many."""
    query = delete(users).where(users.c.confirmed_at.is_(None), users.c.created_at < before)
    return connection.execute(query).rowcount


def account_mails(connection: Connection, email: str, *, now: datetime) -> int:
    """Mails about the account (confirm, exists, sign-in) to this address in the last 24 hours."""
    query = select(func.count()).where(
        mails.c.recipient == email, mails.c.kind.in_(COUNTED_MAILS), mails.c.created_at > now - timedelta(days=1)
    )
    return int(connection.execute(query).scalar_one())


def _user(row: Row[Any] | None) -> User | None:
    return User(**row._mapping) if row else None
