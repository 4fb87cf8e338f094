"""The books of `make chaos`, drawn up from made-up observations: what is recovered, and what breaks a promise."""

from typing import Any

import pytest

from tests.chaos.faults import Struck
from tests.chaos.journal import Try
from tests.chaos.ledger import Asked, Seen, draw_up

KILLED_AT = 100.0


def a_run(task_id: str, *, started: float, ended: float | None = None, worker: int = 7) -> Try:
    return Try(
        task_id=task_id, board="greenhouse/acme", epoch=1, pid=int(started), launcher=6, worker=worker,
        started=started, ended=ended, code=None if ended is None else 0,
    )  # fmt: skip


def seen(**changed: Any) -> Seen:
    """Nothing was attempted but what is given."""
    nothing: dict[str, Any] = {
        "people": [], "published": set(), "answered": set(), "copies": [], "asked": [], "letters": [], "tries": [],
        "overlaps": 0, "struck": [], "tasks": {}, "closed": 0, "orphans": [], "gaps": [],
    }  # fmt: skip
    return Seen(**{**nothing, **changed})


def taken_over_after(seconds: float, *, gaps: list[tuple[float, float]]) -> Seen:
    again = KILLED_AT + seconds
    return seen(
        tries=[a_run("a", started=KILLED_AT - 5), a_run("a", started=again, ended=again + 1, worker=8)],
        struck=[Struck(action="kill", role="worker", pid=7, at=KILLED_AT)],
        tasks={"a": ("success", None, None)},
        gaps=gaps,
    )


def test_a_request_that_was_never_answered_and_whose_task_ran_is_recovered() -> None:
    asked = [
        Asked(object_id="answered", is_acknowledged=True, task_id="a"),
        Asked(object_id="taken", is_acknowledged=False, task_id="b"),
        Asked(object_id="not taken", is_acknowledged=False, task_id=None),
    ]
    tries = [a_run("a", started=1, ended=2), a_run("b", started=3, ended=4)]
    tasks = {"a": ("success", None, None), "b": ("success", None, None)}
    ledger, broken = draw_up(seen(asked=asked, tries=tries, tasks=tasks), config="x", seed=1)
    assert (ledger.attempted, ledger.acknowledged, ledger.recovered, ledger.lost) == (3, 1, 1, 0)
    assert broken == []


def test_a_request_that_was_answered_and_whose_task_never_ran_is_lost() -> None:
    asked = [Asked(object_id="answered", is_acknowledged=True, task_id="a")]
    ledger, broken = draw_up(seen(asked=asked, tasks={}), config="x", seed=1)
    assert ledger.lost == 1
    assert "lost is 1" in broken


@pytest.mark.parametrize(
    ("seconds", "gaps", "counted", "is_broken"),
    [
        (45.0, [], 45.0, False),
        (46.0, [], 46.0, True),
        (60.0, [(90.0, 110.0), (150.0, 170.0)], 40.0, False),
        (60.0, [(10.0, 99.0), (170.0, 180.0)], 60.0, True),
    ],
)
def test_a_takeover_takes_45_s_at_most_without_the_time_in_which_nobody_could(
    seconds: float, gaps: list[tuple[float, float]], counted: float, *, is_broken: bool
) -> None:
    ledger, broken = draw_up(taken_over_after(seconds, gaps=gaps), config="x", seed=1)
    assert ledger.longest_takeover_s == counted
    assert broken == ([f"a lost worker's board was taken over after {counted} s"] if is_broken else [])
