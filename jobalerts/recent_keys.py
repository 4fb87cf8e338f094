"""Recently seen keys, kept in the process: they spare a write; the unique constraint in the database decides.

What is found here is a hint: it may be out of date, so it counts only while the database says the same.
"""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

MOST = 10_000


class RecentKeys:
    """What each key stood for, for `lifetime` after it was first seen; the oldest go first when there are too many."""

    def __init__(self, lifetime: timedelta, *, most: int = MOST) -> None:
        self._lifetime = lifetime
        self._most = most
        self._seen: OrderedDict[str, tuple[str, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: str, now: datetime) -> str | None:
        """The value, or None when it is not known here: it may be known elsewhere."""
        with self._lock:
            value, seen_at = self._seen.get(key, (None, now))
            if value is not None and now - seen_at >= self._lifetime:
                del self._seen[key]
                return None
            return value

    def add(self, key: str, value: str, seen_at: datetime) -> None:
        with self._lock:
            self._seen[key] = (value, seen_at)
            self._seen.move_to_end(key)
            while len(self._seen) > self._most:
                self._seen.popitem(last=False)
