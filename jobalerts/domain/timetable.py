"""When a schedule is due: five cron fields in a time zone, both nights of a clock change right.

cronsim's sixth field (seconds) gets both nights wrong and it knows no aliases: so five fields, and our own aliases.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from jobalerts.errors import PermanentError

ALIASES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
WALK = timedelta(days=2)  # how far back every missed slot is walked; older ones only matter for rare schedules


def next_slot(cron: str, zone: str, *, after: datetime) -> datetime:
    """The first slot (UTC) later than `after`; PermanentError when the expression or the zone cannot be read."""
    for slot in _slots(cron, zone, after):
        if slot > after:  # in the second pass of an autumn hour cronsim gives the first pass again
            return slot
    raise PermanentError(f"cron expression {cron!r} is never due")


def latest_slot(cron: str, zone: str, *, due: datetime, now: datetime) -> datetime:
    """The slot to run when `due` and perhaps later ones were missed: the newest that is not in the future."""
    latest = due
    for slot in _slots(cron, zone, max(due, now - WALK)):
        if slot > now:
            break
        latest = max(latest, slot)
    return latest


def spread(name: str, every_hours: int) -> str:
    """A cron expression every `every_hours` hours at a minute of `name`'s own: boards are not all due at once."""
    digest = hashlib.sha256(name.encode()).digest()
    offset = int.from_bytes(digest[:8]) % (every_hours * 60)
    hours = ",".join(str(hour) for hour in range(offset // 60, 24, every_hours))
    return f"{offset % 60} {hours} * * *"


def _slots(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    fields = ALIASES.get(cron.strip().lower(), cron)
    if len(fields.split()) != 5:
        raise PermanentError(f"cron expression {cron!r} must have five fields or be one of {', '.join(ALIASES)}")
    try:
        local = after.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PermanentError(f"unknown time zone {zone!r}") from None
    try:
        return (slot.astimezone(UTC) for slot in CronSim(fields, local))
    except CronSimError as error:
        raise PermanentError(f"cron expression {cron!r}: {error}") from None
