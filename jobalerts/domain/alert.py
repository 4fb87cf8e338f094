"""An alert: one saved set of preferences of a user."""

from dataclasses import dataclass
from datetime import datetime

BANDS: tuple[str, ...] = ("0-1", "1-3", "3-5", "5-8", "8-12", "12+")
"""Years of experience a person can say they have; the ends are inclusive."""

ANY_JOB_TYPE = "any"
"""In place of slugs: every job type, `other` included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """`companies` are names as typed (none: all), `countries` are ISO 3166-1 alpha-2 (none: anywhere)."""

    id: str
    user_id: str
    job_types: tuple[str, ...]
    years: str
    companies: tuple[str, ...]
    countries: tuple[str, ...]
    remote_only: bool
    created_at: datetime
    changed_at: datetime
    paused_at: datetime | None


def band_bounds(band: str) -> tuple[float, float | None]:
    """Return the band's ends in years, both inclusive; None is no upper end. An unknown band is a ValueError."""
    if band not in BANDS:
        raise ValueError(f"unknown band of years {band!r}: one of {', '.join(BANDS)}")
    if band.endswith("+"):
        return float(band[:-1]), None
    low, high = band.split("-")
    return float(low), float(high)


def band_words(band: str) -> str:
    """Say the band to its person: "3 to 5 years", "12 years or more"."""
    low, high = band_bounds(band)
    return f"{low:g} years or more" if high is None else f"{low:g} to {high:g} years"
