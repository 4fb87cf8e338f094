"""Ends a run, its whole tree with it, when its worker is gone, falls silent, or the time limit passes."""

import os
import select
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from crawler.process_trees import end_descendants
from jobalerts.domain.retry import TIMEOUT
from jobalerts.runs import STOPPED, RunResult

SILENCE_S = 20.0  # a worker renews every 10 s; its lease is over after 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchdog:
    """`beat` is the read end of a pipe the worker writes a byte to at every renewal, None when there is no worker."""

    time_limit: float
    report: Callable[[RunResult], None]
    beat: int | None = None
    silence: float = SILENCE_S

    def start(self) -> None:
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def _watch(self) -> None:
        result = self._wait_for_reason(time.monotonic() + self.time_limit)
        try:
            self.report(result)  # first: what the run says when its children are gone comes too late
        finally:  # whoever would hear it may be gone too
            end_descendants(os.getpid())
            os._exit(1)

    def _wait_for_reason(self, deadline: float) -> RunResult:
        silent_at = time.monotonic() + self.silence
        while time.monotonic() < deadline:
            if self.beat is None:
                time.sleep(max(0.0, deadline - time.monotonic()))
                continue
            wait = max(0.0, min(deadline, silent_at) - time.monotonic())
            if select.select([self.beat], [], [], wait)[0]:
                if not os.read(self.beat, 4096):
                    return RunResult(outcome=STOPPED, message="the worker ended the run")
                silent_at = time.monotonic() + self.silence
            elif time.monotonic() >= silent_at:
                return RunResult(outcome=STOPPED, message=f"no sign of the worker for {self.silence:g} s")
        return RunResult(outcome=TIMEOUT, message=f"time limit {self.time_limit:g} s exceeded")
