"""What the processes of one run took: seconds, and memory at its peak."""

import contextlib
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

LOOK_S = 0.02
KIB = 1024


@dataclass(slots=True)
class Peak:
    """Of the processes below (and with) `pid`, until it is told to stop. In bytes.

    `resident` is the most that one process had resident at any moment (the kernel's own high-water mark), pages shared
    with the launcher it was forked from included; `own` is the most that all of them together had for themselves.
    """

    pid: int
    resident: int = 0
    own: int = 0
    began: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> "Peak":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        self.seconds = time.monotonic() - self.began
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_S):
            own = 0
            for pid in _family(self.pid):
                with contextlib.suppress(OSError):  # it is over
                    self.resident = max(self.resident, _kibibytes(pid, "status", "VmHWM:"))
                    own += _kibibytes(pid, "smaps_rollup", "Private_Dirty:", "Private_Clean:")
            self.own = max(self.own, own)


def _family(pid: int) -> list[int]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    return []


def _kibibytes(pid: int, file: str, *names: str) -> int:
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    return sum(int(line.split()[1]) * KIB for line in lines if line.startswith(names))
