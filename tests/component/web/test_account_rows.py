"""Companies, links and sessions as rows, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from jobalerts.sql import boards, companies, sessions, task_hours, tokens, users
from jobalerts.sql.engine import read, write
from tests.component.api.rows import save_task
from tests.component.web.people import a_user

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_address_is_one_account_however_it_is_written(engine: Engine) -> None:
    a_user(engine, "ada@example.org")
    with write(engine) as connection:
        assert users.add(connection, username="Eve", email="ADA@EXAMPLE.org", now=NOW) is None


def test_link_is_used_once_for_its_purpose_and_in_its_time(engine: Engine) -> None:
    user = a_user(engine, "ada@example.org")
    hour = timedelta(hours=1)
    with write(engine) as connection:
        token = tokens.mint(connection, user_id=user.id, purpose="confirm", now=NOW, lifetime=hour)
        assert tokens.use(connection, token, purpose="sign_in", now=NOW) is None
        assert tokens.use(connection, token, purpose="confirm", now=NOW + hour) is None
        assert tokens.use(connection, token, purpose="confirm", now=NOW) == user.id
        assert tokens.use(connection, token, purpose="confirm", now=NOW) is None


def test_token_and_session_id_are_kept_as_hashes_alone(engine: Engine) -> None:
    user = a_user(engine, "ada@example.org")
    with write(engine) as connection:
        token = tokens.mint(connection, user_id=user.id, purpose="confirm", now=NOW, lifetime=timedelta(hours=1))
        session_id = sessions.start(connection, user.id, now=NOW)
        rows = str(connection.exec_driver_sql("SELECT * FROM tokens").all())
        rows += str(connection.exec_driver_sql("SELECT * FROM sessions").all())
    assert token not in rows
    assert session_id not in rows


def test_known_names_are_found_by_alias_and_suffix_and_nothing_is_guessed(engine: Engine) -> None:
    with write(engine) as connection:
        boards.put_company(connection, "Meta", aliases=["Facebook"])
        found = companies.known(connection, ["META, Inc.", "facebook", "Mesa"])
    assert found == {"META, Inc.": "meta", "facebook": "meta", "Mesa": None}


def test_unknown_name_is_kept_once_until_its_company_comes(engine: Engine) -> None:
    with write(engine) as connection:
        companies.remember_unknown(connection, ["Globex", "GLOBEX Corp."], now=NOW)
        companies.remember_unknown(connection, ["Globex"], now=NOW + timedelta(days=1))
        (kept,) = companies.unknown(connection)
        assert (kept.name_key, kept.first_asked_at) == ("globex", NOW)
        boards.put_company(connection, "Globex")
        assert companies.unknown(connection) == []


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Stirpe", ["Stripe"]),
        ("databrick", ["Databricks"]),
        ("match", ["Match Group"]),
        ("Lob", []),
        ("Zebra", []),
    ],
)
def test_names_like_the_typed_one_are_suggested(typed: str, suggested: list[str]) -> None:
    assert companies.suggest(["Databricks", "Globex", "Match Group", "Stripe"], typed) == suggested


def test_hours_of_the_last_day_count_what_ended_in_them(engine: Engine) -> None:
    ended = NOW - timedelta(hours=2, minutes=10)
    save_task(engine, status="success", attempt=1, end_time=ended)
    save_task(engine, status="success", attempt=3, end_time=ended)
    save_task(engine, status="killed", attempt=1, end_time=ended)
    save_task(engine, status="success", attempt=1, end_time=NOW - timedelta(hours=25))
    with read(engine) as connection:
        hours = task_hours.last_day(connection, NOW)
    assert len(hours) == 24
    assert [(hour.start.hour, hour.success, hour.retried, hour.failed) for hour in hours if hour.total] == [
        (9, 1, 1, 1)
    ]
