"""SIGTERM and SIGINT as an event that loops look at between two pieces of work."""

import signal
import threading
from types import FrameType


def stop_on_signals() -> threading.Event:
    """Return an event that the first SIGTERM or SIGINT sets; call it in the main thread."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop
