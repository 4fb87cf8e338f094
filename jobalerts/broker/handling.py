"""Runs the handler in a thread of its own, so that the connection or the lease is looked after meanwhile."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import structlog

from jobalerts.broker import Message
from jobalerts.broker.bodies import decode
from jobalerts.errors import PermanentError, TemporaryError

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 30.0
LONGEST_REASON = 2_000

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a message: `done`, `dead` for a reason, or `back` in its queue because we stop."""

    kind: Literal["done", "dead", "back"]
    reason: str = ""


class Handling:
    """One message at a time; any error but TemporaryError and PermanentError comes out of the future."""

    def __init__(self, handle: Callable[[Message], None], stop: threading.Event) -> None:
        self._handle = handle
        self._stop = stop
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="handler")

    def start(self, queue: str, raw: str | bytes) -> Future[Verdict]:
        return self._executor.submit(self._judge, queue, raw)

    def close(self) -> None:
        """Wait for the handler that runs."""
        self._executor.shutdown()

    def _judge(self, queue: str, raw: str | bytes) -> Verdict:
        failures = 0
        while True:
            try:
                self._handle(decode(queue, raw))
            except PermanentError as error:
                log.warning("message given up", queue=queue, reason=str(error))
                return Verdict(kind="dead", reason=str(error)[:LONGEST_REASON])
            except TemporaryError as error:
                failures += 1
                seconds = pause(failures, first=FIRST_PAUSE_S)
                log.warning("message waits", queue=queue, reason=str(error), seconds=round(seconds, 1))
                if self._stop.wait(seconds):
                    return Verdict(kind="back")
            else:
                return Verdict(kind="done")


def pause(failures: int, *, first: float) -> float:
    """Seconds to wait after so many failures in a row: doubling up to 30, spread so that not all wake at once."""
    longest = min(LONGEST_PAUSE_S, first * 2.0 ** min(failures - 1, 10))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
