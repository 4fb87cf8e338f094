"""Registering, signing in and renewing tokens over the API."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from werkzeug.test import TestResponse

from jobalerts.sql import alerts, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import mails
from jobalerts.sql.tables import users as users_table
from jobalerts.sql.users import User
from tests.component.api.conftest import a_token, bearer, fields, problem
from tests.component.api.rows import PASSWORD, save_user

BODY: dict[str, Any] = {
    "username": "Grace",
    "email": "grace@example.org",
    "job_types": ["software_engineer", "data_engineer"],
    "years_of_experience": "3-5",
    "companies": ["Stripe", "GitLab"],
}


def _register(client: FlaskClient, **changed: Any) -> TestResponse:
    return client.post("/api/v1/register", json=BODY | changed)


def _login(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    return client.post("/api/v1/login", json={"email": email, "password": password})


def _refresh(client: FlaskClient, token: str) -> TestResponse:
    return client.post("/api/v1/token/refresh", json={"refresh_token": token})


def _mails(engine: Engine) -> list[tuple[str, str]]:
    with read(engine) as connection:
        return [
            tuple(row) for row in connection.execute(select(mails.c.kind, mails.c.recipient).order_by(mails.c.kind))
        ]


def test_a_new_address_gets_an_account_an_alert_and_a_confirm_mail(client: FlaskClient, sqlite_engine: Engine) -> None:
    answer = _register(client, locations=["Germany", "nl"], remote=True, password=PASSWORD)
    assert answer.status_code == 201
    with read(sqlite_engine) as connection:
        user = users.by_email(connection, "grace@example.org")
        assert user is not None
        [alert] = alerts.of(connection, user.id)
    assert user.confirmed_at is None
    assert (alert.job_types, alert.years) == (("software_engineer", "data_engineer"), "3-5")
    assert (alert.companies, alert.countries, alert.remote_only) == (("Stripe", "GitLab"), ("DE", "NL"), True)
    assert _mails(sqlite_engine) == [("confirm", "grace@example.org")]


def test_a_known_address_is_answered_alike_and_told_by_mail(
    client: FlaskClient, sqlite_engine: Engine, ada: User
) -> None:
    new = _register(client)
    known = _register(client, email="ADA@example.org", username="Mallory")
    assert (known.status_code, known.get_json()) == (new.status_code, new.get_json()) == (201, new.get_json())
    assert dict(known.headers).keys() == dict(new.headers).keys()
    assert _mails(sqlite_engine) == [("confirm", "grace@example.org"), ("exists", "ada@example.org")]
    with read(sqlite_engine) as connection:
        assert users.by_id(connection, ada.id) == ada


def test_user_names_need_not_be_unique(client: FlaskClient, sqlite_engine: Engine) -> None:
    assert _register(client).status_code == _register(client, email="other@example.org").status_code == 201
    with read(sqlite_engine) as connection:
        assert len(connection.execute(select(users_table).where(users_table.c.username == "Grace")).all()) == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "grace"}, "email"),
        ({"email": "grace@example.org\nBcc: all@example.org"}, "email"),
        ({"email": None}, "email"),
        ({"username": ""}, "username"),
        ({"username": "   "}, "username"),
        ({"username": "x" * 81}, "username"),
        ({"username": "a\x00b"}, "username"),
        ({"username": 7}, "username"),
        ({"job_types": []}, "job_types"),
        ({"job_types": ["astronaut"]}, "job_types"),
        ({"job_types": "software_engineer"}, "job_types"),
        ({"job_types": [1]}, "job_types.0"),
        ({"years_of_experience": "4"}, "years_of_experience"),
        ({"years_of_experience": 4}, "years_of_experience"),
        ({"companies": [f"Company {number}" for number in range(10_000)]}, "companies"),
        ({"companies": ["x" * 201]}, "companies"),
        ({"companies": "Stripe"}, "companies"),
        ({"locations": ["Atlantis"]}, "locations"),
        ({"remote": "yes"}, "remote"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
        ({"is_admin": True}, "is_admin"),
        ({"confirmed_at": "2026-11-20T12:00:00Z"}, "confirmed_at"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(
    client: FlaskClient, sqlite_engine: Engine, changed: dict[str, Any], field: str
) -> None:
    answer = _register(client, **changed)
    assert fields(answer) == [field]
    with read(sqlite_engine) as connection:
        assert connection.execute(select(users_table)).all() == []


def test_all_wrong_fields_are_named_at_once_and_no_password_comes_back(client: FlaskClient) -> None:
    answer = client.post("/api/v1/register", json={"email": "x", "password": "hunter2"})
    assert set(fields(answer)) == {"username", "email", "job_types", "years_of_experience", "password"}
    assert "hunter2" not in answer.text


def test_html_in_a_name_is_a_name_like_any_other(client: FlaskClient, sqlite_engine: Engine) -> None:
    assert _register(client, username="<script>alert(1)</script>").status_code == 201
    with read(sqlite_engine) as connection:
        assert connection.execute(select(users_table.c.username)).scalar_one() == "<script>alert(1)</script>"


def test_a_register_request_sent_again_under_its_key_is_carried_out_once(
    client: FlaskClient, sqlite_engine: Engine
) -> None:
    headers = {"Idempotency-Key": "a1"}
    first = client.post("/api/v1/register", json=BODY, headers=headers)
    again = client.post("/api/v1/register", json=BODY, headers=headers)
    assert (again.status_code, again.get_json()) == (first.status_code, first.get_json())
    assert len(_mails(sqlite_engine)) == 1
    other = client.post("/api/v1/register", json=BODY | {"username": "Ada"}, headers=headers)
    assert fields(other) == ["Idempotency-Key"]


def test_ten_registrations_an_hour_from_one_address_work_and_a_flood_does_not(client: FlaskClient) -> None:
    answers = [_register(client, email="no address") for _ in range(61)]
    assert {answer.status_code for answer in answers[:10]} == {422}
    problem(answers[-1], 429)
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_right_password_gives_tokens_that_are_taken(client: FlaskClient, ada: User) -> None:
    answer = _login(client, "Ada@Example.org")
    tokens = answer.get_json()
    assert tokens.keys() == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 900)
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/tasks", headers=bearer(tokens["access_token"])).status_code == 200


def test_every_wrong_pair_is_answered_alike(client: FlaskClient, sqlite_engine: Engine, ada: User) -> None:
    save_user(sqlite_engine, "unconfirmed@example.org", confirmed=False)
    save_user(sqlite_engine, "nopassword@example.org", password_hash=None)
    pairs = [
        (ada.email, "wrong password"),
        ("nobody@example.org", PASSWORD),
        ("unconfirmed@example.org", PASSWORD),
        ("nopassword@example.org", PASSWORD),
        ("not an address", PASSWORD),
    ]
    answers = [problem(_login(client, *pair), 401) for pair in pairs]
    assert all(answer == answers[0] for answer in answers)


def test_guessing_at_one_account_is_stopped(client: FlaskClient, ada: User) -> None:
    answers = [_login(client, ada.email, "wrong password") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    problem(answers[-1], 429)


@pytest.mark.parametrize(
    "body",
    [{"email": "a\x00@b.c", "password": "x"}, {"email": "a" * 255, "password": "x"}, {"email": 1, "password": "x"}],
)
def test_what_is_no_address_is_named(client: FlaskClient, body: dict[str, Any]) -> None:
    assert fields(client.post("/api/v1/login", json=body)) == ["email"]


def test_a_refresh_token_gives_the_next_pair_once(client: FlaskClient, ada: User) -> None:
    first = _login(client, ada.email).get_json()["refresh_token"]
    second = _refresh(client, first).get_json()
    assert second["refresh_token"] != first
    assert client.get("/api/v1/tasks", headers=bearer(second["access_token"])).status_code == 200
    third = _refresh(client, second["refresh_token"])
    assert third.status_code == 200


def test_a_refresh_token_used_twice_ends_its_family_and_no_other(client: FlaskClient, ada: User) -> None:
    stolen = _login(client, ada.email).get_json()["refresh_token"]
    elsewhere = _login(client, ada.email).get_json()["refresh_token"]
    newest = _refresh(client, stolen).get_json()["refresh_token"]
    problem(_refresh(client, stolen), 401)
    problem(_refresh(client, newest), 401)
    assert _refresh(client, elsewhere).status_code == 200


def test_a_refresh_token_ends_after_thirty_days_however_often_it_is_exchanged(client: FlaskClient, ada: User) -> None:
    start = datetime.now(UTC)
    token = _login(client, ada.email).get_json()["refresh_token"]
    with time_machine.travel(start + timedelta(days=29), tick=False):
        token = _refresh(client, token).get_json()["refresh_token"]
    with time_machine.travel(start + timedelta(days=31), tick=False):
        problem(_refresh(client, token), 401)


@pytest.mark.parametrize("token", ["x", "x.y", f"{'a' * 36}.secret", "ü"])
def test_a_made_up_refresh_token_is_not_taken(client: FlaskClient, token: str) -> None:
    problem(_refresh(client, token), 401)


@pytest.mark.parametrize("changed", [{"password_hash": "another"}, {"session_salt": "another"}])
def test_new_credentials_end_every_token(
    client: FlaskClient, sqlite_engine: Engine, ada: User, changed: dict[str, str]
) -> None:
    tokens = _login(client, ada.email).get_json()
    with write(sqlite_engine) as connection:
        connection.execute(update(users_table).where(users_table.c.id == ada.id).values(**changed))
    problem(client.get("/api/v1/tasks", headers=bearer(tokens["access_token"])), 401)
    problem(_refresh(client, tokens["refresh_token"]), 401)


def test_a_deleted_account_s_token_is_not_taken(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, ada: User
) -> None:
    token = a_token(app, ada)
    with write(sqlite_engine) as connection:
        users.remove(connection, ada.id)
    problem(client.get("/api/v1/tasks", headers=bearer(token)), 401)
