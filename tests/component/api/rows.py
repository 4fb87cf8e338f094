"""Rows for the tests of the API, with defaults."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine
from uuid_utils import uuid7

from jobalerts import passwords
from jobalerts.sql import boards, users
from jobalerts.sql.engine import write
from jobalerts.sql.tables import tasks
from jobalerts.sql.users import User

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
PASSWORD_HASH = passwords.hashed(PASSWORD)
BOARD = "greenhouse/stripe"


def a_task_id(moment: datetime, serial: int = 0) -> str:
    """A UUIDv7 made at this moment."""
    digits = f"{int(moment.timestamp() * 1000):012x}7000{0x8000:04x}{serial:012x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def add_task(connection: Connection, **given: Any) -> str:
    """Insert a task; return its id."""
    task_id = given.pop("task_id", None) or str(uuid7())
    values = {
        "task_id": task_id,
        "kind": "crawl",
        "board": BOARD,
        "args": {"job_type": None, "location": None, "company": "Stripe"},
        "lane": "oneoff",
        "lock_key": f"crawl:{task_id}",
        "status": "created",
        "max_attempts": 4,
        "waiting_since": NOW,
        "woken_at": NOW,
        "created_at": NOW,
    }
    connection.execute(tasks.insert().values(values | given))
    return task_id


def save_task(engine: Engine, **given: Any) -> str:
    """The same, committed."""
    with write(engine) as connection:
        return add_task(connection, **given)


def save_board(engine: Engine) -> str:
    """BOARD, of Stripe, committed."""
    with write(engine) as connection:
        boards.put_company(connection, "Stripe")
        source, _, token = BOARD.partition("/")
        board = boards.put(
            connection, source=source, token=token, company="Stripe", base_url=None, every_hours=6, now=NOW
        )
    return board.id


def save_user(engine: Engine, email: str, **given: Any) -> User:
    """A confirmed user with PASSWORD, committed."""
    values = {"username": "Ada", "password_hash": PASSWORD_HASH, "confirmed": True} | given
    with write(engine) as connection:
        user = users.add(connection, email=email, now=NOW, **values)
    assert user is not None
    return user
