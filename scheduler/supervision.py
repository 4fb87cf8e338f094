"""Stays with one run until it and all it left behind are gone: keeps its output, and ends it past its limit."""

import contextlib
import os
import select
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from jobalerts.domain.retry import TIMEOUT
from jobalerts.runs import CRASHED, STOPPED, RunResult, result_from
from jobalerts.sql.attempts import TAIL_BYTES
from scheduler.launching import Run

CHUNK = 64 * 1024
LARGEST_LOG = 64 * 2**20
LARGEST_RESULT = 64 * 1024
GRACE_S = 3.0  # the run ends itself at its limit; this is for one that does not
LOOK_S = 0.1


class Output:
    """What a run printed: the whole of it, up to 64 MiB, in a file, and the last 64 KiB at hand.

    A full disk cuts the file, never the run: `trouble` says why, and the last 64 KiB are there all the same.
    """

    def __init__(self, folder: Path) -> None:
        self.trouble: str | None = None
        self._file: IO[bytes] | None = None
        self._size = 0
        self._tail = b""
        with self._noticing():
            folder.mkdir(parents=True, exist_ok=True)
            # Not buffered: what the disk has no room for is known at once, and not when the file is closed.
            self._file = tempfile.NamedTemporaryFile(dir=folder, prefix="output-", suffix=".log", buffering=0)  # noqa: SIM115

    @property
    def tail(self) -> str:
        """Its last 64 KiB; bytes that are not UTF-8 are marked, and NUL, which PostgreSQL refuses, is dropped."""
        text = self._tail.decode("utf-8", "replace").replace("\0", "")
        return text.encode()[-TAIL_BYTES:].decode("utf-8", "ignore")  # a mark is longer than what it stands for

    def chunks(self) -> Iterator[bytes]:
        """All that is in the file, and if that is not all, the end of it."""
        if self._file is not None:
            self._file.seek(0)
            while chunk := self._file.read(CHUNK):
                yield chunk
        if self.trouble is not None:
            yield f"\n[not kept: {self.trouble}; the end of it:]\n".encode()
            yield self._tail

    def add(self, data: bytes) -> None:
        if self._file is not None and self.trouble is None:
            with self._noticing():
                rest = memoryview(data)[: max(0, LARGEST_LOG - self._size)]
                while rest:
                    rest = rest[self._file.write(rest) :]
        self._size += len(data)
        self._tail = (self._tail + data)[-TAIL_BYTES:]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    @contextlib.contextmanager
    def _noticing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.trouble = error.strerror or str(error)


def supervise(run: Run, output: Output, *, limit: float, end: Callable[[Run], None]) -> RunResult:
    """Return how the run ended, by its own word, or by what was seen when it left none."""
    deadline = time.monotonic() + limit + GRACE_S
    is_overdue = False
    while not run.ended.is_set():
        _read_some(run, output)
        if not is_overdue and time.monotonic() > deadline:
            is_overdue = True
            end(run)
    os.set_blocking(run.output, False)
    while _read_now(run.output, output):
        pass
    result = _result(run)
    if result is not None:
        return result
    if is_overdue:
        return RunResult(outcome=TIMEOUT, message=f"time limit {limit:g} s exceeded")
    if run.code is None:
        return RunResult(outcome=STOPPED, message="the launcher of crawls died; it is started again")
    return RunResult(outcome=CRASHED, message=f"the run ended with code {run.code} and without a result")


def _read_some(run: Run, output: Output) -> None:
    if select.select([run.output], [], [], LOOK_S)[0] and not _read_now(run.output, output):
        run.ended.wait(LOOK_S)  # nobody writes any more: it is about to be reaped


def _read_now(descriptor: int, output: Output) -> int:
    try:
        data = os.read(descriptor, CHUNK)
    except BlockingIOError:
        return 0
    output.add(data)
    return len(data)


def _result(run: Run) -> RunResult | None:
    os.set_blocking(run.result, False)
    try:
        return result_from(os.read(run.result, LARGEST_RESULT))
    except (BlockingIOError, ValueError, TypeError):
        return None
