"""`jobalerts up` for real: what it starts, says, stops and takes over."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import urllib3

from tests.component.up.installation import Installation, installation, still_running
from tests.servers import free_port

ROOT = Path(__file__).parents[3]


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "var") as found:
        yield found


def status(url: str) -> int:
    return urllib3.request("GET", url, timeout=10, retries=False, redirect=False).status


def refused(up: Installation, **environment: str) -> str:
    """What `up` prints when it does not start: one line and exit 2, no traceback."""
    up.start(**environment)
    assert up.await_end() == 2, up.output
    lines = [line for line in up.output if line.startswith("jobalerts: ")]
    assert len(lines) == 1
    assert len(up.output) == 1
    return lines[0]


def test_it_starts_says_where_it_is_and_stops_all_on_sigterm(up: Installation) -> None:
    up.start()
    up.await_start()
    assert status(f"{up.site}/") == status(f"{up.site}/readyz") == 200
    assert re.search(rf"Admin +{up.site}/sign-in/\S{{40,}}", "".join(up.output))
    everything = up.processes()
    names = " ".join(" ".join(process.cmdline()) for process in everything)
    assert all(word in names for word in ("mongod", "jobalerts web", "scheduler", "worker", "mailer"))
    up.running.send_signal(signal.SIGTERM)
    assert up.await_end() == 0
    assert still_running(everything) == []
    assert list((up.home / "run").glob("*.json")) == []


def test_ctrl_c_in_the_terminal_stops_all(up: Installation) -> None:
    up.start()
    up.await_start()
    everything = up.processes()
    os.killpg(up.running.pid, signal.SIGINT)
    assert up.await_end() == 0
    assert still_running(everything) == []


def test_after_a_kill_the_next_start_takes_over(up: Installation) -> None:
    up.start()
    up.await_start()
    left = [process for process in up.processes() if process.pid != up.running.pid]
    up.kill()
    assert still_running(left)
    up.start()
    up.await_start()
    assert still_running(left) == []
    assert any("ended what an earlier run left" in line for line in up.output)
    assert status(f"{up.site}/readyz") == 200


def test_a_killed_mongod_is_started_again(up: Installation) -> None:
    up.start()
    up.await_start()
    mongod = next(process for process in up.processes() if process.name() == "mongod")
    mongod.kill()
    up.await_line("was started again", 30)
    assert status(f"{up.site}/readyz") == 200


def test_what_is_configured_is_used_and_not_started(
    up: Installation, mongodb_url: str, mongodb_database: str, postgres_url: str, rabbitmq_url: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as relay:
        up.start(
            MONGODB_URL=mongodb_url,
            MONGODB_DATABASE=mongodb_database,
            DATABASE_URL=postgres_url,
            BROKER_URL=rabbitmq_url,
            SMTP_URL=f"smtp://127.0.0.1:{relay.getsockname()[1]}",
        )
        up.await_start()
        assert status(f"{up.site}/readyz") == 200
        assert "mongod" not in {process.name() for process in up.processes()}
        assert not any(word in "".join(up.output) for word in ("outbox", "Demo"))
        assert not (up.home / "jobalerts.db").exists()
        up.running.terminate()
        assert up.await_end() == 0


def test_a_second_one_on_the_same_folder_is_refused(up: Installation, tmp_path: Path) -> None:
    up.start()
    up.await_start()
    with installation(tmp_path / "var") as second:
        assert f"it already runs on {tmp_path / 'var'} (process {up.running.pid})" in refused(second)
    assert status(f"{up.site}/") == 200


def test_a_port_in_use_is_named(up: Installation) -> None:
    with socket.create_server(("127.0.0.1", up.port)):
        assert f"PORT: 127.0.0.1:{up.port} is in use" in refused(up)
    assert not [process for process in psutil.process_iter(["cmdline"]) if str(up.home) in str(process.info["cmdline"])]


def test_an_address_of_another_machine_is_named(up: Installation) -> None:
    assert "BIND_ADDRESS: 192.0.2.1 is no address of this machine" in refused(up, BIND_ADDRESS="192.0.2.1")


def test_a_folder_that_cannot_be_written_is_named(up: Installation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "JOBALERTS_HOME: cannot write" in refused(up, JOBALERTS_HOME=str(tmp_path / "file" / "var"))


def test_a_wrong_setting_is_named(up: Installation) -> None:
    assert "PORT" in refused(up, PORT="eighty")


def test_an_old_python_is_one_line() -> None:
    script = (ROOT / "tools" / "check_python.py").read_text()
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.version_info = (3, 9, 2)\n{script}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert done.stderr.startswith("jobalerts needs Python 3.11 or newer")
    assert len(done.stderr.splitlines()) == 1


def test_a_broker_that_is_away_is_named_at_the_start(up: Installation) -> None:
    up.start(BROKER_URL=f"amqp://guest:guest@127.0.0.1:{free_port()}/")
    up.await_start()
    up.await_line("RabbitMQ (BROKER_URL) does not answer", 10)
    assert status(f"{up.site}/readyz") == 503
    assert status(f"{up.site}/") == 200
    deadline = time.monotonic() + 30
    while b"RabbitMQ does not answer. Nothing is lost" not in urllib3.request("GET", f"{up.site}/stats").data:
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_a_database_that_refuses_is_one_line(up: Installation) -> None:
    said = refused(up, DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    assert "the SQL database does not answer" in said
    assert "Connection refused" in said
