"""Each program on its own with a database that refuses: one line that names the setting or the server, and exit 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
