"""Pages of tasks and figures about them, on both databases."""

from datetime import timedelta

from sqlalchemy import Engine

from jobalerts.domain.task_states import STATUSES
from jobalerts.sql import task_stats, task_views
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import boards, companies, mails, schedules
from tests.component.api.rows import BOARD, NOW, a_task_id, add_task, save_task


def test_pages_go_from_the_newest_task_to_the_oldest_and_each_task_stands_on_one_page(engine: Engine) -> None:
    with write(engine) as connection:
        made = [add_task(connection, task_id=a_task_id(NOW, serial)) for serial in range(7)]
    seen: list[str] = []
    before = None
    with read(engine) as connection:
        for _ in range(3):
            page = task_views.page(connection, before=before, limit=3)
            seen += [task.task_id for task in page.tasks]
            before = page.next_before
    assert seen == made[::-1]
    assert before is None


def test_a_full_last_page_has_no_page_after_it(engine: Engine) -> None:
    with write(engine) as connection:
        for serial in range(3):
            add_task(connection, task_id=a_task_id(NOW, serial))
    with read(engine) as connection:
        assert task_views.page(connection, limit=3).next_before is None
        assert task_views.page(connection, limit=2).next_before == a_task_id(NOW, 1)


def test_filters_by_status_and_board_hold_together(engine: Engine) -> None:
    wanted = save_task(engine, status="failed", board="lever/acme")
    save_task(engine, status="failed")
    save_task(engine, status="success", board="lever/acme")
    with read(engine) as connection:
        page = task_views.page(connection, status="failed", board="lever/acme")
    assert [task.task_id for task in page.tasks] == [wanted]


def test_a_task_that_is_not_there_is_none(engine: Engine) -> None:
    with read(engine) as connection:
        assert task_views.one(connection, a_task_id(NOW)) is None


def test_a_day_is_a_utc_day_and_every_day_of_the_window_is_there(engine: Engine) -> None:
    late = NOW.replace(hour=23, minute=59)
    with write(engine) as connection:
        add_task(connection, task_id=a_task_id(NOW), status="success", created_at=late)
        add_task(connection, task_id=a_task_id(NOW, 1), created_at=late + timedelta(minutes=1))
    with read(engine) as connection:
        by_day = task_stats.stats(connection, late + timedelta(minutes=2)).by_day
    assert len(by_day) == 30
    assert list(by_day)[-2:] == ["2026-11-20", "2026-11-21"]
    assert by_day["2026-11-20"]["success"] == by_day["2026-11-21"]["created"] == 1
    assert sum(counts["total"] for counts in by_day.values()) == 2


def test_tasks_older_than_the_window_count_by_status_only(engine: Engine) -> None:
    old = NOW - timedelta(days=31)
    save_task(engine, task_id=a_task_id(old), created_at=old, status="dead")
    save_task(engine, task_id=a_task_id(NOW), status="success")
    with read(engine) as connection:
        found = task_stats.stats(connection, NOW)
    assert found.by_status["dead"] == 1
    assert found.by_board == {BOARD: {**dict.fromkeys(STATUSES, 0), "success": 1, "total": 1}}
    assert found.success_rate == 1.0


def test_the_success_rate_is_of_tasks_that_ended(engine: Engine) -> None:
    for serial, status in enumerate(["success", "success", "success", "failed", "running", "created", "retrying"]):
        save_task(engine, task_id=a_task_id(NOW, serial), status=status)
    with read(engine) as connection:
        found = task_stats.stats(connection, NOW)
    assert found.success_rate == 0.75
    assert found.running == 1


def test_durations_are_the_median_and_the_nearest_rank_of_successes(engine: Engine) -> None:
    with write(engine) as connection:
        for seconds in range(1, 21):
            end = NOW + timedelta(seconds=seconds)
            add_task(connection, status="success", start_time=NOW, end_time=end)
        add_task(connection, status="failed", start_time=NOW, end_time=NOW + timedelta(hours=1))
    with read(engine) as connection:
        found = task_stats.stats(connection, NOW).seconds
    assert (found.median, found.p95) == (10.5, 19.0)


def test_an_empty_installation_has_figures_too(engine: Engine) -> None:
    with read(engine) as connection:
        found = task_stats.stats(connection, NOW)
    assert set(found.by_status.values()) == {0}
    assert found.by_board == {}
    assert (found.success_rate, found.seconds.median, found.seconds.p95, found.next_due) == (None, None, None, None)


def test_the_next_due_board_is_an_active_one(engine: Engine) -> None:
    due = NOW + timedelta(hours=2)
    with write(engine) as connection:
        connection.execute(companies.insert().values(id="c", name="Acme", name_key="acme", alias_keys=[]))
        for token, active, hours in (("off", False, 1), ("on", True, 2), ("later", True, 3)):
            board = f"lever/{token}"
            row = {"id": board, "source": "lever", "token": token, "company_id": "c", "created_at": NOW}
            connection.execute(boards.insert().values(row | {"active": active}))
            next_due = NOW + timedelta(hours=hours)
            connection.execute(
                schedules.insert().values(
                    id=token,
                    kind="crawl",
                    board=board,
                    cron="0 */6 * * *",
                    args={},
                    next_due_at=next_due,
                    created_at=NOW,
                )
            )
    with read(engine) as connection:
        assert task_stats.stats(connection, NOW).next_due == due


def test_mails_count_when_they_were_sent_in_the_last_day(engine: Engine) -> None:
    with write(engine) as connection:
        for name, status, hours in (("a", "sent", 1), ("b", "sent", 25), ("c", "failed", 1)):
            row = {
                "recipient": "ada@example.org",
                "kind": "welcome",
                "context": {},
                "message_id": name,
                "status": status,
            }
            sent_at = NOW - timedelta(hours=hours)
            connection.execute(mails.insert().values(row | {"id": name, "created_at": sent_at, "sent_at": sent_at}))
    with read(engine) as connection:
        assert task_stats.stats(connection, NOW).mails_sent_24h == 1
