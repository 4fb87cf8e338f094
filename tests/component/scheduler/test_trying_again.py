"""Temporary trouble of a board: four more tries within the run, of 1 to 8 s, and then a task that is tried later."""

import itertools
from datetime import timedelta

import pytest

from jobalerts.domain.retry import RETRY_OFFSETS
from tests.component.scheduler.boards_on_loopback import Trouble
from tests.component.scheduler.conftest import Plant

WAITS_S = (1, 2, 4, 8)
CAME_EARLY_S = 0.05
ENDED_WITHIN_S = 60


def kept(plant: Plant) -> bool:
    return all(wait > whole / 2 - CAME_EARLY_S for wait, whole in zip(plant.boards.waits(), WAITS_S, strict=True))


def test_trouble_that_passes_within_the_waits_of_a_run_costs_its_task_no_try(plant: Plant) -> None:
    board = plant.add_board("acme")
    plant.start("worker")
    plant.boards.trouble = iter(("reset", "busy", "reset", "busy"))

    row = plant.wait_for_status(plant.crawl(board), "success", ENDED_WITHIN_S)

    assert row.attempt == 1
    assert [attempt.outcome for attempt in plant.attempts(row.task_id)] == ["success"]
    assert len(plant.boards.reads) == 1 + len(WAITS_S)
    assert kept(plant), plant.boards.waits()


@pytest.mark.parametrize("plant", ["embedded"], indirect=True)
@pytest.mark.parametrize("trouble", ["reset", "busy"])
def test_trouble_that_lasts_fails_the_try_under_its_name_and_the_task_is_tried_later(
    plant: Plant, trouble: Trouble
) -> None:
    board = plant.add_board("acme")
    plant.start("worker")
    plant.boards.trouble = itertools.repeat(trouble)

    row = plant.wait_for_status(plant.crawl(board), "retrying", ENDED_WITHIN_S)

    [attempt] = plant.attempts(row.task_id)
    assert attempt.outcome == "network"
    assert row.next_try_at - attempt.ended_at >= RETRY_OFFSETS[0] - timedelta(seconds=1)
    assert (row.attempt, row.is_retry) == (1, True)
    assert len(plant.boards.reads) == 1 + len(WAITS_S)
    assert kept(plant), plant.boards.waits()
