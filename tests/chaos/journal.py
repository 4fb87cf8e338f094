"""What runs say of themselves, line by line in a file outside the system, and a lock that tells two at once.

Written by the run's own process: `S` when it starts to store, with its task, epoch and worker; `R` when it has told its
worker how it went, and `E` when it has ended by itself, both with its exit code; `O` when another process of a run of
the same board still lived at its start. The lock is another one than the product's, and held like that until the last
process that inherited it is gone.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from jobalerts.domain.retry import SUCCESS

JOURNAL = "runs.log"
GRACE_S = 0.05  # a killed process lets go of its descriptors one after the other


@dataclass(frozen=True, kw_only=True)
class Try:
    """One run of a task: who ran it, when it started, and when it said how it went, if it did (seconds, epoch)."""

    task_id: str
    board: str
    epoch: int
    pid: int
    launcher: int
    worker: int
    started: float
    ended: float | None
    code: int | None


class Journal:
    """Used in the run's process, around the product's own functions."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._began = 0.0
        self._lock = -1

    def around_run(self, run: Callable[..., int]) -> Callable[..., int]:
        def call(job: bytes, pipes: Any, **named: Any) -> int:
            board = json.loads(job)
            self._enter(f"{board['source']}/{board['token']}")
            code = run(job, pipes, **named)
            self._write({"event": "E", "code": code})
            return code

        return call

    def around_report(self, report: Callable[..., None]) -> Callable[..., None]:
        """What was told stands, also when the run dies before it has ended."""

        def call(own: Any, result: Any) -> None:
            report(own, result)
            self._write({"event": "R", "code": 0 if result.outcome == SUCCESS else 1})

        return call

    def around_store_all(self, store_all: Callable[..., Any]) -> Callable[..., Any]:
        def call(fetched: Any, order: Any) -> Any:
            self._write({"event": "S", "task_id": order.task_id, "epoch": order.epoch, "board": order.board,
                         "started": self._began, **_parents()})  # fmt: skip
            return store_all(fetched, order)

        return call

    def _enter(self, board: str) -> None:
        self._began = time.time()
        folder = self._folder / "locks"
        folder.mkdir(exist_ok=True)
        self._lock = os.open(folder / board.replace("/", "_"), os.O_RDWR | os.O_CREAT, 0o644)
        os.set_inheritable(self._lock, True)
        deadline = time.monotonic() + GRACE_S
        while True:
            try:
                return fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return self._write({"event": "O", "board": board})

    def _write(self, line: dict[str, Any]) -> None:
        data = json.dumps({**line, "pid": os.getpid(), "t": time.time()}) + "\n"
        descriptor = os.open(self._folder / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(descriptor, data.encode())
        os.close(descriptor)


def tries(folder: Path) -> list[Try]:
    """Every run that started, in order."""
    lines = _lines(folder)
    ends: dict[int, dict[str, Any]] = {}
    for line in lines:
        if line["event"] in "RE":
            ends.setdefault(line["pid"], line)
    found = []
    for line in lines:
        if line["event"] == "S":
            end = ends.get(line["pid"], {})
            found.append(
                Try(
                    **{name: line[name] for name in ("task_id", "board", "epoch", "pid", "launcher", "worker")},
                    started=line["started"],
                    ended=end.get("t"),
                    code=end.get("code"),
                )
            )
    return found


def overlaps(folder: Path) -> int:
    """How often a run started while a process of another run of its board lived."""
    return sum(line["event"] == "O" for line in _lines(folder))


def _lines(folder: Path) -> list[dict[str, Any]]:
    path = folder / JOURNAL
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _parents() -> dict[str, int]:
    launcher = os.getppid()
    try:
        worker = psutil.Process(launcher).ppid()
    except psutil.Error:
        worker = 0
    return {"launcher": launcher, "worker": worker}
