"""Programs on their own: with a database that refuses, one line and exit 2; a killed site leaves nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import urllib3
from sqlalchemy import Engine

from tests.servers import free_port

PROGRAMS = ("web", "scheduler", "worker", "mailer")
ENDS_WITHIN_S = 60


def refused(program: str, database_url: str, home: Path) -> str:
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ} | {
        "JOBALERTS_HOME": str(home / "var"),
        "DATABASE_URL": database_url,
        "MONGODB_URL": "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200",
        "SMTP_URL": "smtp://127.0.0.1:1",
        "PORT": str(free_port()),
        "COLUMNS": "80",
    }
    done = subprocess.run(
        [sys.executable, "-m", "jobalerts", program], env=environment, cwd=home, capture_output=True, text=True,
        check=False, timeout=ENDS_WITHIN_S,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("jobalerts: ")
    return line


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_database_where_nobody_answers_is_one_line(program: str, tmp_path: Path) -> None:
    port = free_port()
    line = refused(program, f"postgresql://nobody:secret@127.0.0.1:{port}/none", tmp_path)
    assert "the SQL database does not answer" in line
    assert "Connection refused" in line
    assert str(port) in line
    assert "secret" not in line


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_server_without_that_database_is_one_line(program: str, postgres_url: str, tmp_path: Path) -> None:
    line = refused(program, f"{postgres_url}_of_nobody", tmp_path)
    assert "does not exist" in line


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_server_that_does_not_know_us_is_one_line(program: str, postgres_url: str, tmp_path: Path) -> None:
    line = refused(program, postgres_url.replace("//jobalerts@", "//stranger:secret@"), tmp_path)
    assert 'role "stranger" does not exist' in line
    assert "secret" not in line


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_database_that_nobody_has_made_is_one_line(program: str, tmp_path: Path) -> None:
    line = refused(program, f"sqlite:///{tmp_path}/none.db", tmp_path)
    assert f"there is no database {tmp_path}/none.db yet" in line
    assert "jobalerts migrate" in line


@pytest.fixture
def site(mongodb_url: str, sqlite_engine: Engine, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts the site, always on the same port, and returns once it answers."""
    port = free_port()
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ} | {
        "JOBALERTS_HOME": str(tmp_path / "var"), "DATABASE_URL": str(sqlite_engine.url), "MONGODB_URL": mongodb_url,
        "SMTP_URL": "smtp://127.0.0.1:1", "PORT": str(port),
    }  # fmt: skip
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "jobalerts", "web"]
        started.append(subprocess.Popen(command, env=environment, cwd=tmp_path, start_new_session=True))
        deadline = time.monotonic() + ENDS_WITHIN_S
        while not is_alive(port):
            assert started[-1].poll() is None, "the site has ended"
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return started[-1]

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def is_alive(port: int) -> bool:
    with contextlib.suppress(urllib3.exceptions.HTTPError):
        return urllib3.request("GET", f"http://127.0.0.1:{port}/healthz", retries=False, timeout=5).status == 200
    return False


def test_a_site_whose_main_process_is_killed_frees_its_port(site: Callable[[], subprocess.Popen[bytes]]) -> None:
    first = site()
    children = psutil.Process(first.pid).children(recursive=True)
    assert children
    first.kill()
    first.wait()
    gone, alive = psutil.wait_procs(children, timeout=ENDS_WITHIN_S)
    assert (len(gone), alive) == (len(children), [])
    second = site()
    assert second.poll() is None
