"""Schedulers and workers as processes: every slot once, never two runs of a board, whoever dies."""

import signal
import time
from functools import partial

import psutil

from jobalerts.sql import tasks
from jobalerts.sql.engine import clock, write
from tests.component.scheduler.conftest import Plant
from tests.component.scheduler.living import living

ALONE_S = 60
TAKEOVER_S = 45


def tree_of(worker: psutil.Process) -> list[psutil.Process]:
    """The worker's launcher, the run and its fetch."""
    return worker.children(recursive=True)


def wait_for_run(plant: Plant, worker: psutil.Process) -> list[psutil.Process]:
    """The launcher, the run and the fetch, once the board is being read."""
    plant.wait_for(lambda: plant.boards.reads, ALONE_S, "the board is read")
    tree = tree_of(worker)
    assert len(tree) == 3
    return tree


def is_as_many(plant: Plant, tasks: int) -> bool:
    return len(plant.tasks()) == tasks


def gone(processes: list[psutil.Process]) -> bool:
    return not living(processes)


def test_two_schedulers_and_three_workers_run_every_slot_once_and_one_at_a_time(plant: Plant) -> None:
    boards = [plant.add_board(f"acme{number}") for number in range(6)]
    for program in ("scheduler", "scheduler", "worker", "worker", "worker"):
        plant.start(program)
    plant.boards.slow_for_s = 0.3

    for due in (6, 12, 18):
        plant.make_due(*boards)
        plant.wait_for(partial(is_as_many, plant, due), 10, "a task a slot")
        # A slot that comes while the last one's task still waits is not a task of its own.
        plant.wait_for(lambda: not plant.tasks(status="created"), 60, "all are taken")
    plant.wait_for(lambda: len(plant.tasks(status="success")) == 18, 90, "all tasks succeed")

    rows = plant.tasks()
    assert len({(row.schedule_id, row.scheduled_for) for row in rows}) == len(rows) == 18
    assert [row.attempt for row in rows] == [1] * 18
    assert len(plant.boards.reads) == 18
    assert plant.boards.overlapping() == []
    assert len({row.worker for row in rows}) == 3
    assert all(row.next_try_at is None and row.end_time and row.outcome == "success" for row in rows)


def test_the_tree_of_a_killed_worker_dies_at_once_and_another_takes_over_within_45_s(plant: Plant) -> None:
    board = plant.add_board("acme")
    plant.start("scheduler")
    victim = plant.start("worker")
    plant.boards.slow_for_s = 60
    task_id = plant.crawl(board)
    tree = wait_for_run(plant, victim)

    victim.send_signal(signal.SIGKILL)
    killed_at = time.monotonic()
    plant.wait_for(lambda: not living(tree), 10, "launcher, run and fetch are gone")
    plant.boards.let_go.set()
    plant.start("worker")

    plant.wait_for(lambda: len(plant.attempts(task_id)) == 2, TAKEOVER_S - (time.monotonic() - killed_at), "taken over")
    row = plant.wait_for_status(task_id, "success", ALONE_S)
    assert [attempt.outcome for attempt in plant.attempts(task_id)] == ["lost", "success"]
    assert (row.attempt, row.lost_workers, row.is_retry) == (2, 1, True)


def test_a_stopping_worker_hands_its_task_back_unspent_and_is_gone_within_10_s(plant: Plant) -> None:
    board = plant.add_board("acme")
    plant.start("scheduler")
    leaver = plant.start("worker")
    plant.boards.slow_for_s = 60
    task_id = plant.crawl(board)
    tree = wait_for_run(plant, leaver)

    leaver.send_signal(signal.SIGTERM)
    assert plant.processes[-1].wait(10) == 0
    assert living(tree) == []
    plant.boards.let_go.set()
    plant.start("worker")

    row = plant.wait_for_status(task_id, "success", ALONE_S)
    assert (row.attempt, row.lost_workers) == (1, 0)
    assert [attempt.outcome for attempt in plant.attempts(task_id)] == ["stopped", "success"]


def test_a_task_an_admin_kills_is_killed_at_once_and_its_process_within_10_s(plant: Plant) -> None:
    board = plant.add_board("acme")
    plant.start("scheduler")
    worker = plant.start("worker")
    plant.boards.slow_for_s = 60
    task_id = plant.crawl(board)
    _launcher, *run = wait_for_run(plant, worker)

    with write(plant.engine) as connection:
        tasks.kill(connection, task_id, clock(connection))

    plant.wait_for(lambda: not living(run), 10, "run and fetch are gone")
    plant.wait_for(lambda: plant.attempts(task_id)[0].outcome, 10, "the attempt has ended")
    assert plant.attempts(task_id)[0].outcome == "killed"
    assert plant.tasks()[0].status == "killed"


def test_a_crawl_over_its_limit_is_ended_and_tried_again_later(plant: Plant) -> None:
    board = plant.add_board("acme")
    plant.start("scheduler")
    worker = plant.start("worker", JOB_TIMEOUT="4", CRAWL_TIME_LIMIT="4")
    plant.boards.slow_for_s = 60
    task_id = plant.crawl(board)
    _launcher, *run = wait_for_run(plant, worker)

    row = plant.wait_for_status(task_id, "retrying", 20)

    assert living(run) == []
    assert row.outcome == "timeout"
    seconds = (row.next_try_at - row.first_failure_at).total_seconds()
    assert seconds == 300
    [attempt] = plant.attempts(task_id)
    assert attempt.outcome == "timeout"
    assert 2 <= (attempt.ended_at - attempt.started_at).total_seconds() <= 10
    assert "timeout" in attempt.output_tail


def test_a_worker_that_froze_writes_nothing_when_it_wakes(plant: Plant) -> None:
    board = plant.add_board("acme")
    plant.start("scheduler")
    frozen = plant.start("worker")
    plant.boards.slow_for_s = 60
    task_id = plant.crawl(board)
    _launcher, *run = wait_for_run(plant, frozen)

    frozen.suspend()
    plant.wait_for(lambda: not living(run), 26, "the run ends itself without a sign of its worker")
    plant.boards.let_go.set()
    plant.start("worker")
    plant.wait_for_status(task_id, "success", TAKEOVER_S)
    before = (plant.tasks(), plant.attempts(task_id))
    frozen.resume()
    frozen.send_signal(signal.SIGTERM)
    plant.processes[1].wait(60)

    assert (plant.tasks(), plant.attempts(task_id)) == before
    assert [attempt.outcome for attempt in plant.attempts(task_id)] == ["lost", "success"]


def test_a_launcher_that_dies_takes_its_runs_along_and_is_started_again(plant: Plant) -> None:
    board = plant.add_board("acme")
    plant.start("scheduler")
    worker = plant.start("worker")
    plant.boards.slow_for_s = 60
    task_id = plant.crawl(board)
    launcher, *run = wait_for_run(plant, worker)

    launcher.kill()

    plant.wait_for(lambda: not living(run), 10, "run and fetch are gone")
    plant.boards.let_go.set()
    row = plant.wait_for_status(task_id, "success", ALONE_S)
    assert (row.attempt, row.is_retry) == (1, False)
