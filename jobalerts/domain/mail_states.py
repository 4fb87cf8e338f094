"""What becomes of a mail after a try to send it: one row of the outcome table each, pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Status = Literal["planned", "sending", "waiting", "unknown", "sent", "failed", "dropped"]
Result = Literal["accepted", "later", "refused", "in_doubt", "dropped"]

RETRY_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 5 * 60, 15 * 60, 60 * 60))
"""Waits after the first, second, … try that may work later; the last one repeats."""

GIVE_UP_AFTER = timedelta(hours=24)
RESEND_AFTER = timedelta(minutes=15)
RESENDS_IN_DOUBT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the server said.

    accepted: a 2xx to the whole mail. later: a 4xx, or no answer before the mail was handed over. refused: a 5xx.
    in_doubt: no answer after the final dot, so the server may have it. dropped: there was nothing to send any more.
    `dead_address` is a refusal that means nobody is there.
    """

    result: Result
    reason: str = ""
    dead_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The mail's new status, and when to try again (UTC) if it is waiting or unknown."""

    status: Status
    reason: str
    next_try_at: datetime | None = None


def after(outcome: Outcome, *, tries: int, in_doubt: int, planned_at: datetime, now: datetime) -> Next:
    """Return what follows; `tries` (this one included) and `in_doubt` (earlier ones) are counts of this mail."""
    if outcome.result == "accepted":
        return Next(status="sent", reason="")
    if outcome.result == "dropped":
        return Next(status="dropped", reason=outcome.reason)
    if outcome.result == "refused":
        return Next(status="failed", reason=outcome.reason)
    if outcome.result == "in_doubt":
        if in_doubt >= RESENDS_IN_DOUBT:
            return Next(status="failed", reason=f"sent twice, never confirmed: {outcome.reason}")
        return Next(status="unknown", reason=outcome.reason, next_try_at=now + RESEND_AFTER)
    due = now + RETRY_DELAYS[min(max(tries, 1), len(RETRY_DELAYS)) - 1]
    if due > planned_at + GIVE_UP_AFTER:
        return Next(status="failed", reason=f"given up after 24 hours: {outcome.reason}")
    return Next(status="waiting", reason=outcome.reason, next_try_at=due)
