"""How long `up` waits before it starts a program again, and which log lines a person sees."""

import json

import pytest

from jobalerts.embedded.log_files import loud
from jobalerts.embedded.programs import restart_delay


@pytest.mark.parametrize(("crashes", "seconds"), [(1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (1000, 30)])
def test_the_wait_doubles_with_each_crash_up_to_half_a_minute(crashes: int, seconds: float) -> None:
    assert restart_delay(crashes) == seconds


def test_a_warning_is_shown_in_words() -> None:
    line = json.dumps({"level": "warning", "event": "board blocked", "board": "lever/x", "timestamp": "…"})
    assert loud(line) == "warning: board blocked board=lever/x"


@pytest.mark.parametrize("line", ['{"level": "info", "event": "crawled"}', "[]", "", "Traceback", "INFO x started"])
def test_what_is_no_warning_stays_in_the_file(line: str) -> None:
    assert loud(line) is None


def test_a_warning_of_a_library_is_shown_as_it_is() -> None:
    assert loud("WARNING pika connection lost") == "WARNING pika connection lost"
