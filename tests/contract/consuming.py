"""A consumer in a thread, for tests: what it was given, and an end in any case."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jobalerts.broker import Broker, Message

PATIENCE_S = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """`next()` waits for the next message that the handler returned from."""

    handled: "queue.Queue[Message]"
    stop: threading.Event
    thread: threading.Thread

    def next(self) -> Message:
        return self.handled.get(timeout=PATIENCE_S)

    def end(self) -> None:
        self.stop.set()
        self.thread.join(PATIENCE_S)
        assert not self.thread.is_alive(), "consume did not end after stop"

    def rest(self) -> list[Message]:
        """End, then what was handled and not yet asked for."""
        self.end()
        return list(self.handled.queue)


def eventually(look: Callable[[], Any]) -> Any:
    """What `look` returns as soon as that is something."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
    return found


@contextmanager
def consuming(
    broker: Broker, queues: Sequence[str], handle: Callable[[Message], None] = lambda message: None
) -> Iterator[Consumption]:
    handled: queue.Queue[Message] = queue.Queue()
    stop = threading.Event()

    def keep(message: Message) -> None:
        handle(message)
        handled.put(message)

    thread = threading.Thread(target=broker.consume, args=(queues, keep), kwargs={"stop": stop})
    thread.start()
    consumption = Consumption(handled=handled, stop=stop, thread=thread)
    try:
        yield consumption
    finally:
        consumption.end()
