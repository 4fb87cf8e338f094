"""The API of failed mails: for admins, sent again one or all."""

from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from jobalerts.sql import mails
from jobalerts.sql.engine import write
from jobalerts.sql.tables import mails as mail_rows
from tests.component.api.conftest import bearer, fields, problem
from tests.component.api.rows import NOW

PATH = "/api/v1/mails/requeue"
UNKNOWN = "0193a1b2-0000-7000-8000-000000000009"


def failed(engine: Engine, count: int) -> list[str]:
    with write(engine) as connection:
        ids = [
            mails.plan(connection, kind="operator", recipient="a@b.example", user_id=None, now=NOW)
            for _ in range(count)
        ]
        connection.execute(update(mail_rows).values(status="failed"))
    return [mail_id for mail_id in ids if mail_id]


def test_admin_sends_some_or_all_again(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    first, *_rest = failed(sqlite_engine, 3)
    some = client.post(PATH, json={"ids": [first, first, UNKNOWN]}, headers=bearer(admin_token))
    assert (some.status_code, some.get_json()) == (200, {"count": 1, "skipped": 1, "more": False})
    rest = client.post(PATH, json={"all": True}, headers=bearer(admin_token))
    assert rest.get_json() == {"count": 2, "skipped": 0, "more": False}


def test_only_admins_may_and_a_body_says_which(client: FlaskClient, ada_token: str, admin_token: str) -> None:
    problem(client.post(PATH, json={"all": True}), 401)
    problem(client.post(PATH, json={"all": True}, headers=bearer(ada_token)), 403)
    assert fields(client.post(PATH, json={"all": False}, headers=bearer(admin_token))) == ["all"]
    problem(client.post(PATH, json={}, headers=bearer(admin_token)), 422)
