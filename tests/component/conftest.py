"""What all tests that run crawls share: a launcher with Scrapy loaded, runs under their boards' locks, and boards."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from jobalerts import host_locks
from jobalerts.runs import RunOrder
from scheduler.launching import Launcher, Run
from tests.component.scheduler.boards_on_loopback import Boards

ENDED_WITHIN_S = 30


class LaunchLocked(Protocol):
    """Launch a run as a worker does, under a lock of the host."""

    def __call__(self, lock_key: str, job: dict[str, Any], order: RunOrder) -> Run: ...


@pytest.fixture(scope="session")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    launcher = Launcher(tmp_path_factory.mktemp("launcher"))
    launcher.start()
    yield launcher
    launcher.close()


@pytest.fixture
def launch_locked(launcher: Launcher, tmp_path: Path) -> Iterator[LaunchLocked]:
    """The locks are in `tmp_path`; what still runs after the test is stopped."""
    runs: list[Run] = []

    def launch(lock_key: str, job: dict[str, Any], order: RunOrder) -> Run:
        lock = host_locks.acquire(tmp_path, lock_key, patience=0, stop=threading.Event())
        assert lock is not None
        try:
            runs.append(launcher.launch(f"run {time.monotonic_ns()}", job, order, lock=lock))
        finally:
            os.close(lock)
        return runs[-1]

    yield launch
    for run in runs:
        run.stop()
        assert run.ended.wait(ENDED_WITHIN_S)
        run.close()


@pytest.fixture
def loopback_boards() -> Iterator[Boards]:
    with Boards() as boards_:
        yield boards_
