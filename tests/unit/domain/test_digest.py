"""When a digest is due, what its subject says, what it shows of a description."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobalerts.domain.digest import Delivery, due_at, excerpt, preview, shortened, subject

FIRST = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday


def delivery(frequency: str = "at_once", hour: int = 8, weekday: int = 0, timezone: str = "UTC") -> Delivery:
    return Delivery(frequency=frequency, hour=hour, weekday=weekday, timezone=timezone)


@pytest.mark.parametrize(("last_after", "due_after"), [(0, 10), (5, 15), (49, 59), (50, 60), (51, 60), (600, 60)])
def test_at_once_waits_ten_seconds_for_more_and_never_longer_than_a_minute(last_after: int, due_after: int) -> None:
    last = FIRST + timedelta(seconds=last_after)
    assert due_at(delivery(), first_at=FIRST, last_at=last) == FIRST + timedelta(seconds=due_after)


@pytest.mark.parametrize(
    ("wants", "due"),
    [
        (delivery("daily", 13), datetime(2026, 11, 20, 13, tzinfo=UTC)),
        (delivery("daily", 12), datetime(2026, 11, 21, 12, tzinfo=UTC)),
        (delivery("daily", 8), datetime(2026, 11, 21, 8, tzinfo=UTC)),
        (delivery("daily", 8, timezone="America/New_York"), datetime(2026, 11, 20, 13, tzinfo=UTC)),
        (delivery("daily", 23, timezone="Pacific/Kiritimati"), datetime(2026, 11, 21, 9, tzinfo=UTC)),
        (delivery("weekly", 8, 4), datetime(2026, 11, 27, 8, tzinfo=UTC)),
        (delivery("weekly", 13, 4), datetime(2026, 11, 20, 13, tzinfo=UTC)),
        (delivery("weekly", 8, 0), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (delivery("weekly", 8, 5, "Asia/Tokyo"), datetime(2026, 11, 20, 23, tzinfo=UTC)),
    ],
)
def test_daily_and_weekly_are_due_at_the_next_hour_where_the_person_is(wants: Delivery, due: datetime) -> None:
    assert due_at(wants, first_at=FIRST, last_at=FIRST + timedelta(days=9)) == due


@pytest.mark.parametrize("day", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)])
def test_the_nights_the_clock_changes_have_one_digest(day: datetime) -> None:
    due = due_at(delivery("daily", 2, timezone="Europe/Berlin"), first_at=day, last_at=day)
    assert timedelta(hours=11) < due - day < timedelta(hours=14)


@given(st.integers(0, 2 * 365 * 24 * 60), st.integers(0, 23))
def test_daily_is_always_within_a_day_and_an_hour(minutes: int, hour: int) -> None:
    first = FIRST + timedelta(minutes=minutes)
    due = due_at(delivery("daily", hour, timezone="Europe/London"), first_at=first, last_at=first)
    assert timedelta() < due - first <= timedelta(hours=25)


def test_a_subject_says_something_of_its_own() -> None:
    titles = [("Software Engineer", "Stripe"), ("Data Engineer", "Ramp"), ("Analyst", "Figma")]
    assert subject(titles[:1], 1) == "New posting: Software Engineer at Stripe"
    assert subject(titles, 3) == "3 new postings: Software Engineer at Stripe and 2 more"
    assert subject(titles, 1500) == "1,500 new postings: Software Engineer at Stripe and 1,499 more"
    assert len(subject([("Engineer " * 50, "Stripe")], 1)) < 110


def test_the_preview_goes_on_where_the_subject_ends() -> None:
    titles = [("A", "X"), ("B", "Y"), ("C", "Z"), ("D", "W"), ("E", "V")]
    assert preview(titles[:1], 1) == "A at X"
    assert preview(titles[:3], 3) == "B at Y, C at Z"
    assert preview(titles, 9) == "B at Y, C at Z, D at W, and 5 more"


def test_an_excerpt_begins_with_what_says_something() -> None:
    assert excerpt("About the role:\n\nYou build it.\nYou run it.", title="Engineer") == "You build it. You run it."
    assert excerpt("Engineer\nJob Description\nYou build it.", title="Engineer") == "You build it."
    assert excerpt("Overview", title="Engineer") == "Overview"
    assert excerpt("", title="Engineer") == ""
    assert excerpt("We are a bank.\nAbout the role\nYou build it.", title="E").startswith("We are a bank.")


def test_an_excerpt_is_cut_between_words_at_300_characters() -> None:
    found = excerpt("word " * 100, title="")
    assert found.endswith("word …")
    assert 290 < len(found.removesuffix(" …")) <= 300
    assert excerpt("x" * 300, title="") == "x" * 300


@given(st.text(), st.integers(10, 400))
def test_shortened_text_is_never_longer_than_asked(text: str, length: int) -> None:
    found = shortened(text, length)
    assert len(found.removesuffix(" …")) <= length
    assert found == text if len(text) <= length else found.endswith(" …")
