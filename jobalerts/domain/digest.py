"""A digest: when it is due, what its subject says, and what it shows of a description."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MOST_POSTINGS = 25
"""More stand behind the mail's link: Gmail clips what is longer than 102 KB."""

QUIET = timedelta(seconds=10)
AT_MOST = timedelta(seconds=60)
EXCERPT_LENGTH = 300
TITLE_LENGTH = 70
HEADINGS = frozenset(
    {
        *("about the job", "about the role", "about this role", "about the position", "about the opportunity"),
        *("description", "job description", "position description", "role description", "overview", "summary"),
        *("job summary", "the role", "the job", "the position", "the opportunity", "role overview", "job overview"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """When a user wants digests: at_once, daily or weekly; hour and weekday (Monday is 0) in their time zone."""

    frequency: str
    hour: int
    weekday: int
    timezone: str


def due_at(delivery: Delivery, *, first_at: datetime, last_at: datetime) -> datetime:
    """Return when matches that came from `first_at` to `last_at` are to be mailed (UTC).

    At once: 10 s after the last, at most 60 s after the first, so that one crawl's postings share a mail. Otherwise
    the person's next hour after the first of them, however late it has become.
    """
    if delivery.frequency == "at_once":
        return min(last_at + QUIET, first_at + AT_MOST)
    zone = ZoneInfo(delivery.timezone)
    local = first_at.astimezone(zone)
    day = local.date()
    for _ in range(9):
        due = datetime(day.year, day.month, day.day, delivery.hour, tzinfo=zone).astimezone(UTC)
        if due > first_at and (delivery.frequency == "daily" or day.weekday() == delivery.weekday):
            return due
        day += timedelta(days=1)
    raise ValueError(f"weekday {delivery.weekday} is not from 0 to 6")


def subject(titles: Sequence[tuple[str, str]], count: int) -> str:
    """Return "3 new postings: Engineer at Stripe and 2 more"; `titles` are (title, company), the best first."""
    title, company = titles[0]
    first = f"{shortened(title, TITLE_LENGTH)} at {company}"
    if count == 1:
        return f"New posting: {first}"
    return f"{count:,} new postings: {first} and {count - 1:,} more"


def preview(titles: Sequence[tuple[str, str]], count: int) -> str:
    """Return what a mail program shows beside the subject: the next postings, not the first again."""
    shown = [f"{title} at {company}" for title, company in titles[:4]][1 if count > 1 else 0 :]
    more = count - len(titles[:4])
    return ", ".join(shown) + (f", and {more:,} more" if more > 0 else "")


def excerpt(text: str, *, title: str) -> str:
    """Return the first 300 characters of a description, cut at a word; a heading that says nothing is passed over."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    while len(lines) > 1 and _says_nothing(lines[0], title):
        lines = lines[1:]
    return shortened(" ".join(lines), EXCERPT_LENGTH)


def shortened(text: str, length: int) -> str:
    """Return at most `length` characters and an ellipsis, cut between words where there are any."""
    if len(text) <= length:
        return text
    cut = text[: length + 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else text[:length]
    return f"{at_word.rstrip(' ,;:.–-')} …"


def _says_nothing(line: str, title: str) -> bool:
    plain = line.casefold().strip(" :.!?-–—*#")
    return plain in HEADINGS or plain == title.casefold().strip()
