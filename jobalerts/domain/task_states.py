"""The status of a task and the only ways it changes. Whatever the table does not list is a conflict."""

from enum import StrEnum

from jobalerts.errors import PermanentError

WAITING = ("created", "retrying")
ENDED = ("success", "failed", "killed", "dead")
STATUSES = ("created", "running", "retrying", *ENDED)


class Event(StrEnum):
    """What happens to a task."""

    CLAIM = "claim"  # a worker takes it
    SUCCEED = "succeed"
    FAIL = "fail"  # hopeless: no such board, bad arguments
    RETRY = "retry"  # may work later, and tries and time remain
    GIVE_UP = "give up"  # the same, with nothing left
    OVERRUN = "overrun"  # nothing left, and the last try ran over its time limit
    KILL = "kill"  # by an admin
    REQUEUE = "requeue"  # by an admin
    RUN_NOW = "run now"  # by an admin


_DEEDS = {Event.KILL: "be killed", Event.REQUEUE: "be queued again", Event.RUN_NOW: "be run now"}


class Conflict(PermanentError):
    """The task's status does not allow the change."""


_NEXT: dict[tuple[str, Event], str] = {
    ("created", Event.CLAIM): "running",
    ("retrying", Event.CLAIM): "running",
    ("running", Event.SUCCEED): "success",
    ("running", Event.FAIL): "failed",
    ("running", Event.RETRY): "retrying",
    ("running", Event.GIVE_UP): "dead",
    ("running", Event.OVERRUN): "killed",
    ("created", Event.KILL): "killed",
    ("retrying", Event.KILL): "killed",
    ("running", Event.KILL): "killed",
    ("failed", Event.REQUEUE): "created",
    ("killed", Event.REQUEUE): "created",
    ("dead", Event.REQUEUE): "created",
    ("retrying", Event.RUN_NOW): "created",
}


def next_status(current: str, event: Event) -> str:
    """The status after `event`; Conflict when a task in status `current` cannot take it."""
    try:
        return _NEXT[current, event]
    except KeyError:
        raise Conflict(f"a task with status {current} cannot {_DEEDS.get(event, f'take {event!r}')}") from None


def allowed(current: str) -> frozenset[Event]:
    """What may happen to a task in this status."""
    return frozenset(event for status, event in _NEXT if status == current)
