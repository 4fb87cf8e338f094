"""Boards: inactive until followed, never against an admin's will."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from jobalerts import companies_file, registration
from jobalerts.sql import alerts, boards, schedules, tasks, users
from jobalerts.sql.alerts import Wanted
from jobalerts.sql.boards import Board, NoSuchBoard
from jobalerts.sql.engine import write

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with write(engine) as connection:
        yield connection


def a_board(connection: Connection, company: str = "Acme", *, every_hours: int = 6) -> Board:
    boards.put_company(connection, company, aliases=["Acme Labs"])
    return boards.put(
        connection, source="lever", token=company.lower(), company=company, every_hours=every_hours, now=NOW
    )


def test_a_listed_board_is_inactive_until_its_company_is_followed(connection: Connection) -> None:
    board = a_board(connection)
    assert (board.active, board.next_due_at) == (False, None)

    assert boards.follow(connection, ["acme"], NOW) == [board.id]

    followed = boards.one(connection, board.id)
    assert (followed.active, followed.next_due_at) == (True, NOW)


def test_following_again_does_not_crawl_again(connection: Connection) -> None:
    board = a_board(connection)
    boards.follow(connection, ["acme"], NOW)
    schedules.set_due(connection, board.id, NOW + timedelta(hours=3))

    assert boards.follow(connection, ["acme"], NOW + timedelta(minutes=1)) == []

    assert boards.one(connection, board.id).next_due_at == NOW + timedelta(hours=3)


def test_following_nothing_activates_nothing(connection: Connection) -> None:
    a_board(connection)

    assert boards.follow(connection, [], NOW) == []


def test_a_board_an_admin_disabled_stays_off_until_an_admin_enables_it(connection: Connection) -> None:
    board = a_board(connection)
    boards.follow(connection, ["acme"], NOW)
    disabled = boards.disable(connection, board.id, NOW)
    assert (disabled.active, disabled.next_due_at) == (False, None)

    assert boards.follow(connection, ["acme"], NOW) == []

    enabled = boards.enable(connection, board.id, NOW)
    assert (enabled.active, enabled.disabled_at, enabled.next_due_at) == (True, None, NOW)


def test_another_interval_moves_the_next_crawl_of_active_boards_only(connection: Connection) -> None:
    active, inactive = a_board(connection), a_board(connection, "Other")
    boards.follow(connection, ["acme"], NOW)

    a_board(connection, every_hours=1)
    a_board(connection, "Other", every_hours=1)

    due = boards.one(connection, active.id).next_due_at
    assert due is not None
    assert NOW < due <= NOW + timedelta(hours=1)
    assert boards.one(connection, inactive.id).next_due_at is None


def test_asking_for_a_crawl_makes_a_task_in_the_lane_of_one_offs(connection: Connection) -> None:
    board = a_board(connection)

    task = boards.crawl_now(connection, board.id, NOW)

    assert (task.lane, task.lock_key, task.schedule_id) == ("oneoff", "crawl:lever/acme", None)
    assert tasks.one(connection, task.task_id) == task
    with pytest.raises(NoSuchBoard, match="boards list"):
        boards.crawl_now(connection, "lever/nobody", NOW)


def test_seeding_the_shipped_companies_twice_changes_nothing(connection: Connection) -> None:
    companies = companies_file.parse(companies_file.SHIPPED.read_text())
    companies_file.seed(connection, companies, every_hours=6, now=NOW)
    boards.follow(connection, ["stripe"], NOW)
    before = boards.all_boards(connection)

    companies_file.seed(connection, companies, every_hours=6, now=NOW + timedelta(days=1))

    assert boards.all_boards(connection) == before
    assert len({board.company for board in before}) >= 30
    assert [board.id for board in before if board.active] == ["greenhouse/stripe"]


def test_a_company_somebody_asked_for_before_it_was_listed_is_crawled_once_it_is(connection: Connection) -> None:
    ada = users.add(connection, username="Ada", email="ada@example.org", confirmed=True, now=NOW)
    assert ada is not None
    wanted = Wanted(job_types=("software_engineer",), years="3-5", companies=("Acme Labs",))
    registration.follow(connection, alerts.add(connection, ada.id, wanted, now=NOW), now=NOW)
    companies = companies_file.parse(
        "companies:\n  - name: Acme\n    aliases: [Acme Labs]\n    boards: [lever/acme, lever/acme2]\n"
        "  - name: Other\n    boards: [lever/other]\n"
    )
    companies_file.seed(connection, companies, every_hours=6, now=NOW)

    assert [board.id for board in boards.all_boards(connection) if board.active] == ["lever/acme", "lever/acme2"]

    boards.disable(connection, "lever/acme", NOW)
    companies_file.seed(connection, companies, every_hours=6, now=NOW)
    assert not boards.one(connection, "lever/acme").active, "an admin's word stands"
