"""My alerts, my matches, my account, and the link that ends mails."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from jobalerts.broker import ALERT_CHANGED
from jobalerts.domain.alert import Alert
from jobalerts.links import unsubscribe_token
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, sessions, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import matches
from jobalerts.sql.users import User
from tests.component.web.people import Browser, a_user, an_alert, messages, now
from tests.component.web.postings import a_posting, keep

WANTED = {"job_types": ["designer"], "years_of_experience": "5-8", "companies": "", "locations": "France"}


@pytest.fixture
def alert(sqlite_engine: Engine, ada: User) -> Alert:
    return an_alert(sqlite_engine, ada)


def own_alerts(engine: Engine, user: User) -> list[Alert]:
    with read(engine) as connection:
        return alerts.of(connection, user.id)


def test_added_alert_is_matched(adas: Browser, ada: User, sqlite_engine: Engine) -> None:
    assert adas.send("/alerts/new", WANTED, page="/alerts/new").location == "/alerts"
    (added,) = own_alerts(sqlite_engine, ada)
    assert (added.job_types, added.years, added.countries) == (("designer",), "5-8", ("FR",))
    assert messages(sqlite_engine, ALERT_CHANGED) == [{"v": 1, "alert_id": added.id}]


def test_changed_alert_shows_what_it_was_and_is_matched_anew(
    adas: Browser, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    assert 'value="3-5" checked' in adas.get(f"/alerts/{alert.id}").text
    adas.send(f"/alerts/{alert.id}", WANTED, page="/account")
    (changed,) = own_alerts(sqlite_engine, ada)
    assert (changed.id, changed.job_types) == (alert.id, ("designer",))
    assert messages(sqlite_engine, ALERT_CHANGED) == [{"v": 1, "alert_id": alert.id}]


def test_bad_change_changes_nothing_and_keeps_what_was_typed(
    adas: Browser, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    answer = adas.send(f"/alerts/{alert.id}", {**WANTED, "locations": "Mars"}, page="/account")
    assert answer.status_code == 422
    assert 'value="Mars"' in answer.text
    assert own_alerts(sqlite_engine, ada) == [alert]


def test_paused_alert_is_matched_again_only_once_resumed(
    adas: Browser, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    adas.send(f"/alerts/{alert.id}/pause", page="/account")
    assert own_alerts(sqlite_engine, ada)[0].paused_at is not None
    adas.send(f"/alerts/{alert.id}", WANTED, page="/account")
    assert messages(sqlite_engine, ALERT_CHANGED) == []
    adas.send(f"/alerts/{alert.id}/resume", page="/account")
    assert own_alerts(sqlite_engine, ada)[0].paused_at is None
    assert messages(sqlite_engine, ALERT_CHANGED) == [{"v": 1, "alert_id": alert.id}]


def test_deleted_alert_is_gone(adas: Browser, ada: User, alert: Alert, sqlite_engine: Engine) -> None:
    adas.send(f"/alerts/{alert.id}/delete", page="/account")
    assert own_alerts(sqlite_engine, ada) == []
    assert "You have no alert" in adas.get("/alerts").text


def unsubscribe_link(app: Flask, *alerts: Alert) -> str:
    return f"/u/{unsubscribe_token(app.extensions['jobalerts'].key, *(alert.id for alert in alerts))}"


def test_one_click_unsubscribe_needs_no_cookie_and_may_be_repeated(
    app: Flask, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    link = unsubscribe_link(app, alert)
    other = an_alert(sqlite_engine, ada)
    for _ in range(2):
        answer = app.test_client().post(
            link, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"}
        )
        assert answer.status_code == 200
    paused = {one.id: one.paused_at is not None for one in own_alerts(sqlite_engine, ada)}
    assert paused == {alert.id: True, other.id: False}


def test_one_click_stops_every_alert_behind_a_mail_and_no_other(
    stranger: Browser, app: Flask, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    second, third = an_alert(sqlite_engine, ada), an_alert(sqlite_engine, ada)
    link = unsubscribe_link(app, alert, second)
    assert "these alerts send nothing any more" in stranger.get(link).text
    assert "These 2 alerts" in stranger.client.post(link).text
    paused = {one.id: one.paused_at is not None for one in own_alerts(sqlite_engine, ada)}
    assert paused == {alert.id: True, second.id: True, third.id: False}
    assert "These alerts send nothing" in stranger.get(link).text


def test_opening_the_unsubscribe_link_changes_nothing(
    stranger: Browser, app: Flask, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    assert "Stop these mails" in stranger.get(unsubscribe_link(app, alert)).text
    assert own_alerts(sqlite_engine, ada)[0].paused_at is None


def test_unsubscribe_link_of_another_key_or_a_cut_one_does_nothing(
    stranger: Browser, app: Flask, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    forged = f"/u/{unsubscribe_token('another key of enough characters', alert.id)}"
    for link in (forged, unsubscribe_link(app, alert)[:-3]):
        assert stranger.client.post(link).status_code == 404
    assert own_alerts(sqlite_engine, ada)[0].paused_at is None


def test_unsubscribing_from_a_deleted_alert_is_answered_with_success(
    adas: Browser, app: Flask, alert: Alert, stranger: Browser
) -> None:
    adas.send(f"/alerts/{alert.id}/delete", page="/account")
    assert stranger.client.post(unsubscribe_link(app, alert)).status_code == 200


def test_matches_stand_with_their_reasons_and_what_became_of_them(
    adas: Browser, ada: User, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    posting = a_posting(title="Data Engineer, Risk")
    keep(mongo, posting)
    with write(sqlite_engine) as connection:
        connection.execute(
            matches.insert().values(
                user_id=ada.id,
                cluster_id="c1",
                posting_key=posting.key,
                board="greenhouse/stripe",
                reasons=[{"alert_id": "a", "text": "you follow Stripe", "evidence": "3+ years <b>of</b> work"}],
                rank=0.0,
                created_at=now() - timedelta(minutes=3),
            )
        )
    page = adas.get("/matches").text
    assert "Data Engineer, Risk" in page
    assert "You follow Stripe." in page
    assert "<q>3+ years &lt;b&gt;of&lt;/b&gt; work</q>" in page
    assert "in the next mail" in page


def test_matches_are_paged_without_a_gap(adas: Browser, ada: User, sqlite_engine: Engine) -> None:
    rows = [
        {"user_id": ada.id, "cluster_id": f"c{n}", "posting_key": f"k{n}", "board": f"lever/b{n}", "reasons": [],
         "rank": 0.0, "created_at": now()}
        for n in range(60)
    ]  # fmt: skip
    with write(sqlite_engine) as connection:
        connection.execute(matches.insert(), rows)
    seen: list[str] = []
    link: str | None = "/matches"
    while link:
        page = adas.get(link).text
        seen += [part.split("<")[0] for part in page.split("<h2>lever/")[1:]]
        older = page.split('">Older</a>')[0].rpartition('href="')[2] if ">Older</a>" in page else None
        link = older
    assert seen == [f"b{n}" for n in reversed(range(60))]


def test_delivery_is_kept_and_a_wrong_time_zone_is_refused(adas: Browser, ada: User, sqlite_engine: Engine) -> None:
    delivery = {"frequency": "weekly", "hour": "18", "weekday": "4", "timezone": "Europe/Berlin"}
    assert adas.send("/account/delivery", delivery, page="/account").status_code == 303
    assert adas.send("/account/delivery", {**delivery, "timezone": "Mars/Base"}, page="/account").status_code == 422
    with read(sqlite_engine) as connection:
        user = users.by_id(connection, ada.id)
    assert user is not None
    assert (user.frequency, user.digest_hour, user.digest_weekday, user.timezone) == ("weekly", 18, 4, "Europe/Berlin")


def test_new_password_takes_the_present_one_and_signs_out_other_browsers(adas: Browser, app: Flask, ada: User) -> None:
    other = Browser(app)
    other.sign_in(ada.email)
    fields = {"current": "not the present one", "password": "another horse battery staple"}
    assert adas.send("/account/password", fields, page="/account").status_code == 422
    fields["current"] = "correct horse battery staple"
    assert adas.send("/account/password", fields, page="/account").status_code == 303
    assert adas.is_signed_in
    assert not other.is_signed_in
    assert Browser(app).sign_in(ada.email, "another horse battery staple").status_code == 303


def test_one_browser_can_sign_another_out(adas: Browser, app: Flask, ada: User, sqlite_engine: Engine) -> None:
    other = Browser(app)
    other.sign_in(ada.email)
    with read(sqlite_engine) as connection:
        newest = sessions.of(connection, ada.id, now=now())[0]
    adas.send(f"/account/sessions/{newest.id_hash}/end", page="/account")
    assert adas.is_signed_in
    assert not other.is_signed_in


def test_export_holds_everything_of_the_person_and_nothing_secret(
    adas: Browser, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    answer = adas.get("/account/export.json")
    document = json.loads(answer.text)
    assert document["account"]["email"] == ada.email
    assert [one["id"] for one in document["alerts"]] == [alert.id]
    assert set(document) == {"account", "alerts", "matches", "mails", "sessions"}
    assert "argon2" not in answer.text
    assert "attachment" in answer.headers["Content-Disposition"]


def test_deleting_the_account_deletes_all_of_it_after_the_address_was_typed(
    adas: Browser, ada: User, alert: Alert, sqlite_engine: Engine
) -> None:
    kept = a_user(sqlite_engine, "eve@example.org")
    answer = adas.send("/account/delete", {"email": "eve@example.org"}, page="/account")
    assert answer.status_code == 422
    assert re.search(r'<input [^>]*id="email"[^>]* autofocus', answer.text), "it stands far below the top of the page"
    assert adas.send("/account/delete", {"email": "Ada@example.org"}, page="/account").location == "/"
    assert not adas.is_signed_in
    with read(sqlite_engine) as connection:
        assert users.by_id(connection, ada.id) is None
        assert users.by_id(connection, kept.id) == kept
        assert connection.execute(select(sessions.sessions.c.user_id)).all() == []
        assert alerts.by_id(connection, alert.id) is None
