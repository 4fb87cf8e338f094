"""The processes of one installation: what is killed is started again after a moment, as a supervisor would."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import psutil

from tests.acceptance.programs import Programs
from tests.chaos.points import FIRED, fired

CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).resolve().parents[2]
COUNTS = {"web": 1, "scheduler": 2, "worker": 2, "mailer": 2}
LOOK_S = 0.05
LONGEST_PAUSE_S = 1.5
NEEDED = ("scheduler", "worker")  # for a takeover
MANY_SLOTS = {"WORKER_SLOTS": "4"}  # such a worker claims several tasks at once, one with two slots one by one
ORPHAN_AFTER_S = 40.0  # a run whose worker is gone ends itself after 20 s at the latest


class Fleet(Programs):
    """Programs by names like `worker-1`, with the named points of `tests.chaos.points`.

    `gaps` are the times (seconds since the epoch) in which no scheduler or no worker was alive and ready.
    """

    def __init__(self, home: Path, environment: Mapping[str, str], choice: random.Random) -> None:
        super().__init__(home, environment)
        self._choice = choice
        self._over = threading.Event()
        self._said_before: dict[str, int] = {}
        self._wake_at: dict[int, float] = {}
        self._ready: set[int] = set()
        self._lacking_since: float | None = None
        self.gaps: list[tuple[float, float]] = []
        self._guard = threading.Thread(target=self._supervise, name="supervisor", daemon=True)

    def __enter__(self) -> Self:
        for role, count in COUNTS.items():
            for index in range(1, count + 1):
                self.start(f"{role}-{index}", role)
        self._guard.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._guard.join()
        self.wake_all()
        super().__exit__(*error)
        for left in self.left():
            with contextlib.suppress(psutil.Error):
                left.kill()

    def start(self, name: str, *words: str) -> int:
        slots = MANY_SLOTS if name == "worker-2" else {}
        with (self.home / f"{name}.log").open("ab") as log:
            self._said_before[name] = log.tell()
            self._running[name] = subprocess.Popen(
                [sys.executable, str(CHILD), str(self.home), "-m", "jobalerts", *words],
                env={**self.environment, **slots, "PYTHONPATH": str(ROOT)},
                cwd=self.home,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self._running[name].pid

    def is_ready(self, role: str) -> bool:
        """Whether one of the role's programs lives and has said that it is ready."""
        return any(
            process.poll() is None and process.pid not in self._wake_at and self._has_said_so(name, process.pid)
            for name, process in list(self._running.items())
            if name.startswith(role)
        )

    def _has_said_so(self, name: str, pid: int) -> bool:
        if pid not in self._ready and b"ready" in (self.home / f"{name}.log").read_bytes()[self._said_before[name] :]:
            self._ready.add(pid)
        return pid in self._ready

    def processes(self, role: str) -> list[psutil.Process]:
        """The living processes of a role, the oldest first; `launcher`, `run` and `fetch` are below the workers.

        Of the site its main process and the one that answers.
        """
        if role == "web":
            return [one for main in self._of_program(role) for one in (main, *_children(main))]
        if role in COUNTS:
            return self._of_program(role)
        found = self._of_program("worker")
        for _generation in range(("launcher", "run", "fetch").index(role) + 1):
            found = [child for process in found for child in _children(process)]
        return sorted(found, key=lambda process: process.pid)

    def stop_for(self, process: psutil.Process, seconds: float, *, with_tree: bool = False) -> None:
        """SIGSTOP, and SIGCONT later."""
        tree = [process, *(_descendants(process) if with_tree else [])]
        for one in tree:
            with contextlib.suppress(psutil.Error):
                one.suspend()
                self._wake_at[one.pid] = time.monotonic() + seconds

    def stopped_itself(self, pid: int, seconds: float) -> None:
        """A process that stopped at a named point: wake it later."""
        self._wake_at.setdefault(pid, time.monotonic() + seconds)

    def wake_all(self) -> None:
        for pid in list(self._wake_at):
            self._wake(pid)

    def left(self) -> list[psutil.Process]:
        """What runs with our points or journal and belongs to no program of ours any more."""
        mine = str(self.home)
        return [
            process for process in psutil.process_iter()
            if any(mine in word for word in _command(process)) and process.pid != os.getpid()
        ]  # fmt: skip

    def orphans(self) -> list[str]:
        """Of these, what is old enough to have been ended by whoever watches over it."""
        ours = {process.pid for process in self._running.values()}
        with_trees = ours | {one.pid for pid in ours for one in _descendants_of(pid)}
        return [
            f"{one.pid} {_command(one)[-3:]}"
            for one in self.left()
            if one.pid not in with_trees and _age(one) > ORPHAN_AFTER_S
        ]

    def fired(self) -> list[dict[str, Any]]:
        return fired(self.home) if (self.home / FIRED).exists() else []

    def _of_program(self, role: str) -> list[psutil.Process]:
        found = []
        for name, process in sorted(self._running.items()):
            if name.startswith(role) and process.poll() is None:
                with contextlib.suppress(psutil.NoSuchProcess):
                    found.append(psutil.Process(process.pid))
        return found

    def _supervise(self) -> None:
        again: dict[str, float] = {}
        while not self._over.wait(LOOK_S):
            now = time.monotonic()
            for name, process in list(self._running.items()):
                if process.poll() is None:
                    continue
                if name not in again:
                    again[name] = now + self._choice.uniform(0, LONGEST_PAUSE_S)
                elif now >= again[name]:
                    del again[name]
                    self.start(name, name.split("-")[0])
            for pid, moment in list(self._wake_at.items()):
                if now >= moment:
                    self._wake(pid)
            self._note_gaps(time.time())

    def _note_gaps(self, now: float) -> None:
        is_lacking = not all(self.is_ready(role) for role in NEEDED)
        if is_lacking and self._lacking_since is None:
            self._lacking_since = now
        elif not is_lacking and self._lacking_since is not None:
            self.gaps.append((self._lacking_since, now))
            self._lacking_since = None

    def _wake(self, pid: int) -> None:
        self._wake_at.pop(pid, None)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def _children(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return [child for child in process.children() if child.status() != psutil.STATUS_ZOMBIE]
    return []


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return process.children(recursive=True)
    return []


def _descendants_of(pid: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return _descendants(psutil.Process(pid))
    return []


def _age(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.Error):
        if process.status() != psutil.STATUS_ZOMBIE:
            return time.time() - process.create_time()
    return 0.0


def _command(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []
