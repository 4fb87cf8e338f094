"""The embedded mongod: started, killed, moved, and what the store of postings makes of its absence."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from jobalerts.embedded import mongod
from jobalerts.embedded.mongod import Mongod
from jobalerts.errors import ConfigError, TemporaryError
from jobalerts.mongo.store import open_store
from tests.contract.board_crawls import BOARD, a_posting

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[list[Mongod]]:
    """The mongods a test started, ended after it."""
    started: list[Mongod] = []
    yield started
    for one in started:
        one.stop()


def count(url: str) -> int:
    store = open_store(url, "jobalerts")
    found = store.counts(NOW)["open"]
    store.close()
    return found


def test_what_was_saved_outlives_a_killed_mongod_on_the_same_port(tmp_path: Path, running: list[Mongod]) -> None:
    first = mongod.start(tmp_path)
    running.append(first)
    store = open_store(first.url, "jobalerts")
    store.prepare()
    store.save(BOARD, [a_posting("1")], epoch=1, now=NOW, first_crawl=False, is_demo=False)
    os.kill(first.pid, signal.SIGKILL)
    first.process.wait()
    with pytest.raises(TemporaryError, match="MongoDB does not answer"):
        store.save(BOARD, [a_posting("2")], epoch=1, now=NOW, first_crawl=False, is_demo=False)
    second = mongod.start(tmp_path)
    running.append(second)
    assert second.url == first.url
    store.save(BOARD, [a_posting("2")], epoch=1, now=NOW, first_crawl=False, is_demo=False)
    assert store.counts(NOW)["open"] == 2, "the same store goes on"
    store.close()


def test_one_that_an_earlier_run_left_is_ended(tmp_path: Path, running: list[Mongod]) -> None:
    left = mongod.start(tmp_path)
    running.append(left)
    now = mongod.start(tmp_path)
    running.append(now)
    assert left.process.poll() is not None
    assert psutil.pid_exists(now.pid)
    assert count(now.url) == 0


def test_a_lock_file_that_names_a_stranger_ends_nobody(tmp_path: Path) -> None:
    (tmp_path / "mongod.lock").write_text(f"{os.getpid()}\n")
    mongod.end_left_over(tmp_path)
    (tmp_path / "mongod.lock").write_text("nonsense")
    mongod.end_left_over(tmp_path)


def test_when_its_port_is_taken_it_moves_and_is_primary_there(tmp_path: Path, running: list[Mongod]) -> None:
    first = mongod.start(tmp_path)
    store = open_store(first.url, "jobalerts")
    store.save(BOARD, [a_posting("1")], epoch=1, now=NOW, first_crawl=False, is_demo=False)
    store.close()
    first.stop()
    port = int((tmp_path / "mongo" / "port").read_text())
    with socket.create_server(("127.0.0.1", port)) as stranger:
        threading.Thread(target=_hang_up, args=(stranger,), daemon=True).start()
        moved = mongod.start(tmp_path)
        running.append(moved)
        assert moved.url != first.url
        assert count(moved.url) == 1
        stranger.shutdown(socket.SHUT_RDWR)


def _hang_up(stranger: socket.socket) -> None:
    while True:
        try:
            stranger.accept()[0].close()
        except OSError:
            return


def test_it_listens_on_loopback_only(tmp_path: Path, running: list[Mongod]) -> None:
    one = mongod.start(tmp_path)
    running.append(one)
    listening = [
        connection.laddr.ip
        for connection in psutil.Process(one.pid).net_connections("all")
        if connection.status == psutil.CONN_LISTEN or isinstance(connection.laddr, str)
    ]
    assert listening == ["127.0.0.1"]


def test_data_of_something_else_is_one_line_that_names_the_log(tmp_path: Path) -> None:
    (tmp_path / "mongo" / "db").mkdir(parents=True)
    (tmp_path / "mongo" / "db" / "WiredTiger").write_text("nonsense")
    (tmp_path / "mongo" / "db" / "storage.bson").write_text("nonsense")
    with pytest.raises(ConfigError, match=r"mongod ended at its start with code \d+: see .*mongod\.log"):
        mongod.start(tmp_path)


def test_an_address_that_is_none_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match="MONGODB_URL"):
        open_store("mongodb://", "jobalerts")
    with pytest.raises(ConfigError, match="jobalerts up"):
        open_store("", "jobalerts")


def a_binary(folder: Path, script: str) -> str:
    path = folder / "fiftyone" / "db" / "bin" / "mongod"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(folder)


def test_a_machine_without_libcurl_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file"
    monkeypatch.setattr(sys, "path", [a_binary(tmp_path / "site", f"echo '{said}' >&2; exit 127")])
    with pytest.raises(ConfigError, match=r"needs libcurl.*apt install libcurl4.*MONGODB_URL"):
        mongod.start(tmp_path)


def test_a_machine_without_mongod_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="no mongod found: run `make install`"):
        mongod.start(tmp_path)
