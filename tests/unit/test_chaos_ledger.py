"""The books of `make chaos`, drawn up from made-up observations: what is recovered, and what breaks a promise."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.faults import Struck
from tests.chaos.journal import JOURNAL, Try, tries
from tests.chaos.ledger import Asked, Claim, Seen, draw_up
from tests.chaos.sink import NEVER

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
        "claims": [], "overlaps": 0, "struck": [], "tasks": {}, "closed": 0, "orphans": [], "gaps": [],
    }  # fmt: skip
    return Seen(**{**nothing, **changed})


def a_claim(*, at: float, worker: int, booked_at: float = NEVER) -> Claim:
    return Claim(board="greenhouse/acme", worker=worker, at=at, booked_at=booked_at)


def taken_over_after(seconds: float, *, gaps: list[tuple[float, float]]) -> Seen:
    return seen(
        claims=[a_claim(at=KILLED_AT - 5, worker=7), a_claim(at=KILLED_AT + seconds, worker=8)],
        struck=[Struck(action="kill", role="worker", pid=7, at=KILLED_AT)],
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


def test_each_of_two_workers_that_are_lost_one_after_the_other_is_a_takeover_of_its_own() -> None:
    kills = [Struck(action="kill", role="worker", pid=pid, at=at) for pid, at in ((7, 100.0), (8, 131.0))]
    claims = [a_claim(at=at, worker=worker) for worker, at in ((7, 95.0), (8, 130.0), (9, 165.0))]
    ledger, broken = draw_up(seen(claims=claims, struck=kills), config="x", seed=1)
    assert (ledger.longest_takeover_s, broken) == (34.0, [])


def test_a_worker_that_had_booked_what_it_did_leaves_nothing_to_take_over() -> None:
    done = a_claim(at=95.0, worker=7, booked_at=99.0)
    kill = Struck(action="kill", role="worker", pid=7, at=100.0)
    ledger, _ = draw_up(seen(claims=[done, a_claim(at=900.0, worker=8)], struck=[kill]), config="x", seed=1)
    assert ledger.longest_takeover_s == 0.0


def test_a_run_that_dies_after_it_has_told_its_result_went_as_it_told(tmp_path: Path) -> None:
    known = {"task_id": "a", "board": "greenhouse/acme", "epoch": 1, "launcher": 6, "worker": 7, "started": 1.0}
    lines = [{"event": "S", "pid": 5, "t": 1.0, **known}, {"event": "R", "pid": 5, "t": 2.0, "code": 0}]
    (tmp_path / JOURNAL).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    [one] = tries(tmp_path)
    assert (one.code, one.ended) == (0, 2.0)
