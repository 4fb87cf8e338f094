"""`jobalerts up` as a process on a home folder of its own, and what it has started."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.servers import free_port

STARTED_WITHIN_S = 90
STOPPED_WITHIN_S = 20
KEPT = ("PATH", "LANG", "HOME")


class Installation:
    """A home folder, a port, and the `up` that runs there now."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.output: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **environment: str) -> None:
        """Start and return at once."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        mine = {"JOBALERTS_HOME": str(self.home), "PORT": str(self.port)}
        self.output = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jobalerts", "up"], env=kept | mine | environment, cwd=self.home.parent,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()

    def await_start(self) -> None:
        self.await_line("jobalerts is running", STARTED_WITHIN_S)
        self.await_line("Ctrl-C", 5)

    def await_line(self, text: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not any(text in line for line in self.output):
            assert self.running.poll() is None, "up has ended:\n" + "".join(self.output)
            assert time.monotonic() < deadline, f"no {text!r} within {seconds} s:\n" + "".join(self.output)
            time.sleep(0.05)

    def await_end(self) -> int:
        """The exit code; fails when it takes longer than is promised."""
        code = self.running.wait(STOPPED_WITHIN_S + 2)
        self._close()
        return code

    def processes(self) -> list[psutil.Process]:
        """`up` and everything below it."""
        top = psutil.Process(self.running.pid)
        return [top, *top.children(recursive=True)]

    def kill(self) -> None:
        """kill -9 of `up` alone."""
        self.running.kill()
        self.running.wait()
        self._close()

    @property
    def running(self) -> subprocess.Popen[str]:
        assert self.process is not None
        return self.process

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.output.append(line)

    def _close(self) -> None:
        if self._reader:
            self._reader.join(5)
        if self.running.stdout:
            self.running.stdout.close()


@contextmanager
def installation(home: Path) -> Iterator[Installation]:
    """An installation of which nothing is left when the block ends."""
    found = Installation(home)
    try:
        yield found
    finally:
        if found.process and found.process.poll() is None:
            everything = found.processes()
            found.process.send_signal(signal.SIGTERM)
            _, alive = psutil.wait_procs(everything, timeout=STOPPED_WITHIN_S)
            for process in alive:
                process.kill()
            found.await_end()
        elif found.process:
            found._close()


def still_running(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended; a zombie has."""
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
