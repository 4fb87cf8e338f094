"""Refresh tokens of the API: each is good once; one that comes back a second time ends its whole family.

(RFC 9700 section 4.14.2: a token used twice was stolen, and nobody can tell by which of the two.)
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, select, update
from uuid_utils import uuid7

from jobalerts.sql.tables import refresh_tokens

LIFETIME = timedelta(days=30)  # of a family: after that one signs in again


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """A row: `used_at` is None while the token may still be exchanged."""

    token_hash: str
    user_id: str
    family: str
    expires_at: datetime
    used_at: datetime | None


def start(connection: Connection, user_id: str, *, stamp: str, now: datetime) -> str:
    """The first token of a new family; worthless once `stamp`, which stands for the credentials, is another."""
    connection.execute(delete(refresh_tokens).where(refresh_tokens.c.expires_at <= now))
    return _mint(connection, user_id, stamp=stamp, now=now, family=str(uuid7()), expires_at=now + LIFETIME)


def user_id_of(token: str) -> str | None:
    """Whose token this claims to be; None when it has not the form of one."""
    user_id, dot, secret = token.partition(".")
    return user_id if dot and secret and len(user_id) == 36 else None


def rotate(connection: Connection, token: str, *, stamp: str, now: datetime) -> str | None:
    """Exchange a token for the next of its family; None when it is unknown, too old, or was used before."""
    query = select(*(refresh_tokens.c[name] for name in RefreshToken.__slots__))
    row = connection.execute(query.where(refresh_tokens.c.token_hash == _hashed(token, stamp))).one_or_none()
    if row is None:
        return None
    found = RefreshToken(**row._mapping)
    if found.expires_at <= now:
        return None
    if not _use(connection, found, now):
        end_family(connection, found.family)
        return None
    return _mint(connection, found.user_id, stamp=stamp, now=now, family=found.family, expires_at=found.expires_at)


def end_family(connection: Connection, family: str) -> None:
    """Forget every token that descends from one sign-in."""
    connection.execute(delete(refresh_tokens).where(refresh_tokens.c.family == family))


def _use(connection: Connection, token: RefreshToken, now: datetime) -> bool:
    query = update(refresh_tokens).where(
        refresh_tokens.c.token_hash == token.token_hash, refresh_tokens.c.used_at.is_(None)
    )
    return connection.execute(query.values(used_at=now)).rowcount == 1


def _mint(connection: Connection, user_id: str, *, stamp: str, now: datetime, family: str, expires_at: datetime) -> str:
    token = f"{user_id}.{secrets.token_urlsafe(32)}"
    connection.execute(
        refresh_tokens.insert().values(
            token_hash=_hashed(token, stamp), user_id=user_id, family=family, created_at=now, expires_at=expires_at
        )
    )
    return token


def _hashed(token: str, stamp: str) -> str:
    return sha256(f"{token}.{stamp}".encode()).hexdigest()
