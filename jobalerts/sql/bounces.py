"""Addresses that do not take mail for long: counted, and in the end the person's alerts are paused."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from jobalerts.domain.mail_states import BOUNCES_TO_PAUSE
from jobalerts.sql.tables import alerts, users


def bounced(connection: Connection, user_id: str, reason: str, *, now: datetime) -> bool:
    """A digest was given up because the address did not take it; True when that pauses the person's alerts."""
    person = update(users).where(users.c.id == user_id)
    connection.execute(person.values(bounces=users.c.bounces + 1))
    count = connection.execute(select(users.c.bounces).where(users.c.id == user_id)).scalar()
    if count is None or count < BOUNCES_TO_PAUSE:
        return False
    connection.execute(person.values(bounces=0, bounce_reason=reason))
    connection.execute(
        update(alerts).where(alerts.c.user_id == user_id, alerts.c.paused_at.is_(None)).values(paused_at=now)
    )
    return True


def reached(connection: Connection, user_id: str) -> None:
    """A mail was taken: what came before counts no more."""
    connection.execute(update(users).where(users.c.id == user_id, users.c.bounces > 0).values(bounces=0))


def reason(connection: Connection, user_id: str) -> str:
    """Why the person's alerts were paused by us; empty: they were not, or the person has seen to it."""
    found: str | None = connection.execute(select(users.c.bounce_reason).where(users.c.id == user_id)).scalar()
    return found or ""


def forgive(connection: Connection, user_id: str) -> None:
    """The person has resumed an alert."""
    connection.execute(update(users).where(users.c.id == user_id).values(bounces=0, bounce_reason=""))
