"""The worker's side of the launcher: one process with Scrapy loaded, asked over a Unix socket to fork runs."""

import array
import contextlib
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from jobalerts.errors import TemporaryError
from jobalerts.runs import RunOrder, to_bytes

START_S = 90.0  # it loads Scrapy, and tables of places and languages
ANSWER_S = 20.0
GOODBYE_S = 1.0  # its runs have ended by then


@dataclass(slots=True, kw_only=True)
class Run:
    """One forked run. `output` and `result` are read ends; `ended` is set when the process and all it left are gone,
    or when the launcher died, which alone could tell: then there is no `code`.
    """

    id: str
    output: int
    result: int
    beat_pipe: int
    code: int | None = None
    pid: int | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_beating: bool = True

    def beat(self) -> None:
        """Tell the run that its lease is renewed."""
        with self._lock, contextlib.suppress(OSError):
            if self._is_beating:
                os.write(self.beat_pipe, b".")

    def stop(self) -> None:
        """End the beat: the run kills its whole tree and itself."""
        with self._lock:
            if self._is_beating:
                self._is_beating = False
                os.close(self.beat_pipe)

    def close(self) -> None:
        self.stop()
        os.close(self.output)
        os.close(self.result)


class Launcher:
    """Starts the launcher process when it is first needed, and again after it died."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def launch(self, name: str, job: Mapping[str, Any], order: RunOrder, *, lock: int) -> Run:
        """Fork a run that inherits `lock`; TemporaryError when the launcher does not answer."""
        with self._lock:
            if self._connection is None or not self._connection.is_alive:
                self._connection = Connection(self._folder)
            return self._connection.launch(name, job, order, lock)

    def start(self) -> None:
        """Have it loaded before the first run is needed; once more when it dies of that."""
        with self._lock:
            try:
                self._connection = self._connection or Connection(self._folder)
            except TemporaryError:
                self._connection = Connection(self._folder)

    def end(self, run: Run) -> None:
        """Kill a run that does not end by itself."""
        with self._lock:
            if self._connection is not None and self._connection.is_alive:
                self._connection.ask({"end": run.id}, [])

    def close(self) -> None:
        """End the launcher and whatever it runs."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()


class Connection:
    """One launcher process and the runs it was asked for. Used under the Launcher's lock."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._socket, theirs = socket.socketpair()
        self._answers: queue.SimpleQueue[Mapping[str, Any] | None] = queue.SimpleQueue()
        self._runs: dict[str, Run] = {}
        self.is_alive = True
        # No variable of ours: addresses and credentials go to each run through its own pipe.
        environment = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "crawler.launcher", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches the worker, which hands its tasks back first
            )
        threading.Thread(target=self._listen, name="launcher", daemon=True).start()
        self._answer(START_S)

    def launch(self, name: str, job: Mapping[str, Any], order: RunOrder, lock: int) -> Run:
        with contextlib.ExitStack() as theirs:
            output, output_end = _pipe(theirs, read_is_ours=True)
            result, result_end = _pipe(theirs, read_is_ours=True)
            order_write, order_end = _pipe(theirs, read_is_ours=False)
            beat, beat_end = _pipe(theirs, read_is_ours=False)
            os.write(order_write, to_bytes(order))
            os.close(order_write)
            run = Run(id=name, output=output, result=result, beat_pipe=beat)
            self._runs[name] = run
            try:
                given = [output_end, result_end, order_end, beat_end, lock]
                run.pid = self.ask({"id": name, "job": dict(job)}, given)["pid"]
            except TemporaryError:
                run.close()
                raise
            return run

    def ask(self, message: Mapping[str, Any], descriptors: list[int]) -> Mapping[str, Any]:
        data = orjson.dumps(message)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        try:
            self._socket.sendmsg([data], rights)
        except OSError as error:
            raise TemporaryError(f"the launcher of crawls is gone: {error.strerror}") from None
        return self._answer()

    def close(self) -> None:
        with contextlib.suppress(OSError):  # closing alone would leave it open under the listening thread
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        try:
            self._process.wait(GOODBYE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answer(self, patience: float = ANSWER_S) -> Mapping[str, Any]:
        try:
            answer = self._answers.get(timeout=patience)
        except queue.Empty:
            answer = None
        if answer is None:
            self._process.kill()
            raise TemporaryError("the launcher of crawls does not answer; it is started again")
        return answer

    def _listen(self) -> None:
        for message in _messages(self._socket):
            if "ended" in message:
                self._end(str(message["ended"]), int(message["code"]))
            else:
                self._answers.put(message)
        self.is_alive = False
        self._answers.put(None)
        for run in list(self._runs.values()):
            run.stop()
            self._end(run.id, None)
        self._process.wait()

    def _end(self, name: str, code: int | None) -> None:
        run = self._runs.pop(name, None)
        if run is not None:
            run.code = code
            run.ended.set()


def _messages(connection: socket.socket) -> Iterator[Mapping[str, Any]]:
    with contextlib.suppress(OSError), connection.makefile("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


def _pipe(theirs: contextlib.ExitStack, *, read_is_ours: bool) -> tuple[int, int]:
    """(our end, the run's end); the run's end is closed here when the stack is left."""
    read_end, write_end = os.pipe()
    ours, other = (read_end, write_end) if read_is_ours else (write_end, read_end)
    theirs.callback(os.close, other)
    return ours, other
