"""When a posting closes by its own page's word."""

from datetime import UTC, datetime, time, timedelta

DAY = timedelta(days=1)


def expires_at(valid_through: str | None) -> datetime | None:
    """The moment (UTC) from which a posting no longer counts as open; None when its page names none.

    A date alone, which is midnight in the contract, is the last day, not the first without it
    (https://schema.org/validThrough).
    """
    if valid_through is None:
        return None
    moment = datetime.fromisoformat(valid_through).astimezone(UTC)
    return moment + DAY if moment.time() == time.min else moment


def is_expired(valid_through: str | None, now: datetime) -> bool:
    """Whether that moment has passed."""
    moment = expires_at(valid_through)
    return moment is not None and moment <= now
