"""The rows behind the pages, on both databases: registration, boards, matches, mails."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from jobalerts import registration
from jobalerts.preferences import Registration
from jobalerts.sql import alerts, board_views, boards, mail_views, mails, match_views, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import matches
from tests.component.api.rows import save_task
from tests.component.web.people import a_link, a_user, an_alert, mailed

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_registration(**given: Any) -> Registration:
    values = {"username": "Ada", "email": "ada@example.org", "job_types": "any", "years_of_experience": "3-5"}
    return Registration.model_validate(values | given)


def list_board(engine: Engine, company: str, token: str) -> None:
    with write(engine) as connection:
        boards.put_company(connection, company)
        boards.put(connection, source="lever", token=token, company=company, every_hours=6, now=NOW)


def test_registered_person_is_confirmed_welcomed_and_followed_once(engine: Engine) -> None:
    list_board(engine, "Stripe", "stripe")
    registration.register(engine, a_registration(companies=["Stripe", "Globex"]), now=NOW)
    with read(engine) as connection:
        user = users.by_email(connection, "ada@example.org")
    assert user is not None
    token = a_link(engine, user, "confirm")
    for confirmed in (True, False):
        with write(engine) as connection:
            assert (registration.confirm(connection, token, now=datetime.now(UTC)) is not None) is confirmed
    assert mailed(engine) == [("confirm", "ada@example.org"), ("welcome", "ada@example.org")]
    with read(engine) as connection:
        (board,) = board_views.every(connection, active=True)
    assert (board.id, board.company) == ("lever/stripe", "Stripe")


def test_account_mails_count_for_a_day(engine: Engine) -> None:
    for hours in (0, 1, 2, 3, 25):
        registration.register(engine, a_registration(), now=NOW + timedelta(hours=hours))
    assert len(mailed(engine)) == 4


def test_board_is_shown_with_its_latest_task(engine: Engine) -> None:
    list_board(engine, "ramp", "ramp")
    list_board(engine, "Acme", "acme")
    save_task(engine, board="lever/ramp", status="failed", outcome="blocked", start_time=NOW, end_time=NOW)
    latest = save_task(
        engine, board="lever/ramp", status="success", start_time=NOW, end_time=NOW + timedelta(seconds=2)
    )
    with read(engine) as connection:
        every = board_views.every(connection)
        of_ramp = board_views.of_companies(connection, ["ramp"])
        assert board_views.one(connection, "lever/none") is None
    assert [board.company for board in every] == ["Acme", "ramp"]
    assert (every[0].status, every[0].seconds) == (None, None)
    assert of_ramp == [every[1]]
    assert (every[1].task_id, every[1].status, every[1].seconds) == (latest, "success", 2.0)


def test_matches_of_a_person_say_what_became_of_them(engine: Engine) -> None:
    ada, bob = a_user(engine, "ada@example.org"), a_user(engine, "bob@example.org")
    with write(engine) as connection:
        mail_id = mails.plan(connection, kind="digest", recipient=ada.email, user_id=ada.id, now=NOW)
        for number, (user, digest) in enumerate([(ada, mail_id), (ada, None), (bob, None)]):
            row = {"user_id": user.id, "cluster_id": f"c{number}", "posting_key": f"k{number}", "board": "lever/x"}
            row |= {"reasons": [{"alert_id": "a", "text": "you follow X"}], "rank": 0.0, "digest_id": digest}
            connection.execute(matches.insert().values(created_at=NOW, **row))
    with read(engine) as connection:
        first = match_views.page(connection, ada.id, limit=1)
        rest = match_views.page(connection, ada.id, before=first.next_before)
        assert match_views.count(connection, ada.id) == 2
        assert [match["posting_key"] for match in match_views.every(connection, ada.id)] == ["k0", "k1"]
    shown = [(match.posting_key, match.mail_status) for match in first.matches + rest.matches]
    assert shown == [("k1", None), ("k0", "planned")]
    assert rest.next_before is None


def test_mails_are_counted_by_status_and_listed_with_their_postings(engine: Engine) -> None:
    ada = a_user(engine, "ada@example.org")
    with write(engine) as connection:
        digest = mails.plan(connection, kind="digest", recipient=ada.email, user_id=ada.id, now=NOW)
        mails.plan(connection, kind="welcome", recipient=ada.email, user_id=ada.id, now=NOW - timedelta(days=2))
        row = {"user_id": ada.id, "cluster_id": "c", "posting_key": "k", "board": "lever/x", "reasons": [], "rank": 0.0}
        connection.execute(matches.insert().values(created_at=NOW, digest_id=digest, **row))
    with read(engine) as connection:
        assert mail_views.by_status(connection, since=NOW - timedelta(days=1))["planned"] == 1
        first = mail_views.page(connection, status="planned", limit=1)
        rest = mail_views.page(connection, before=first.next_before)
        assert [mail["kind"] for mail in mail_views.of(connection, ada.id)] == ["digest", "welcome"]
    assert [(mail.kind, mail.postings) for mail in first.mails + rest.mails] == [("welcome", 0), ("digest", 1)]


def test_deleted_person_leaves_nothing_behind(engine: Engine) -> None:
    ada = a_user(engine, "ada@example.org")
    alert = an_alert(engine, ada)
    with write(engine) as connection:
        digest = mails.plan(connection, kind="digest", recipient=ada.email, user_id=ada.id, now=NOW)
        row = {"user_id": ada.id, "cluster_id": "c", "posting_key": "k", "board": "lever/x", "reasons": [], "rank": 0.0}
        connection.execute(matches.insert().values(created_at=NOW, digest_id=digest, **row))
        users.remove(connection, ada.id)
        assert mailed_rows(connection) == 0
        assert alerts.by_id(connection, alert.id) is None
        assert match_views.count(connection, ada.id) == 0


def mailed_rows(connection: Any) -> int:
    return sum(mail_views.by_status(connection, since=NOW - timedelta(days=9)).values())
