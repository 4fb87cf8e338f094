"""What becomes of a mail after a try to send it: one row of the outcome table each, pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Status = Literal["planned", "sending", "waiting", "unknown", "sent", "failed", "dropped"]
Result = Literal["accepted", "later", "held", "refused", "in_doubt", "dropped"]
About = Literal["", "server", "sender", "recipient", "mail"]

RETRY_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 5 * 60, 15 * 60, 60 * 60))
"""Waits after the first, second, … try that may work later; the last one repeats."""

HELD_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60))
"""Waits while the mail server refuses us rather than the mail; the last one repeats."""

GIVE_UP_AFTER = timedelta(hours=24)
HELD_AT_MOST = timedelta(days=5)
"""RFC 5321 4.5.4.1: giving up takes at least 4 to 5 days. Somebody has to correct a setting first."""

BOUNCES_TO_PAUSE = 5
"""Digests in a row that were given up because the address did not take them: GNU Mailman's default score."""

RESEND_AFTER = timedelta(minutes=15)
RESENDS_IN_DOUBT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the server said.

    accepted: a 2xx to the whole mail. later: a 4xx, or no answer before the mail was handed over. held: a 5xx to us,
    whatever the mail. refused: a 5xx to the mail. in_doubt: no answer after the final dot, so the server may have it.
    dropped: there was nothing to send any more. `about` is what it answered about, `dead_address` a refusal that means
    nobody is there.
    """

    result: Result
    reason: str = ""
    about: About = ""
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
    held = outcome.result == "held"
    delays, longest = (HELD_DELAYS, HELD_AT_MOST) if held else (RETRY_DELAYS, GIVE_UP_AFTER)
    due = now + delays[min(max(tries, 1), len(delays)) - 1]
    if due > planned_at + longest:
        return Next(status="failed", reason=f"given up after {'5 days' if held else '24 hours'}: {outcome.reason}")
    return Next(status="waiting", reason=outcome.reason, next_try_at=due)
