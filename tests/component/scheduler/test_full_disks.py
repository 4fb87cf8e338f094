"""Disks that are full: a run goes on without its log, an end is booked once there is room, and people are told."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from jobalerts.domain.retry import RetryRule
from jobalerts.errors import TemporaryError
from jobalerts.sql import endings, leases, notices, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, open_engine, read, write
from jobalerts.sql.leases import Holding
from tests.component.scheduler.conftest import Plant
from tests.small_disks import fill, small_disk

EMBEDDED = pytest.mark.parametrize("plant", ["embedded"], indirect=True)


@pytest.fixture
def one_disk(tmp_path: Path) -> Iterator[Path]:
    """Everything that the programs keep is on one disk of 256 MiB."""
    with small_disk(tmp_path, "256m"):
        yield tmp_path


def ask_often(plant: Plant, board: str) -> None:
    for _ in range(300):
        plant.crawl(board)


def subjects(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return [notice.subject for notice in notices.open_notices(connection)]


@EMBEDDED
def test_a_crawl_whose_log_finds_no_room_is_a_success_that_says_so_and_the_next_one_ends_the_notice(
    plant: Plant, tmp_path: Path
) -> None:
    board = plant.add_board("acme")
    logs = tmp_path / "logs of runs"
    logs.mkdir()
    with small_disk(logs, "64k"):
        worker = plant.start("worker", OUTPUTS_URL=str(logs))
        filler = fill(logs)

        row = plant.wait_for_status(plant.crawl(board), "success", 30)
        assert "No space left on device" in row.message
        [attempt] = plant.attempts(row.task_id)
        assert (attempt.outcome, attempt.output_name) == ("success", None)
        assert "success" in attempt.output_tail
        [subject] = plant.wait_for(lambda: subjects(plant.engine), 10, "a notice")
        assert subject.startswith("Outputs of runs cannot be kept on ")

        filler.unlink()
        row = plant.wait_for_status(plant.crawl(board), "success", 30)
        assert row.message == ""
        assert plant.attempts(row.task_id)[0].output_name
        plant.wait_for(lambda: not subjects(plant.engine), 10, "the notice has ended")
        assert worker.is_running()
        worker.terminate()
        worker.wait(15)


@EMBEDDED
@pytest.mark.usefixtures("one_disk")
def test_when_the_whole_disk_is_full_the_programs_live_and_the_end_is_booked_once_there_is_room(
    plant: Plant, tmp_path: Path
) -> None:
    board = plant.add_board("acme")
    programs = [plant.start("scheduler"), plant.start("worker")]
    plant.boards.slow_for_s = 4
    task_id = plant.crawl(board)
    plant.wait_for_status(task_id, "running", 20)
    with contextlib.closing(sqlite3.connect(tmp_path / "jobalerts.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else what is written next finds room in the old log
    filler = fill(tmp_path)

    with pytest.raises(TemporaryError, match="the disk of the SQL database is full: free some space"):
        ask_often(plant, board)
    plant.wait_for(lambda: plant.boards.reads[0].ended, 20, "the board has answered")
    assert all(program.is_running() for program in programs)
    filler.unlink()

    row = plant.wait_for_status(task_id, "success", 60)
    assert [attempt.outcome for attempt in plant.attempts(task_id)][-1] == "success"
    assert row.attempt == 1
    assert all(program.is_running() for program in programs)
    with read(plant.engine) as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_what_does_not_fit_into_the_database_is_not_half_there(sqlite_engine: Engine) -> None:
    with write(sqlite_engine) as connection:
        tasks.request(connection, kind="crawl", board="lever/acme", args={}, now=clock(connection))
        task = leases.claim(connection, lane="oneoff", worker="w")
    assert task is not None
    holding = Holding(task_id=task.task_id, epoch=task.epoch)
    full = open_engine(str(sqlite_engine.url))
    event.listen(full, "connect", lambda connection, _record: connection.execute("PRAGMA max_page_count = 1"))

    with pytest.raises(TemporaryError, match="disk of the SQL database is full"), write(full) as connection:
        endings.finish(connection, holding, Ending(outcome="success", output_tail="x" * 65536), RetryRule())
    full.dispose()

    with write(sqlite_engine) as connection:
        assert tasks.one(connection, task.task_id) == task
        ended = endings.finish(connection, holding, Ending(outcome="success", output_tail="x" * 65536), RetryRule())
        assert ended is not None
        assert ended.status == "success"
