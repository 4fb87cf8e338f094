"""Slots, in zones whose clocks change."""

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobalerts.domain.timetable import latest_slot, next_slot, spread
from jobalerts.errors import PermanentError

ZONES = {  # zone: (night in which an hour is missing, night in which one comes twice)
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "America/Santiago": ("2026-09-06", "2026-04-05"),
    "Australia/Lord_Howe": ("2026-10-04", "2026-04-05"),
    "Africa/Cairo": ("2026-04-24", "2026-10-30"),
    "Pacific/Auckland": ("2026-09-27", "2026-04-05"),
}


def slots_between(cron: str, zone: str, start: datetime, end: datetime) -> list[datetime]:
    found: list[datetime] = []
    moment = start
    while (moment := next_slot(cron, zone, after=moment)) < end:
        found.append(moment)
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("minute", [0, 15, 30, 45])
def test_a_daily_slot_comes_once_a_day_over_a_whole_year(zone: str, minute: int) -> None:
    for hour in (0, 1, 2, 3):
        start = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
        slots = slots_between(f"{minute} {hour} * * *", zone, start, start + timedelta(days=365))
        days = Counter(slot.astimezone(ZoneInfo(zone)).date() for slot in slots)
        assert len(days) == 365
        assert set(days.values()) == {1}


@pytest.mark.parametrize("zone", ZONES)
def test_an_hourly_slot_comes_every_hour_in_both_nights(zone: str) -> None:
    for night in ZONES[zone]:
        start = datetime.fromisoformat(night).replace(tzinfo=UTC) - timedelta(days=1)
        slots = slots_between("*/30 * * * *", zone, start, start + timedelta(days=3))
        assert {later - sooner for sooner, later in itertools.pairwise(slots)} == {timedelta(minutes=30)}


def test_a_slot_is_always_later_than_the_moment_asked_even_in_the_second_pass_of_an_hour() -> None:
    second_pass = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # 02:15 in Berlin for the second time
    assert next_slot("30 2 * * *", "Europe/Berlin", after=second_pass) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(
    hours=st.integers(0, 365 * 24),
    late=st.timedeltas(timedelta(0), timedelta(hours=40)),
    zone=st.sampled_from(list(ZONES)),
    cron=st.sampled_from(["*/20 * * * *", "7 1,3,13 * * *", "@hourly", "30 2 * * *"]),
)
def test_missed_slots_are_one_and_it_is_the_newest(hours: int, late: timedelta, zone: str, cron: str) -> None:
    due = next_slot(cron, zone, after=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
    slot = latest_slot(cron, zone, due=due, now=due + late)

    assert due <= slot <= due + late
    assert next_slot(cron, zone, after=slot) > due + late


def test_a_rare_schedule_missed_for_weeks_still_has_its_slot() -> None:
    due = datetime(2026, 1, 4, tzinfo=UTC)
    slot = latest_slot("@weekly", "UTC", due=due, now=due + timedelta(days=5))
    assert slot == due


@pytest.mark.parametrize("cron", ["0 30 2 * * *", "* * *", "61 * * * *", "@never", ""])
def test_what_is_not_five_fields_or_an_alias_is_refused(cron: str) -> None:
    with pytest.raises(PermanentError, match="cron expression"):
        next_slot(cron, "UTC", after=datetime(2026, 1, 1, tzinfo=UTC))


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(PermanentError, match="Mars/Olympus"):
        next_slot("@daily", "Mars/Olympus", after=datetime(2026, 1, 1, tzinfo=UTC))


def test_boards_are_spread_over_the_whole_window_and_keep_their_minute() -> None:
    crons = [spread(f"greenhouse/company{number}", 6) for number in range(600)]
    starts = Counter(int(cron.split()[1].split(",")[0]) for cron in crons)
    assert set(starts) == set(range(6))
    assert min(starts.values()) > 60
    assert len({cron.split()[0] for cron in crons}) == 60
    assert crons[0] == spread("greenhouse/company0", 6)
    assert all(len(cron.split()[1].split(",")) == 4 for cron in crons)
