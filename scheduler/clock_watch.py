"""Notices that the database's clock has jumped, by the monotonic clock, which does not."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

JUMP = timedelta(seconds=5)  # less is a slow answer, or a clock that is being set right
TRUSTED_AFTER_S = 30.0  # by then every living worker has renewed its leases by the new time
SETTLED_AFTER_S = 3600.0


class ClockWatch:
    """Looked at in every sweep; knows nothing of jumps before its first look."""

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        trusted_after_s: float = TRUSTED_AFTER_S,
        settled_after_s: float = SETTLED_AFTER_S,
    ) -> None:
        self._monotonic = monotonic
        self._trusted_after_s = trusted_after_s
        self._settled_after_s = settled_after_s
        self._last: tuple[datetime, float] | None = None
        self._jumped_at: float | None = None

    @property
    def is_first(self) -> bool:
        return self._last is None

    def look(self, now: datetime) -> timedelta:
        """How far the clock has jumped since the last look: forward, or back if negative; zero when it has not."""
        tick = self._monotonic()
        last, self._last = self._last, (now, tick)
        jump = timedelta(0) if last is None else now - last[0] - timedelta(seconds=tick - last[1])
        if abs(jump) < JUMP:
            return timedelta(0)
        self._jumped_at = tick
        return jump

    @property
    def is_trusted(self) -> bool:
        """Leases that are over are over: no jump has just made them so."""
        return self._seconds_since_jump() >= self._trusted_after_s

    @property
    def is_settled(self) -> bool:
        """Nobody needs to be told of a jump any more."""
        return self._seconds_since_jump() >= self._settled_after_s

    def _seconds_since_jump(self) -> float:
        return float("inf") if self._jumped_at is None else self._monotonic() - self._jumped_at
