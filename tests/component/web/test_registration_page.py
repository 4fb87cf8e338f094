"""Registering through the page: what is answered, kept and mailed."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine

from jobalerts.broker import ALERT_CHANGED
from jobalerts.domain.posting import Location
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, boards, companies, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.users import User
from tests.component.api.rows import save_board, save_task
from tests.component.web.people import REGISTRATION, Browser, a_link, a_user, an_alert, mailed, messages, now
from tests.component.web.postings import a_posting, keep


def register(browser: Browser, **fields: Any) -> Any:
    return browser.send("/register", {**REGISTRATION, **fields}, page="/register")


def by_email(engine: Engine, email: str = "ada@example.org") -> User:
    with read(engine) as connection:
        user = users.by_email(connection, email)
    assert user is not None
    return user


def test_new_address_is_kept_unconfirmed_and_gets_one_confirm_mail(stranger: Browser, sqlite_engine: Engine) -> None:
    answer = register(stranger, companies="Acme, Inc., Stripe", locations="Germany, USA", remote="y")
    assert (answer.status_code, answer.location) == (303, "/register/sent")
    user = by_email(sqlite_engine)
    assert user.confirmed_at is None
    with read(sqlite_engine) as connection:
        (alert,) = alerts.of(connection, user.id)
    assert alert.job_types == ("software_engineer", "data_engineer")
    assert alert.companies == ("Acme, Inc.", "Stripe")
    assert (alert.countries, alert.remote_only, alert.years) == (("DE", "US"), True, "3-5")
    assert mailed(sqlite_engine) == [("confirm", "ada@example.org")]
    assert "ada@example.org" in stranger.get("/register/sent").text


def test_known_address_is_answered_alike_and_told_by_mail(
    stranger: Browser, app: Any, ada: User, sqlite_engine: Engine
) -> None:
    known = register(stranger, email="ADA@Example.org")
    new = register(Browser(app), email="eve@example.org")
    assert (known.status_code, known.location) == (new.status_code, new.location)
    assert mailed(sqlite_engine) == [("exists", "ada@example.org"), ("confirm", "eve@example.org")]
    assert by_email(sqlite_engine) == ada


def test_unconfirmed_address_keeps_the_newer_form(stranger: Browser, sqlite_engine: Engine) -> None:
    register(stranger, years_of_experience="0-1", password="correct horse battery")
    register(stranger, years_of_experience="8-12", username="Ada L.")
    user = by_email(sqlite_engine)
    with read(sqlite_engine) as connection:
        assert [alert.years for alert in alerts.of(connection, user.id)] == ["8-12"]
    assert (user.username, user.password_hash) == ("Ada L.", None)


def test_one_address_gets_at_most_three_account_mails_a_day(stranger: Browser, sqlite_engine: Engine) -> None:
    for _ in range(5):
        assert register(stranger).status_code == 303
    assert mailed(sqlite_engine) == [("confirm", "ada@example.org")] * 3


def test_at_least_ten_can_register_within_an_hour_from_one_address(stranger: Browser) -> None:
    assert {register(stranger, email=f"p{number}@example.org").status_code for number in range(12)} == {303}


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(stranger: Browser, sqlite_engine: Engine) -> None:
    answer = register(
        stranger, email="ada@example", locations="Mars", job_types=["designer"], years_of_experience="", username=" "
    )
    assert answer.status_code == 422
    for field in ("email", "locations", "years_of_experience", "username"):
        assert f'id="{field}-error"' in answer.text
    assert 'value="ada@example"' in answer.text
    assert 'value="Mars"' in answer.text
    assert re.search(r'value="designer" checked', answer.text)
    assert mailed(sqlite_engine) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("job_types", ["astronaut"]),
        ("job_types", []),
        ("companies", ",".join(f"company {number}" for number in range(10_000))),
        ("companies", "a," * 300_000),
        ("companies", "x" * 201),
        ("years_of_experience", "4"),
        ("email", "ada@@example.org"),
        ("email", "ada@example.org\nBcc: eve@example.org"),
        ("password", "password"),
        ("password", "short"),
        ("password", "x" * 1025),
        ("username", "x" * 81),
        ("username", "a\x00b"),
    ],
)
def test_bad_value_is_refused_at_its_field(stranger: Browser, sqlite_engine: Engine, field: str, value: Any) -> None:
    answer = register(stranger, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert mailed(sqlite_engine) == []


def test_html_in_a_name_is_shown_as_text(stranger: Browser, sqlite_engine: Engine) -> None:
    register(stranger, username="<script>alert(1)</script>")
    page = stranger.get(f"/confirm/{a_link(sqlite_engine, by_email(sqlite_engine), 'confirm')}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_form_over_one_megabyte_is_refused_with_a_page(stranger: Browser) -> None:
    answer = register(stranger, companies="x" * 2**20)
    assert answer.status_code == 413
    assert "one megabyte" in answer.text


def test_likely_typo_is_asked_about_once_and_never_assumed(stranger: Browser, sqlite_engine: Engine) -> None:
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Stripe")
    asked = register(stranger, companies="Stirpe, Ramp")
    assert asked.status_code == 422
    assert "“Stirpe” is not known" in asked.text
    assert mailed(sqlite_engine) == []
    register(stranger, companies="Stirpe, Ramp", **{"typed-0": "Stirpe", "meant-0": ""})
    user = by_email(sqlite_engine)
    with read(sqlite_engine) as connection:
        assert alerts.of(connection, user.id)[0].companies == ("Stirpe", "Ramp")
    register(stranger, companies="Stirpe, Ramp", **{"typed-0": "Stirpe", "meant-0": "Stripe"})
    with read(sqlite_engine) as connection:
        assert alerts.of(connection, user.id)[0].companies == ("Stripe", "Ramp")


def test_opening_the_confirm_link_confirms_nothing_pressing_its_button_does(
    stranger: Browser, sqlite_engine: Engine
) -> None:
    user = a_user(sqlite_engine, "ada@example.org", confirmed=False, password_hash=None)
    alert = an_alert(sqlite_engine, user)
    link = f"/confirm/{a_link(sqlite_engine, user, 'confirm')}"
    assert stranger.get(link).status_code == 200
    assert by_email(sqlite_engine).confirmed_at is None
    answer = stranger.send(link, page=link)
    assert (answer.status_code, answer.location) == (303, "/welcome")
    assert by_email(sqlite_engine).confirmed_at is not None
    assert stranger.is_signed_in
    assert mailed(sqlite_engine) == [("welcome", "ada@example.org")]
    assert messages(sqlite_engine, ALERT_CHANGED) == [{"v": 1, "alert_id": alert.id}]


def test_confirm_link_works_once_and_welcomes_once(stranger: Browser, sqlite_engine: Engine) -> None:
    user = a_user(sqlite_engine, "ada@example.org", confirmed=False)
    first, second = (f"/confirm/{a_link(sqlite_engine, user, 'confirm')}" for _ in range(2))
    stranger.send(first, page=first)
    assert [stranger.send(link).status_code for link in (first, second)] == [404, 404]
    assert mailed(sqlite_engine) == [("welcome", "ada@example.org")]


def test_welcome_page_names_boards_covered_and_names_that_are_not(stranger: Browser, sqlite_engine: Engine) -> None:
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Stripe")
        boards.put(connection, source="greenhouse", token="stripe", company="Stripe", every_hours=6, now=now())
    register(stranger, companies="Stripe, Globex")
    link = f"/confirm/{a_link(sqlite_engine, by_email(sqlite_engine), 'confirm')}"
    stranger.send(link, page=link)
    page = stranger.get("/welcome").text
    assert 'href="/boards/greenhouse/stripe"' in page
    assert "We know no board of Globex" in page
    with read(sqlite_engine) as connection:
        assert boards.one(connection, "greenhouse/stripe").active
        assert [one.name for one in companies.unknown(connection)] == ["Globex"]


def test_welcome_page_tells_a_board_that_failed_from_one_that_had_nothing(
    stranger: Browser, sqlite_engine: Engine
) -> None:
    save_board(sqlite_engine)
    register(stranger, companies="Stripe")
    link = f"/confirm/{a_link(sqlite_engine, by_email(sqlite_engine), 'confirm')}"
    stranger.send(link, page=link)
    assert "read for the first time" in stranger.get("/welcome").text
    save_task(sqlite_engine, status="retrying")
    page = stranger.get("/welcome").text
    assert "read for the first time" not in page
    assert "Could not be read at the last try" in page


def test_welcome_page_says_that_a_company_of_the_demo_is_made_up(stranger: Browser, sqlite_engine: Engine) -> None:
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Quillmoor Bank", is_demo=True)
    register(stranger, companies="quillmoor bank")
    link = f"/confirm/{a_link(sqlite_engine, by_email(sqlite_engine), 'confirm')}"
    stranger.send(link, page=link)
    page = stranger.get("/welcome").text
    assert "the companies you named are made up" in page
    assert "quillmoor bank is of the demo" in page


def test_two_hundred_companies_with_long_names_are_taken(stranger: Browser, sqlite_engine: Engine) -> None:
    names = [f"{'x' * 190} {number}" for number in range(200)]
    assert register(stranger, companies=", ".join(names)).status_code == 303
    with read(sqlite_engine) as connection:
        (alert,) = alerts.of(connection, by_email(sqlite_engine).id)
    assert alert.companies == tuple(names)


def test_registration_that_nobody_confirmed_is_forgotten_after_a_week(stranger: Browser, sqlite_engine: Engine) -> None:
    with time_machine.travel(now() - timedelta(days=8)):
        a_user(sqlite_engine, "old@example.org", confirmed=False)
        kept = a_user(sqlite_engine, "kept@example.org")
    register(stranger)
    with read(sqlite_engine) as connection:
        assert users.by_email(connection, "old@example.org") is None
        assert users.by_email(connection, "kept@example.org") == kept


def test_what_would_fit_is_shown_before_registering_and_nothing_is_kept(
    stranger: Browser, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    keep(
        mongo,
        a_posting(external_id="1", title="Fits", description_text="long " * 1000),
        a_posting(external_id="2", title="Wrong kind", job_types=("designer",)),
        a_posting(external_id="3", title="Too senior", seniority="director"),
        a_posting(external_id="4", title="Elsewhere", locations=(Location(text="Paris", country="FR"),)),
    )
    answer = register(stranger, preview="1", locations="Germany", username="", email="")
    assert answer.status_code == 200
    aside = answer.text.split('id="preview"')[1]
    assert "1 posting would fit right now" in aside
    assert 'id="shown"' in aside, "where the button leads to: on a narrow screen it stands below the form"
    assert "Fits" in aside
    assert "in Germany" in aside
    assert mailed(sqlite_engine) == []


def test_preview_of_an_unfinished_form_says_what_is_missing(stranger: Browser) -> None:
    answer = register(stranger, preview="1", years_of_experience="")
    assert answer.status_code == 422
    assert 'id="years_of_experience-error"' in answer.text
    assert 'id="shown"' in answer.text.split('id="preview"')[0]
    assert 'id="username-error"' not in answer.text


def test_demo_posting_is_shown_to_nobody_who_is_no_demo_user(stranger: Browser, mongo: PostingStore) -> None:
    keep(mongo, a_posting(title="Made up"), is_demo=True)
    page = register(stranger, preview="1").text
    assert "Nothing would fit right now" in page
    assert "The postings of the demo are made up" in page


def test_unconfirmed_registration_activates_no_board(stranger: Browser, sqlite_engine: Engine) -> None:
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Stripe")
        boards.put(connection, source="greenhouse", token="stripe", company="Stripe", every_hours=6, now=now())
    register(stranger, companies="Stripe")
    with read(sqlite_engine) as connection:
        assert not boards.one(connection, "greenhouse/stripe").active
