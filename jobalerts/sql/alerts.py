"""Alerts: one saved set of preferences each. Every query names whose alerts it may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from uuid_utils import uuid7

from jobalerts.domain.alert import Alert
from jobalerts.sql.tables import alerts, users


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person looks for; `job_types` ("any",): all of them, no companies: all, no countries: anywhere."""

    job_types: tuple[str, ...]
    years: str
    companies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    remote_only: bool = False


def add(connection: Connection, user_id: str, wanted: Wanted, *, now: datetime) -> Alert:
    alert_id = str(uuid7())
    row = {"id": alert_id, "user_id": user_id, "created_at": now, "changed_at": now, **_columns(wanted)}
    connection.execute(alerts.insert().values(row))
    return _alert(connection.execute(select(alerts).where(alerts.c.id == alert_id)).one())


def change(connection: Connection, user_id: str, alert_id: str, wanted: Wanted, *, now: datetime) -> Alert | None:
    """Replace what the alert looks for; None when this person has no such alert."""
    query = update(alerts).where(alerts.c.user_id == user_id, alerts.c.id == alert_id)
    connection.execute(query.values(changed_at=now, **_columns(wanted)))
    return one(connection, user_id, alert_id)


def of(connection: Connection, user_id: str) -> list[Alert]:
    """The person's alerts, oldest first."""
    query = select(alerts).where(alerts.c.user_id == user_id).order_by(alerts.c.created_at, alerts.c.id)
    return [_alert(row) for row in connection.execute(query)]


def one(connection: Connection, user_id: str, alert_id: str) -> Alert | None:
    row = connection.execute(select(alerts).where(alerts.c.user_id == user_id, alerts.c.id == alert_id)).first()
    return _alert(row) if row else None


def by_id(connection: Connection, alert_id: str) -> Alert | None:
    """Any alert: for the matcher and the unsubscribe link, whose signed token is its right to ask."""
    row = connection.execute(select(alerts).where(alerts.c.id == alert_id)).first()
    return _alert(row) if row else None


def active(connection: Connection, *, demo: bool | None = None) -> list[Alert]:
    """Alerts that are matched: not paused, of confirmed people; `demo` keeps only demo users' or only the others'."""
    query = (
        select(alerts)
        .join(users, users.c.id == alerts.c.user_id)
        .where(alerts.c.paused_at.is_(None), users.c.confirmed_at.is_not(None))
        .order_by(alerts.c.id)
    )
    if demo is not None:
        query = query.where(users.c.is_demo == demo)
    return [_alert(row) for row in connection.execute(query)]


def pause(connection: Connection, user_id: str, alert_id: str, *, now: datetime) -> bool:
    """Stop mails for this alert; pausing twice is pausing once. False when this person has no such alert."""
    query = update(alerts).where(alerts.c.user_id == user_id, alerts.c.id == alert_id)
    connection.execute(query.where(alerts.c.paused_at.is_(None)).values(paused_at=now))
    return one(connection, user_id, alert_id) is not None


def resume(connection: Connection, user_id: str, alert_id: str, *, now: datetime) -> bool:
    query = update(alerts).where(alerts.c.user_id == user_id, alerts.c.id == alert_id)
    return connection.execute(query.values(paused_at=None, changed_at=now)).rowcount == 1


def remove(connection: Connection, user_id: str, alert_id: str) -> bool:
    query = delete(alerts).where(alerts.c.user_id == user_id, alerts.c.id == alert_id)
    return connection.execute(query).rowcount == 1


def _columns(wanted: Wanted) -> dict[str, Any]:
    return {
        "job_types": list(wanted.job_types),
        "years": wanted.years,
        "companies": list(wanted.companies),
        "countries": list(wanted.countries),
        "remote_only": wanted.remote_only,
    }


def _alert(row: Row[Any]) -> Alert:
    lists: dict[str, Sequence[str]] = {
        name: tuple(row._mapping[name]) for name in ("job_types", "companies", "countries")
    }
    return Alert(**(dict(row._mapping) | lists))
