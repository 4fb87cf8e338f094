"""Threads that stay: one that has done its work takes the next, and none keeps the program from ending."""

import threading
from collections.abc import Callable
from queue import SimpleQueue


class Crew:
    """As many threads as there has been work at the same time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._idle = threading.Semaphore(0)

    def do(self, work: Callable[[], None]) -> None:
        """Have it done at once, in a thread of its own as long as it takes. What it raises ends that thread."""
        self._work.put(work)
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._go_on, name=self._name, daemon=True).start()

    def _go_on(self) -> None:
        while True:
            self._work.get()()
            self._idle.release()
