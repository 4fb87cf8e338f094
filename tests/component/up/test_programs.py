"""Children of `up`, with small real processes in place of the programs."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from jobalerts.embedded import records
from jobalerts.embedded.home import owned, reclaim
from jobalerts.embedded.programs import Programs
from jobalerts.errors import ConfigError

WAIT_S = 20

POLITE = """
import signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print(child.pid, flush=True)
signal.sigwait([signal.SIGTERM])
"""
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
)
CRASHING = "print('ERROR out of ideas', flush=True); raise SystemExit(1)"
MISCONFIGURED = "print('PORT: must be a number', flush=True); raise SystemExit(2)"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("run", "logs"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def running(home: Path, told: list[str]) -> Iterator[Callable[[str], Programs]]:
    made: list[Programs] = []

    def start(code: str) -> Programs:
        programs = Programs(
            home=home, tell=lambda name, text: told.append(f"{name}: {text}"), command=(sys.executable, "-c", code)
        )
        made.append(programs)
        programs.start(["web"])
        return programs

    yield start
    for programs in made:
        programs.stop()


def until(condition: Callable[[], object], programs: Programs | None = None) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        if programs:
            programs.look()
        time.sleep(0.05)


def log_of(home: Path) -> str:
    return (home / "logs" / "web.log").read_text()


def test_stopping_ends_a_program_and_what_it_started_in_a_session_of_its_own(
    home: Path, running: Callable[[str], Programs]
) -> None:
    programs = running(POLITE)
    until(lambda: log_of(home).strip())
    grandchild = psutil.Process(int(log_of(home)))
    programs.stop()
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE
    assert records.read(home, "web") is None


def test_a_program_that_ignores_sigterm_is_killed(home: Path, running: Callable[[str], Programs]) -> None:
    programs = running(STUBBORN)
    until(lambda: "deaf" in log_of(home))
    record = records.read(home, "web")
    assert record is not None
    programs.stop()
    assert not records.is_alive(record)


def test_a_crashed_program_is_started_again_and_a_person_is_told(
    running: Callable[[str], Programs], told: list[str]
) -> None:
    programs = running(CRASHING)
    until(lambda: programs.running[0].starts == 2, programs)
    assert "web: ERROR out of ideas" in told
    assert "web: ended with code 1 (ERROR out of ideas); starting again in 1 s" in told


def test_a_killed_program_is_started_again(home: Path, running: Callable[[str], Programs], told: list[str]) -> None:
    programs = running(POLITE)
    until(lambda: log_of(home).strip())
    process = programs.running[0].process
    assert process is not None
    process.kill()
    until(lambda: programs.running[0].starts == 2, programs)
    assert any("ended by SIGKILL" in line for line in told)


def test_wrong_settings_end_everything_with_the_program_s_own_line(running: Callable[[str], Programs]) -> None:
    programs = running(MISCONFIGURED)
    with pytest.raises(ConfigError, match="web does not start: PORT: must be a number"):
        until(lambda: False, programs)


def test_what_a_killed_up_left_is_ended_by_the_next_one(home: Path) -> None:
    left = subprocess.Popen([sys.executable, "-c", POLITE], stdout=subprocess.PIPE, start_new_session=True)
    assert left.stdout is not None
    grandchild = psutil.Process(int(left.stdout.readline()))
    record = records.record_of("worker", left.pid)
    assert record is not None
    records.write(home, record)
    assert reclaim(home) == ["worker"]
    left.stdout.close()
    left.wait(5)
    assert not records.is_alive(record)
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE
    assert records.every(home) == []


def test_a_stranger_who_got_the_recorded_number_is_left_alone(home: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        records.write(home, records.Record(name="worker", pid=stranger.pid, started=12345.0))
        assert reclaim(home) == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_home_has_one_owner_at_a_time(home: Path) -> None:
    with owned(home), pytest.raises(ConfigError, match=f"already runs on .* \\(process {os.getpid()}\\)"), owned(home):
        pass
    with owned(home):
        pass


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"JOBALERTS_HOME: cannot write .*file/var"), owned(tmp_path / "file" / "var"):
        pass
