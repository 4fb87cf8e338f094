"""Signing in and out, and the sessions behind it."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine

from jobalerts.sql import sessions
from jobalerts.sql.engine import read
from jobalerts.sql.users import User
from tests.component.web.people import PASSWORD, Browser, a_link, a_user, mailed, now


def test_right_password_signs_in_and_sign_out_ends_the_session(stranger: Browser, ada: User) -> None:
    answer = stranger.sign_in(ada.email)
    assert (answer.status_code, answer.location) == (303, "/matches")
    assert stranger.is_signed_in
    assert stranger.send("/sign-out", page="/account").location == "/"
    assert not stranger.is_signed_in


def test_session_that_was_ended_cannot_be_used_again_with_its_old_cookie(adas: Browser) -> None:
    cookie = adas.client.get_cookie("jobalerts")
    assert cookie is not None
    adas.send("/sign-out", page="/account")
    adas.client.set_cookie("jobalerts", cookie.value)
    assert not adas.is_signed_in


def test_wrong_password_and_unknown_address_are_answered_alike(stranger: Browser, ada: User) -> None:
    wrong = stranger.sign_in(ada.email, "wrong horse battery staple")
    unknown = stranger.sign_in("eve@example.org", "wrong horse battery staple")
    assert wrong.status_code == unknown.status_code == 422
    changing = r'nonce="[^"]+"|name="csrf_token" value="[^"]+"|[a-z]+@example.org'
    assert re.sub(changing, "", wrong.text) == re.sub(changing, "", unknown.text)


@pytest.mark.parametrize("email", ["new@example.org", "link@example.org"])
def test_unconfirmed_or_passwordless_account_has_no_sign_in_by_password(
    stranger: Browser, sqlite_engine: Engine, email: str
) -> None:
    a_user(sqlite_engine, "new@example.org", confirmed=False)
    a_user(sqlite_engine, "link@example.org", password_hash=None)
    assert stranger.sign_in(email).status_code == 422


def test_link_is_mailed_to_who_has_an_account_and_every_address_is_answered_alike(
    stranger: Browser, ada: User, sqlite_engine: Engine
) -> None:
    answers = [stranger.send("/sign-in", {"email": email, "link": "1"}) for email in (ada.email, "eve@example.org")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/sign-in/sent")}
    assert mailed(sqlite_engine) == [("sign_in", ada.email)]


def test_mailed_link_signs_in_once_by_its_button_alone(stranger: Browser, app: Flask, ada: User) -> None:
    link = f"/sign-in/{a_link(app.extensions['jobalerts'].engine, ada, 'sign_in')}"
    assert stranger.get(link).status_code == 200
    assert not stranger.is_signed_in
    assert stranger.send(link, page=link).status_code == 303
    assert stranger.is_signed_in
    assert Browser(app).send(link).status_code == 404


def test_link_for_confirming_does_not_sign_in(stranger: Browser, ada: User, sqlite_engine: Engine) -> None:
    assert stranger.get(f"/sign-in/{a_link(sqlite_engine, ada, 'confirm')}").status_code == 404


def test_signing_in_begins_a_new_session(adas: Browser, ada: User, sqlite_engine: Engine) -> None:
    before = adas.client.get_cookie("jobalerts")
    adas.client.delete_cookie("jobalerts")
    adas.sign_in(ada.email)
    after = adas.client.get_cookie("jobalerts")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    with read(sqlite_engine) as connection:
        assert len(sessions.of(connection, ada.id, now=now())) == 2


@pytest.mark.parametrize(("days", "signed_in"), [(13, True), (15, False)])
def test_session_ends_after_fourteen_idle_days(app: Flask, ada: User, days: int, signed_in: bool) -> None:
    browser = Browser(app)
    with time_machine.travel(now(), tick=False) as traveller:
        browser.sign_in(ada.email)
        traveller.shift(timedelta(days=days))
        assert browser.is_signed_in is signed_in


def test_session_ends_after_thirty_days_however_often_it_is_used(app: Flask, ada: User) -> None:
    browser = Browser(app)
    with time_machine.travel(now(), tick=False) as traveller:
        browser.sign_in(ada.email)
        for _ in range(3):
            traveller.shift(timedelta(days=9))
            assert browser.is_signed_in
        traveller.shift(timedelta(days=4))
        assert not browser.is_signed_in


def test_guessing_is_stopped_with_the_time_to_come_back(stranger: Browser, ada: User) -> None:
    answers = [stranger.sign_in(ada.email, f"wrong password {number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    assert "Try again" in answers[-1].text
    assert stranger.sign_in(ada.email, PASSWORD).status_code == 429


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx", "evil"]
)
def test_signing_in_never_leads_to_another_site(stranger: Browser, ada: User, target: str) -> None:
    answer = stranger.send("/sign-in", {"email": ada.email, "password": PASSWORD, "next": target})
    assert answer.location == "/matches"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(stranger: Browser, ada: User) -> None:
    asked = stranger.get("/alerts?x=1")
    assert asked.location == "/sign-in?next=/alerts?x%3D1"
    answer = stranger.send("/sign-in", {"email": ada.email, "password": PASSWORD, "next": "/alerts?x=1"})
    assert answer.location == "/alerts?x=1"
