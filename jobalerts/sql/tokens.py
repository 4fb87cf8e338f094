"""Links sent by mail: 256 random bits, one use, and only their SHA-256 is kept."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import Connection, delete, select, update

from jobalerts.sql.tables import tokens

Purpose = Literal["confirm", "sign_in"]
CONFIRM_LIFETIME = timedelta(hours=24)
SIGN_IN_LIFETIME = timedelta(minutes=30)


def mint(connection: Connection, *, user_id: str, purpose: Purpose, now: datetime, lifetime: timedelta) -> str:
    """Make a link's token; it exists nowhere but in what is returned. The person's over ones are forgotten."""
    token = secrets.token_urlsafe(32)
    connection.execute(delete(tokens).where(tokens.c.user_id == user_id, tokens.c.expires_at <= now))
    connection.execute(
        tokens.insert().values(
            token_hash=_hashed(token), user_id=user_id, purpose=purpose, created_at=now, expires_at=now + lifetime
        )
    )
    return token


def owner(connection: Connection, token: str, *, purpose: Purpose, now: datetime) -> str | None:
    """Whose live link this is, without using it up; None when it is unknown, used or over."""
    query = select(tokens.c.user_id).where(
        tokens.c.token_hash == _hashed(token),
        tokens.c.purpose == purpose,
        tokens.c.used_at.is_(None),
        tokens.c.expires_at > now,
    )
    found: str | None = connection.execute(query).scalar()
    return found


def use(connection: Connection, token: str, *, purpose: Purpose, now: datetime) -> str | None:
    """Use the link up and return whose it is; of two at the same moment one gets None."""
    user_id = owner(connection, token, purpose=purpose, now=now)
    query = update(tokens).where(tokens.c.token_hash == _hashed(token), tokens.c.used_at.is_(None)).values(used_at=now)
    return user_id if user_id and connection.execute(query).rowcount == 1 else None


def void(connection: Connection, *, user_id: str, purpose: Purpose, now: datetime) -> None:
    """Have none of the person's open links of this purpose work any more."""
    connection.execute(
        update(tokens)
        .where(tokens.c.user_id == user_id, tokens.c.purpose == purpose, tokens.c.used_at.is_(None))
        .values(used_at=now)
    )


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
