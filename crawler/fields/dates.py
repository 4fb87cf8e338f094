"""Dates and times of every vendor's writing, as ISO 8601 UTC ending in Z."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MILLISECONDS_FROM = 100_000_000_000
"""Epoch numbers from here on count milliseconds (in seconds it would be the year 5138)."""
WRITTEN = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%d.%m.%Y")
EARLIEST, LATEST = 1970, 2200


def utc_time(value: object) -> str | None:
    """Read epoch seconds or milliseconds, ISO, RFC 822 or "September 1, 2026"; a date alone is midnight UTC."""
    try:
        moment = _moment(value)
        if moment is None:
            return None
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if EARLIEST <= moment.year <= LATEST else None


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_epoch(float(value))
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        return None
    if re.fullmatch(r"\d{9,13}", text):
        return _from_epoch(float(text))
    return _from_iso(text) or _from_words(text) or parsedate_to_datetime(text)


def _from_epoch(number: float) -> datetime | None:
    return datetime.fromtimestamp(number / 1000 if number >= MILLISECONDS_FROM else number, UTC) if number > 0 else None


def _from_iso(text: str) -> datetime | None:
    text = re.sub(r"\s*(?:UTC|GMT)$", "+00:00", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _from_words(text: str) -> datetime | None:
    for pattern in WRITTEN:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
