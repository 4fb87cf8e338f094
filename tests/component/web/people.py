"""People and browsers for the tests of the pages."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from jobalerts import passwords
from jobalerts.domain.alert import Alert
from jobalerts.sql import alerts, tokens, users
from jobalerts.sql.alerts import Wanted
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import mails, outbox
from jobalerts.sql.tokens import Purpose
from jobalerts.sql.users import User

PASSWORD = "correct horse battery staple"
PASSWORD_HASH = passwords.hashed(PASSWORD)
ANYTHING = Wanted(job_types=("any",), years="3-5")
REGISTRATION: Mapping[str, Any] = {
    "job_types": ["software_engineer", "data_engineer"],
    "years_of_experience": "3-5",
    "companies": "",
    "locations": "",
    "username": "Ada",
    "email": "ada@example.org",
    "password": "",
}


def now() -> datetime:
    return datetime.now(UTC)


def a_user(engine: Engine, email: str, **given: Any) -> User:
    """A confirmed user with PASSWORD, committed."""
    values = {"username": "Ada", "password_hash": PASSWORD_HASH, "confirmed": True} | given
    with write(engine) as connection:
        user = users.add(connection, email=email, now=now(), **values)
    assert user is not None
    return user


def an_alert(engine: Engine, user: User, wanted: Wanted = ANYTHING) -> Alert:
    with write(engine) as connection:
        return alerts.add(connection, user.id, wanted, now=now())


def a_link(engine: Engine, user: User, purpose: Purpose) -> str:
    """The token of a fresh mailed link."""
    with write(engine) as connection:
        return tokens.mint(connection, user_id=user.id, purpose=purpose, now=now(), lifetime=tokens.CONFIRM_LIFETIME)


def mailed(engine: Engine) -> list[tuple[str, str]]:
    """(kind, recipient) of every planned mail, in order."""
    with read(engine) as connection:
        rows = connection.execute(select(mails.c.kind, mails.c.recipient).order_by(mails.c.id))
        return [(row.kind, row.recipient) for row in rows]


def messages(engine: Engine, queue: str) -> list[dict[str, Any]]:
    """What waits to be published to a queue."""
    with read(engine) as connection:
        return list(connection.execute(select(outbox.c.body).where(outbox.c.queue == queue)).scalars())


class Browser:
    """A browser that keeps cookies and sends forms with the token of the page they are on."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        answer = self.client.get(path, buffered=True, **options)
        assert answer.status_code != 500, f"{path} is broken"  # such a page shows what was flashed, too
        return answer

    def send(self, path: str, fields: Mapping[str, Any] | None = None, *, page: str = "/sign-in") -> TestResponse:
        """Post the fields to `path`; the token is taken from `page`."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page, follow_redirects=True).text)
        assert token, f"{page} has no form"
        return self.client.post(path, data={"csrf_token": token[1], **(fields or {})})

    def sign_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        return self.send("/sign-in", {"email": email, "password": password})

    @property
    def is_signed_in(self) -> bool:
        return self.get("/alerts").status_code == 200
