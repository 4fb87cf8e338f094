"""What the operator sees: what is wrong, who looks after the work, and mails to send again."""

from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine, update

from jobalerts.domain.mail_states import BOUNCES_TO_PAUSE
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import bounces, mails, notices, rounds
from jobalerts.sql.engine import read, write
from jobalerts.sql.rounds import Process, Round
from jobalerts.sql.tables import mails as mail_rows
from jobalerts.sql.users import User
from tests.component.web.people import Browser, an_alert
from tests.contract.board_crawls import BOARD, a_posting

NOW = datetime.now(UTC)


@pytest.fixture
def failed(sqlite_engine: Engine) -> list[str]:
    """Ids of two mails that failed."""
    with write(sqlite_engine) as connection:
        ids = [
            mails.plan(connection, kind="sign_in", recipient=f"{name}@example.org", user_id=None, now=NOW)
            for name in ("ada", "bob")
        ]
        connection.execute(update(mail_rows).values(status="failed", tries=5, error="550 no"))
    return [mail_id for mail_id in ids if mail_id]


def heard_of(engine: Engine, *found: Round) -> None:
    with write(engine) as connection:
        rounds.save(connection, Process(name="host:1", program="scheduler", age=9), found)


def test_stats_say_what_is_wrong_and_tell_admins_more(
    stranger: Browser, admins: Browser, sqlite_engine: Engine
) -> None:
    with write(sqlite_engine) as connection:
        notices.tell_once(connection, "x", "The mail server refuses our mails", "535 for root@db-7\nCheck it.")
    heard_of(
        sqlite_engine,
        Round(work="task sweeper", good_ago=2, error=""),
        Round(work="relay", good_ago=300, error="RabbitMQ does not answer: 10.0.0.7 refused"),
    )
    page = stranger.get("/stats").text
    for words in ("The mail server refuses our mails", "RabbitMQ does not answer. Nothing is lost", "task sweeper"):
        assert words in page
    assert "10.0.0.7" not in page
    assert "db-7" not in page
    assert "db-7" in admins.get("/stats").text
    assert stranger.get("/api/v1/task_stats").get_json()["wrong"] == ["The mail server refuses our mails"]


def test_the_posting_that_waits_longest_for_its_matcher_is_told(
    stranger: Browser, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    heard_of(sqlite_engine, Round(work="relay", good_ago=1, error=""))
    assert "jobalerts_oldest_unmatched_posting_seconds" not in stranger.get("/metrics").text
    since = datetime.now(UTC) - timedelta(minutes=2)
    mongo.save(BOARD, [a_posting("1")], epoch=1, now=since, first_crawl=False, is_demo=False)
    families = text_string_to_metric_families(stranger.get("/metrics").text)
    [age] = [one.samples[0].value for one in families if one.name == "jobalerts_oldest_unmatched_posting_seconds"]
    assert 120 <= age < 300
    assert "The oldest new posting that is not matched yet has waited 2" in stranger.get("/stats").text


def test_metrics_are_read_by_prometheus_and_name_nobody(stranger: Browser, sqlite_engine: Engine) -> None:
    heard_of(sqlite_engine, Round(work="relay", good_ago=7, error="10.0.0.7 refused"))
    answer = stranger.get("/metrics")
    assert answer.mimetype == "text/plain"
    found = {family.name: family.samples for family in text_string_to_metric_families(answer.text)}
    (silent,) = found["jobalerts_loop_silent_seconds"]
    assert silent.labels == {"program": "scheduler", "loop": "relay"}
    assert 7 <= silent.value < 60
    assert {sample.labels["status"] for sample in found["jobalerts_tasks"]} > {"created", "dead"}
    assert found["jobalerts_open_notices"][0].value == 0
    assert "jobalerts_oldest_running_seconds" not in found, "nothing runs"
    assert "host:1" not in answer.text
    assert "10.0.0.7" not in answer.text


def test_an_admin_sends_failed_mails_again_one_or_all(
    admins: Browser, failed: list[str], sqlite_engine: Engine
) -> None:
    first, second = failed
    assert "Send all again" in admins.get("/mails?status=failed").text
    assert admins.send("/mails/requeue", {"id": first}, page="/account").status_code == 303
    assert "1 mail is sent again" in admins.get("/mails").text
    with read(sqlite_engine) as connection:
        again, left = mails.one(connection, first), mails.one(connection, second)
    assert again is not None
    assert left is not None
    assert (again.status, again.tries, left.status) == ("planned", 0, "failed")
    admins.send("/mails/requeue", page="/account")
    assert "1 mail is sent again" in admins.get("/mails").text
    admins.send("/mails/requeue", page="/account")
    assert "Nothing was done" in admins.get("/mails").text


def test_whose_mails_came_back_is_told_why_the_alerts_are_paused(
    adas: Browser, ada: User, sqlite_engine: Engine
) -> None:
    alert = an_alert(sqlite_engine, ada)
    with write(sqlite_engine) as connection:
        for _ in range(BOUNCES_TO_PAUSE):
            bounces.bounced(connection, ada.id, "452 4.2.2 mailbox full", now=NOW)
    page = adas.get("/alerts").text
    assert "452 4.2.2 mailbox full" in page
    assert "Resume" in page
    adas.send(f"/alerts/{alert.id}/resume", page="/alerts")
    page = adas.get("/alerts").text
    assert "452" not in page
    assert "Pause" in page
