"""What every answer carries, and what the site never believes."""

import re
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.users import User
from tests.component.web.people import REGISTRATION, Browser
from webapp.app import create_app

PAGES = ("/", "/register", "/sign-in", "/stats", "/tasks", "/boards", "/postings", "/companies", "/mails", "/nothing")


@pytest.mark.parametrize("path", PAGES)
def test_page_may_load_nothing_from_elsewhere_and_run_no_script_but_its_own(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    nonces = re.findall(r'<script nonce="([^"]+)" src="/static/', answer.text)
    assert [f"'nonce-{nonce}'" for nonce in nonces] == [policy["script-src"]]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_inline_script_or_style_and_no_other_host(stranger: Browser, path: str) -> None:
    page = stranger.get(path).text
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", page)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_nonce_differs_from_answer_to_answer(stranger: Browser) -> None:
    policies = {stranger.get("/").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def cookie_of(answer: Any) -> str:
    (cookie,) = answer.headers.getlist("Set-Cookie")
    return str(cookie)


def test_cookie_is_hidden_from_scripts_and_other_sites_and_works_on_plain_http(stranger: Browser) -> None:
    cookie = cookie_of(stranger.get("/sign-in"))
    assert cookie.startswith("jobalerts=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_cookie_is_bound_to_its_host_under_https(
    settings: Settings, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    https = settings.model_copy(update={"public_url": "https://jobs.example"})
    answer = Browser(create_app(https, sqlite_engine, mongo, lambda: None)).get("/sign-in")
    cookie = cookie_of(answer)
    assert cookie.startswith("__Host-jobalerts=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_host_header_reaches_no_page_and_no_redirect(stranger: Browser) -> None:
    for path in (*PAGES, "/alerts"):
        answer = stranger.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.text + (answer.location or "")


def test_forwarded_address_is_not_believed_without_a_configured_proxy(stranger: Browser, ada: User) -> None:
    for number in range(10):
        stranger.sign_in("eve@example.org", f"wrong password {number}")
    answer = stranger.client.post("/sign-in", headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.status_code == 400  # no token: what counts is that nothing of the header is taken over
    assert stranger.sign_in("eve@example.org", "wrong password").status_code == 429


def test_static_files_may_be_kept_and_change_their_address_with_their_content(stranger: Browser) -> None:
    (style,) = re.findall(r'href="(/static/style\.css\?v=[0-9a-f]{10})"', stranger.get("/").text)
    assert "max-age" in stranger.get(style).headers["Cache-Control"]


def test_site_works_without_any_cookie_until_a_form_is_sent(stranger: Browser) -> None:
    answer = stranger.client.post("/register", data=REGISTRATION)
    assert answer.status_code == 400
    assert "load the page anew" in answer.text


def test_outbox_is_not_there_once_mails_are_really_sent(
    settings: Settings, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    real = settings.model_copy(update={"smtp_url": SecretStr("smtp://mail.example:25")})
    browser = Browser(create_app(real, sqlite_engine, mongo, lambda: None))
    assert browser.get("/outbox").status_code == 404
    assert "/outbox" not in browser.get("/").text


def test_outbox_of_a_site_that_others_can_reach_is_for_the_admin_alone(
    settings: Settings, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    open_site = settings.model_copy(update={"bind_address": "0.0.0.0"})
    assert Browser(create_app(open_site, sqlite_engine, mongo, lambda: None)).get("/outbox").status_code == 404


def test_wrong_method_is_answered_with_those_that_work(stranger: Browser) -> None:
    answer = stranger.client.delete("/stats")
    assert answer.status_code == 405
    assert set(answer.allow) == {"GET", "HEAD", "OPTIONS"}
