"""Answers kept under the caller's Idempotency-Key, so that a request that is sent again is not carried out again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from jobalerts.sql.engine import insert
from jobalerts.sql.tables import idempotency_keys

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to the first request; `request_hash` tells whether another one is the same."""

    request_hash: str
    status: int
    body: Mapping[str, Any]


def find(connection: Connection, scope: str, key: str, *, now: datetime) -> Answer | None:
    """The answer kept less than 24 hours ago under this key."""
    columns = (idempotency_keys.c[name] for name in Answer.__slots__)
    row = connection.execute(
        select(*columns).where(
            idempotency_keys.c.scope == scope,
            idempotency_keys.c.key == key,
            idempotency_keys.c.created_at > now - KEPT,
        )
    ).one_or_none()
    return None if row is None else Answer(**row._mapping)


def keep(connection: Connection, scope: str, key: str, *, answer: Answer, now: datetime) -> None:
    """Keep an answer; what is older than 24 hours goes. The first of two answers under one key stays."""
    connection.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at <= now - KEPT))
    values = {"scope": scope, "key": key, "created_at": now}
    values |= {name: getattr(answer, name) for name in Answer.__slots__}
    connection.execute(insert(connection, idempotency_keys).values(values).on_conflict_do_nothing())
