"""Traps of boards that are one list: flags that say little, levels that say nothing, pay as strings and words."""

from typing import Any

import pytest

from crawler.collector import MOST_DETAILS, Collector
from crawler.shape import Ask, Board, Page
from crawler.sources import load_source
from crawler.wanted import Wanted
from tests.unit.sources.drafting import posting_of

SMART = {"id": "7", "name": "Cook", "location": {"city": "Paris", "country": "fr"}}
WORKABLE = {"shortcode": "A7", "title": "Cook", "country": "France", "city": "Paris"}
RECRUITEE = {"id": 7, "slug": "cook", "title": "Cook", "city": "Paris", "country_code": "FR", "country": "France"}
BAMBOO = {"id": "7", "jobOpeningName": "Cook", "location": {"city": "Tucson", "state": "Arizona"}}
BREEZY = {"id": "7", "name": "Cook", "url": "https://acme.breezy.hr/p/7-cook"}


@pytest.mark.parametrize(
    ("source", "row", "seniority"),
    [
        ("smartrecruiters", SMART | {"experienceLevel": {"id": "mid_senior_level"}}, None),
        ("smartrecruiters", SMART | {"experienceLevel": {"id": "associate"}}, None),
        ("smartrecruiters", SMART | {"experienceLevel": {"id": "entry_level"}}, "junior"),
        ("smartrecruiters", SMART | {"name": "Senior Cook", "experienceLevel": {"id": "entry_level"}}, "senior"),
        ("workable", WORKABLE | {"experience": "Mid-Senior level"}, None),
        ("workable", WORKABLE | {"experience": "Internship"}, "intern"),
        ("recruitee", RECRUITEE | {"experience_code": "experienced"}, None),
        ("recruitee", RECRUITEE | {"experience_code": "mid_level"}, "mid"),
        ("bamboohr", BAMBOO | {"detail": {"minimumExperience": "Experienced"}}, None),
        ("bamboohr", BAMBOO | {"detail": {"minimumExperience": "Senior Manager/Supervisor"}}, "manager"),
    ],
)
def test_levels_that_say_something_stand_in_and_none_is_years(
    source: str, row: dict[str, Any], seniority: str | None
) -> None:
    posting = posting_of(source, row)
    assert (posting.seniority, posting.experience) == (seniority, None)


@pytest.mark.parametrize(
    ("source", "row", "workplace"),
    [
        ("smartrecruiters", SMART | {"location": {"city": "Paris", "remote": False, "hybrid": False}}, None),
        ("smartrecruiters", SMART | {"location": {"city": "Paris", "remote": True, "hybrid": True}}, "hybrid"),
        ("smartrecruiters", SMART | {"location": {"city": "Poland", "region": "REMOTE", "country": "pl"}}, "remote"),
        ("workable", WORKABLE | {"telecommuting": False}, None),
        ("workable", WORKABLE | {"telecommuting": True}, "remote"),
        ("recruitee", RECRUITEE | {"remote": True, "hybrid": True}, "hybrid"),
        ("recruitee", RECRUITEE | {"remote": False, "hybrid": False, "on_site": False}, None),
        ("bamboohr", BAMBOO | {"locationType": "2", "isRemote": True}, "hybrid"),
        ("bamboohr", BAMBOO | {"locationType": 0}, "onsite"),
        ("bamboohr", BAMBOO | {"locationType": None, "isRemote": True}, "remote"),
        ("breezy", BREEZY | {"location": {"is_remote": False, "remote_details": {"value": "fully-remote"}}}, None),
        ("breezy", BREEZY | {"location": {"is_remote": True, "remote_details": {"value": "hybrid"}}}, "hybrid"),
        ("breezy", BREEZY | {"location": {"is_remote": True}}, "remote"),
        ("breezy", BREEZY | {"location": None, "locations": [{"city": "Rome"}, {"is_remote": True}]}, "remote"),
    ],
)
def test_hybrid_is_never_remote_and_a_flag_that_is_off_is_not_on_site(
    source: str, row: dict[str, Any], workplace: str | None
) -> None:
    assert posting_of(source, row).workplace == workplace


@pytest.mark.parametrize(
    ("source", "row", "pay"),
    [
        ("breezy", BREEZY | {"salary": "$5.00 – $6.50 / hour"}, (5, 6.5, "USD", "hour")),
        ("breezy", BREEZY | {"salary": "$20+ / hour"}, (20, None, "USD", "hour")),
        ("breezy", BREEZY | {"salary": "Up to $60,000"}, (None, 60_000, "USD", "year")),
        ("breezy", BREEZY | {"salary": "Up to $60,000", "location": {"country": {"id": "CA"}, "city": "Ottawa"}},
         (None, 60_000, "CAD", "year")),
        ("breezy", BREEZY | {"salary": ""}, None),
        ("bamboohr", BAMBOO | {"detail": {"compensation": "$50,000 - $60,000 DOE"}}, (50_000, 60_000, "USD", "year")),
        ("bamboohr", BAMBOO | {"detail": {"compensation": "Competitive"}}, None),
        ("recruitee", RECRUITEE | {"salary": {"min": "60000", "max": None, "currency": "EUR", "period": "year"}},
         (60_000, None, "EUR", "year")),
        ("recruitee", RECRUITEE | {"salary": {"min": "0", "max": "0", "currency": "EUR", "period": "year"}}, None),
        ("recruitee", RECRUITEE | {"salary": None}, None),
        ("smartrecruiters",
         SMART | {"detail": {"compensation": {"min": 0, "max": 30, "currency": "USD", "period": "HOURLY"}}},
         (None, 30, "USD", "hour")),
    ],
)  # fmt: skip
def test_pay_comes_from_its_field_and_zero_is_not_said(source: str, row: dict[str, Any], pay: object) -> None:
    salary = posting_of(source, row).salary
    assert (salary and (salary.min, salary.max, salary.currency, salary.period)) == pay
    assert salary is None or salary.source == "field"


def test_years_of_the_company_are_not_years_of_the_posting() -> None:
    sections = {"companyDescription": {"text": "<p>We look back on 25 years of experience.</p>"}}
    posting = posting_of("smartrecruiters", SMART | {"detail": {"jobAd": {"sections": sections}}})
    assert "25 years" in posting.description_text
    assert posting.experience is None


def test_a_place_that_is_hidden_is_not_told() -> None:
    shown, hidden = {"country": "France", "city": "Lyon"}, {"country": "Italy", "city": "Turin", "hidden": True}
    posting = posting_of("workable", WORKABLE | {"locations": [shown, hidden]})
    assert [place.city for place in posting.locations] == ["Lyon"]


@pytest.mark.parametrize(("least", "most", "kind"), [("16", "24", "part_time"), (36, 40, "full_time"), (8, 40, None)])
def test_hours_tell_full_time_from_part_time(least: object, most: object, kind: str | None) -> None:
    posting = posting_of("recruitee", RECRUITEE | {"min_hours": least, "max_hours": most})
    assert posting.employment_type == kind


def test_beyond_so_many_postings_the_list_alone_is_kept() -> None:
    written: list[bytes] = []
    board = Board(source="smartrecruiters", token="acme")
    collector = Collector(
        source=load_source("smartrecruiters"), board=board, wanted=Wanted(), write=written.append, deadline=float("inf")
    )
    asks = tuple(
        Ask(url=f"https://a.example/{number}", row=SMART | {"id": str(number)}) for number in range(MOST_DETAILS + 5)
    )
    collector.take(Page(listed=len(asks), total=len(asks)))
    assert len(collector.to_ask(asks)) == MOST_DETAILS
    assert len(b"".join(written).splitlines()) == 5
    assert collector.to_ask(asks[:20]) == ()
    assert collector.outcome().name == "success"
