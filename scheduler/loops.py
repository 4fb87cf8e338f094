"""Work that is repeated until the program stops, each in a thread of its own, none ended by another's trouble."""

import threading
from collections.abc import Callable

import structlog

from jobalerts.errors import TemporaryError
from jobalerts.watch import Rounds

LONGEST_PAUSE_S = 10.0

log = structlog.get_logger()


def repeat(
    name: str, work: Callable[[], object], *, every: float, stop: threading.Event, rounds: Rounds | None = None
) -> threading.Thread:
    """Call `work` every so many seconds; one that returns a true number is called again at once.

    `rounds` hears how each round went, so that a loop that stands still is seen.
    """
    heard = rounds or Rounds(name)
    heard.expect(name)

    def loop() -> None:
        failures = 0
        while not stop.is_set():
            pause = every
            try:
                if work():
                    pause = 0.0
                failures = 0
                heard.good(name)
            except TemporaryError as error:
                failures += 1
                pause = min(LONGEST_PAUSE_S, every * 2**failures)
                if heard.bad(name, str(error)):
                    log.warning("put off", work=name, reason=str(error), seconds=round(pause, 1))
            except Exception as error:
                failures += 1
                pause = LONGEST_PAUSE_S
                heard.bad(name, repr(error))
                log.exception("failed", work=name)
            stop.wait(pause)

    thread = threading.Thread(target=loop, name=name, daemon=True)
    thread.start()
    return thread
