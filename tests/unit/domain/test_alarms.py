"""When the operator is told, on both sides of each limit."""

from dataclasses import replace

import pytest

from jobalerts.domain.alarms import Gauges, Loop, alarms

LIMIT_S = 300.0


def loop(program: str = "scheduler", work: str = "task sweeper", silent: float = 1.0, **rest: float) -> Loop:
    return Loop(
        program=program, work=work, process="host:1", silent=silent, process_silent=rest.get("process_silent", 1.0)
    )


WELL = Gauges(
    oldest_running=None, oldest_waiting=None, oldest_message=None, oldest_mail=None, mails_waiting=0,
    workers=1, free_slots=2, loops=(loop(), loop("mailer", "planner")),
)  # fmt: skip


def keys(gauges: Gauges) -> list[str]:
    return [alarm.key for alarm in alarms(gauges, time_limit=LIMIT_S)]


def test_nothing_is_told_while_all_is_well() -> None:
    assert keys(WELL) == []


@pytest.mark.parametrize(
    ("name", "well", "over", "key"),
    [
        ("oldest_running", 390, 391, "running"),
        ("oldest_waiting", 600, 601, "waiting"),
        ("oldest_message", 300, 301, "messages"),
        ("oldest_mail", 900, 901, "mails"),
        ("oldest_posting", 600, 601, "postings"),
    ],
)
def test_what_is_older_than_its_limit_is_told(name: str, well: float, over: float, key: str) -> None:
    assert keys(replace(WELL, **{name: well})) == []  # type: ignore[arg-type]
    assert keys(replace(WELL, **{name: over})) == [key]  # type: ignore[arg-type]


def test_a_task_that_waits_for_a_slot_is_no_alarm() -> None:
    assert keys(replace(WELL, oldest_waiting=10_000, free_slots=0)) == []


def test_missing_programs_are_told() -> None:
    gone = replace(WELL, workers=0, loops=(loop(process_silent=61), loop("mailer", "planner", process_silent=59)))
    assert keys(gone) == ["no scheduler", "no worker"]


def test_a_loop_that_stands_still_is_told_unless_it_goes_round_elsewhere() -> None:
    still = replace(WELL, loops=(*WELL.loops, loop(work="relay", silent=61)))
    assert keys(still) == ["loop scheduler relay"]
    elsewhere = replace(still, loops=(*still.loops, loop(work="relay", silent=3)))
    assert keys(elsewhere) == []


def test_a_loop_of_a_process_that_is_gone_is_no_alarm_of_its_own() -> None:
    gone = loop(work="relay", silent=500, process_silent=500)
    assert keys(replace(WELL, loops=(*WELL.loops, gone))) == []
