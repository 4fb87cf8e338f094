"""Messages between the programs. Rows are the truth: a message only says what to look at."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

TASK_QUEUES = {"recurring": "tasks.recurring", "oneoff": "tasks.oneoff", "retry": "tasks.retry"}  # by lane
POSTINGS_NEW = "postings.new"  # {v, board}
ALERT_CHANGED = "alert.changed"  # {v, alert_id}
MAIL_SEND = "mail.send"  # {v, mail_id}
QUEUES = (*TASK_QUEUES.values(), POSTINGS_NEW, ALERT_CHANGED, MAIL_SEND)
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One wake-up; `body` carries `v`, the version of its form."""

    queue: str
    body: Mapping[str, Any]


class Broker(Protocol):
    """What both brokers do. All methods raise TemporaryError while the broker is away."""

    def publish(self, messages: Sequence[Message]) -> None:
        """Return once every message is safely kept by the broker (confirmed, in a queue that exists)."""

    def consume(
        self, queues: Sequence[str], handle: Callable[[Message], None], *, stop: threading.Event, prefetch: int = 1
    ) -> None:
        """Hand over messages one at a time until `stop` is set; lost connections are made anew.

        `handle` returns: acknowledged. It raises TemporaryError: the message stays unacknowledged, consuming pauses,
        and it is handled again until that works. It raises PermanentError, or the message is not JSON, not an object
        or of an unknown version: dead-lettered with that reason, and nothing else is held up.
        """

    def take_dead(self, keep: Callable[[str, str, str, str | None], None], *, limit: int = 100) -> int:
        """Give each dead-lettered message to `keep(queue, body, reason, origin)`, drop it afterwards; return how many.

        One may be given twice, also to two callers at once; `origin` tells it from all others, where the broker can.
        """

    def depth(self, queue: str) -> int:
        """Messages that wait in a queue."""

    def ping(self) -> None:
        """Return if the broker answers."""

    def close(self) -> None:
        """Let go of connections; the broker is not used afterwards."""
