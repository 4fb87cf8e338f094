"""SIGTERM and SIGINT as an event that loops look at between two pieces of work."""

import signal
import threading
from types import FrameType

TURN_S = 1.0


def stop_on_signals() -> threading.Event:
    """Return an event that the first SIGTERM or SIGINT sets; call it in the main thread."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop


def wait_until(stop: threading.Event) -> None:
    """Block the main thread until `stop` is set.

    In turns: the system may hand a signal to another thread, and Python runs the handler only once the main one moves.
    """
    while not stop.wait(TURN_S):
        pass
