"""Who may ask a host next: pure, so that it holds the same for one crawl and for all crawls of a machine."""

from dataclasses import dataclass, field
from typing import Any

FORGOTTEN_AFTER = 3.0
"""Seconds after which somebody who waited and asks no more has died, or reads what it got."""
AGAIN = 0.05
"""Seconds until somebody who is not first looks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One request that waits, and since when."""

    name: str
    arrived: float


@dataclass(slots=True, kw_only=True)
class HostQueue:
    """`last` is when the last request began, `held_until` when the host wants the next one. Seconds since 1970."""

    last: float = 0.0
    held_until: float = 0.0
    waiting: dict[str, tuple[float, float]] = field(default_factory=dict)
    """By ticket: since when, and when it asked last."""

    def wait(self, ticket: Ticket, delay: float, now: float) -> float:
        """Seconds to wait before asking again; 0: this one is first, and `delay` has passed since the last request.

        In the order they came, so that a crawl of one request is not starved by those of hundreds.
        """
        self.waiting[ticket.name] = (ticket.arrived, now)
        self.waiting = {name: times for name, times in self.waiting.items() if abs(now - times[1]) < FORGOTTEN_AFTER}
        if min(self.waiting, key=lambda name: (self.waiting[name], name)) != ticket.name:
            return AGAIN
        passed = now - self.last
        return 0.0 if passed < 0 else max(0.0, delay - passed)  # the clock was set back: nobody waits for that

    def begin(self, ticket: Ticket, now: float) -> None:
        """Its request begins."""
        self.last = now
        self.leave(ticket)

    def leave(self, ticket: Ticket) -> None:
        self.waiting.pop(ticket.name, None)

    def hold(self, until: float) -> None:
        """The host wants to be left alone until then."""
        self.held_until = max(self.held_until, until)

    def to_json(self) -> dict[str, Any]:
        return {"last": self.last, "held_until": self.held_until, "waiting": self.waiting}


def queue_from_json(document: Any) -> HostQueue:  # noqa: ANN401 - what a file holds
    """An empty one for anything that is none: whoever wrote it may have been killed in the middle."""
    try:
        waiting = {str(name): (float(since), float(seen)) for name, (since, seen) in document["waiting"].items()}
        return HostQueue(last=float(document["last"]), held_until=float(document["held_until"]), waiting=waiting)
    except (TypeError, ValueError, KeyError, AttributeError):
        return HostQueue()
