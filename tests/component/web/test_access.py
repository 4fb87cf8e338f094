"""Who may do what: every route of the site, as a stranger, its owner, another user and an admin."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from sqlalchemy import Engine

from jobalerts.links import unsubscribe_token
from jobalerts.sql import sessions
from jobalerts.sql.engine import read, write
from jobalerts.sql.users import User
from tests.component.api.rows import save_task
from tests.component.web.people import Browser, a_link, an_alert, now
from webapp.access import Access, level_of, require_declarations

OWNED = {"alerts.change", "alerts.save", "alerts.pause", "alerts.resume", "alerts.ask_delete", "alerts.delete"}
OWNED |= {"account.end_session"}
FORM = {"job_types": ["any"], "years_of_experience": "3-5"}


@pytest.fixture
def values(app: Flask, ada: User, sqlite_engine: Engine) -> dict[str, str | int]:
    """For every name in a route: something of Ada's, or that exists."""
    with write(sqlite_engine) as connection:
        session_id = sessions.start(connection, ada.id, now=now())
    alert = an_alert(sqlite_engine, ada)
    return {
        "alert_id": alert.id,
        "id_hash": sessions.hashed(session_id),
        "task_id": save_task(sqlite_engine),
        "board_id": "greenhouse/stripe",
        "key": "greenhouse/stripe/1",
        "mail_id": "no-such-mail",
        "filename": "style.css",
        "confirm.token": a_link(sqlite_engine, ada, "confirm"),
        "sign_in.token": a_link(sqlite_engine, ada, "sign_in"),
        "unsubscribe.token": unsubscribe_token(app.extensions["jobalerts"].key, alert.id),
    }


def routes(app: Flask, values: dict[str, str | int]) -> Iterator[tuple[str, str, str, Access]]:
    """(endpoint, method, path, declared level) of every page; what checks for itself has its own tests."""
    actions = {"admin.board": "crawl", "admin.task": "kill"}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        level = level_of(app, rule.endpoint)
        if level is None:
            continue
        family = rule.endpoint.split(".")[0]
        known = {**values, "token": values.get(f"{family}.token", ""), "action": actions.get(rule.endpoint, "")}
        path = adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments})
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule.endpoint, method, path, level


def test_pages_for_users_send_a_stranger_to_sign_in(app: Flask, values: dict[str, str | int]) -> None:
    for endpoint, method, path, level in routes(app, values):
        stranger = Browser(app)  # a new one each: confirming signs in
        answer = stranger.get(path) if method == "GET" else stranger.send(path)
        if level is Access.USER:
            assert answer.status_code == (302 if method == "GET" else 403), endpoint
        elif level is Access.ADMIN:
            assert answer.status_code == 404, endpoint
        else:
            assert answer.status_code in (200, 302, 303, 404, 422), endpoint


def test_admin_pages_do_not_exist_for_a_user(adas: Browser, app: Flask, values: dict[str, str | int]) -> None:
    for endpoint, method, path, level in routes(app, values):
        if level is Access.ADMIN:
            answer = adas.get(path) if method == "GET" else adas.send(path, page="/account")
            assert answer.status_code == 404, endpoint


def test_admin_reaches_every_admin_page(admins: Browser, app: Flask, values: dict[str, str | int]) -> None:
    answers = {
        endpoint: (admins.get(path) if method == "GET" else admins.send(path, page="/account")).status_code
        for endpoint, method, path, level in routes(app, values)
        if level is Access.ADMIN
    }
    letters = {"dead_letters.page": 200, "dead_letters.requeue": 303, "dead_letters.discard": 303}
    assert answers == {
        "admin.page": 200,
        "admin.board": 404,
        "admin.note": 404,
        "admin.task": 303,
        "workers.page": 200,
        "mails.requeue": 303,
        **letters,
    }


def test_what_is_anothers_does_not_exist(bobs: Browser, app: Flask, values: dict[str, str | int]) -> None:
    found = {
        (endpoint, method): (bobs.get(path) if method == "GET" else bobs.send(path, FORM, page="/account")).status_code
        for endpoint, method, path, _level in routes(app, values)
        if endpoint in OWNED
    }
    assert {endpoint for endpoint, _ in found} == OWNED
    assert set(found.values()) == {404}


def test_every_route_with_an_id_of_a_person_is_in_the_list_of_owned_ones(app: Flask) -> None:
    personal = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if level_of(app, rule.endpoint) is Access.USER and rule.arguments
    }
    assert personal == OWNED


def test_owner_reaches_what_is_theirs(adas: Browser, app: Flask, values: dict[str, str | int]) -> None:
    for endpoint, method, path, level in routes(app, values):
        if level is Access.USER and method == "GET":
            assert adas.get(path).status_code == 200, endpoint


def test_nobody_else_sees_the_alerts_and_matches_of_a_person(
    bobs: Browser, ada: User, sqlite_engine: Engine, values: dict[str, str | int]
) -> None:
    for path in ("/alerts", "/matches", "/account", "/account/export.json", "/welcome"):
        page = bobs.get(path).text
        assert ada.email not in page
        assert str(values["alert_id"]) not in page


def test_form_without_its_token_is_refused(adas: Browser, app: Flask, values: dict[str, str | int]) -> None:
    for endpoint, method, path, level in routes(app, values):
        if method == "POST" and endpoint != "unsubscribe.stop" and level is not Access.ADMIN:
            assert adas.client.post(path).status_code == 400, endpoint


def test_form_that_another_site_sends_is_refused(adas: Browser, ada: User, sqlite_engine: Engine) -> None:
    page = adas.get("/account").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = adas.client.post("/sign-out", data={"csrf_token": token}, headers=headers)
        assert answer.status_code == 403
    with read(sqlite_engine) as connection:
        assert len(sessions.of(connection, ada.id, now=now())) == 1


def test_route_without_declared_access_stops_the_application() -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.add_url_rule("/forgotten", "page", lambda: "")
    bare = Flask("bare")
    bare.config["CHECKS_ITSELF"] = frozenset()
    bare.register_blueprint(forgotten)
    with pytest.raises(TypeError, match=r"forgotten\.page"):
        require_declarations(bare)
