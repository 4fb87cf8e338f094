"""Years of experience: what a posting asks for, and whose years that fits (docs/job_types.md)."""

from jobalerts.domain.alert import BANDS, band_bounds
from jobalerts.domain.posting import Posting

SENIORITY_YEARS = {
    "intern": 0, "junior": 0, "mid": 2, "senior": 5, "manager": 5, "staff": 7, "director": 10, "executive": 10,
}  # fmt: skip
"""What a level asks for where the posting states no years."""

BEGINNERS = frozenset({"intern", "junior"})
BEGINNERS_END = 3
"""A person whose band starts here or higher is offered no intern's or junior's position, whatever years it states."""


def fitting_bands(posting: Posting) -> tuple[str, ...]:
    """Return the bands whose people the posting's years fit: what an index of alerts is asked by."""
    return tuple(band for band in BANDS if band_fits(band, posting))


def beginners_only(band: str, posting: Posting) -> bool:
    """Tell whether the posting is for interns or juniors and the band's people are past that."""
    return posting.seniority in BEGINNERS and band_bounds(band)[0] >= BEGINNERS_END


def years_asked(posting: Posting) -> tuple[float, float | None] | None:
    """Return the years (at least, at most or None) the posting asks for, by its level where it states none."""
    if posting.experience:
        return posting.experience.min_years, posting.experience.max_years
    if posting.seniority:
        return SENIORITY_YEARS[posting.seniority], None
    return None


def years_words(low: float, high: float | None) -> str:
    """Say asked years: "3+ years", "3 to 5 years", "up to 2 years", "no experience"."""
    if high is None:
        return f"{low:g}+ years" if low else "no experience"
    if high == low:
        return f"{low:g} year{'' if low == 1 else 's'}" if low else "no experience"
    return f"{low:g} to {high:g} years" if low else f"up to {high:g} year{'' if high == 1 else 's'}"


def band_fits(band: str, posting: Posting) -> bool:
    """Tell whether the years fit the band; unknown years fit every one that a beginner's title does not rule out."""
    low, high = band_bounds(band)
    if beginners_only(band, posting):
        return False
    asked = years_asked(posting)
    if asked is None:
        return True
    return (high is None or asked[0] <= high) and (asked[1] is None or asked[1] >= low)
