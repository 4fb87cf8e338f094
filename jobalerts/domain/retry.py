"""What becomes of a task after one try: pure, so that workers and sweepers decide alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobalerts.domain.task_states import Event

RETRY_OFFSETS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))  # after the first failure
RETRY_WINDOW = timedelta(minutes=60)  # after the first start: the last retry has ended by then
SUCCESS = "success"
HOPELESS = frozenset({"not_found", "robots", "invalid"})
TIMEOUT = "timeout"
NETWORK = "network"  # the board cannot be reached
LOST = "lost"  # the worker died or stopped renewing its lease
ALONE_AFTER = 2  # lost workers after which a task runs alone in its worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """How far a task is; `spent` counts the try that has just ended, `first_failure` is None before the first."""

    spent: int
    allowed: int
    first_start: datetime
    first_failure: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to book: the event, and for a retry when (UTC) it is due."""

    event: Event
    next_try_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryRule:
    """When failed tries are repeated; tests give shorter offsets."""

    offsets: Sequence[timedelta] = RETRY_OFFSETS
    window: timedelta = RETRY_WINDOW
    time_limit: timedelta = timedelta(seconds=300)


def judge(outcome: str, tries: Tries, *, now: datetime, rule: RetryRule, not_before: datetime | None = None) -> Verdict:
    """Say what a try with this outcome leads to; `not_before` is a Retry-After of the board."""
    if outcome == SUCCESS:
        return Verdict(event=Event.SUCCEED)
    if outcome in HOPELESS:
        return Verdict(event=Event.FAIL)
    due = now if outcome == LOST else next_attempt(tries, now=now, rule=rule)
    if due is not None and not_before is not None:
        due = max(due, not_before)
    if due is None or tries.spent >= tries.allowed or not _fits(due, tries, rule):
        return Verdict(event=Event.OVERRUN if outcome == TIMEOUT else Event.GIVE_UP)
    return Verdict(event=Event.RETRY, next_try_at=due)


def next_attempt(tries: Tries, *, now: datetime, rule: RetryRule) -> datetime | None:
    """When the next try is due by the offsets, or None when they are used up."""
    if tries.spent > len(rule.offsets):
        return None
    first_failure = tries.first_failure or now
    return max(now, first_failure + rule.offsets[tries.spent - 1])


def _fits(due: datetime, tries: Tries, rule: RetryRule) -> bool:
    return due + rule.time_limit <= tries.first_start + rule.window
