"""Workday: relative dates, requisitions posted twice, states before cities, totals that are a cap."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from crawler.shape import Answer, Board
from crawler.sources.workday import SOURCE
from jobalerts.domain.posting import Posting
from tests.unit.sources.drafting import posting_of

TOKEN = "acme.wd3/Careers"
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def read(detail: dict[str, Any] | None = None, **row: Any) -> Posting:
    given = {"title": "Cook", "externalPath": "/job/Paris/Cook_R-7", "bulletFields": ["R-7"], "at": NOW} | row
    return posting_of("workday", given | ({"detail": detail} if detail else {}), TOKEN)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Posted Today", "2026-11-03T00:00:00Z"),
        ("Posted Yesterday", "2026-11-02T00:00:00Z"),
        ("Posted 3 Days Ago", "2026-10-31T00:00:00Z"),
        ("Posted 30+ Days Ago", None),
        ("Publié hier", None),
    ],
)
def test_relative_dates_count_from_when_the_list_was_read(words: str, date: str | None) -> None:
    assert read(postedOn=words).posted_at == date


def test_the_start_date_goes_before_the_relative_one() -> None:
    assert read({"startDate": "2026-08-02"}, postedOn="Posted Today").posted_at == "2026-08-02T00:00:00Z"


@pytest.mark.parametrize(
    ("path", "bullets", "identity"),
    [
        ("/job/Paris/Cook_R-7", ["R-7"], "R-7"),
        ("/job/Paris/Cook_R-7-1", ["R-7"], "R-7-1"),
        ("/job/Paris/Cook_R_000_7-2", ["Paris", "R_000_7"], "R_000_7-2"),
        ("/job/Paris/Cook_JR7", [], "JR7"),
        ("/job/Cook", [], "Cook"),
    ],
)
def test_the_id_is_the_requisition_as_the_address_has_it(path: str, bullets: list[str], identity: str) -> None:
    assert read(externalPath=path, bulletFields=bullets).external_id == identity


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Illinois - Chicago", ("Chicago", "Illinois", "US")),
        ("Georgia - Atlanta", ("Atlanta", "Georgia", "US")),
        ("Ireland - Dublin", ("Dublin", None, "IE")),
        ("US, CA, Santa Clara", ("Santa Clara", "CA", "US")),
        ("3 Locations", ("Paris", None, "FR")),
    ],
)
def test_a_place_is_read_in_either_order_and_a_count_is_none(text: str, place: tuple[str | None, ...]) -> None:
    (location,) = read(locationsText=text).locations
    assert (location.city, location.region, location.country) == place
    assert location.text == ("Paris" if text == "3 Locations" else text)


@pytest.mark.parametrize(
    ("organisation", "company"),
    [("2100 ACME USA", "ACME"), ("Holding Nine B.V.", "Acme"), ("", "Acme")],
)
def test_the_company_is_the_tenant_as_its_legal_entity_spells_it(organisation: str, company: str) -> None:
    assert read(organisation=organisation).company == company


@pytest.mark.parametrize(
    "token",
    [
        "acme.wd103/Careers",
        "acme/wd103/Careers",
        "https://acme.wd103.myworkdayjobs.com/Careers",
        "https://acme.wd103.myworkdayjobs.com/en-US/Careers/",
    ],
)
def test_a_locale_in_the_address_is_left_out(token: str) -> None:
    (ask,) = SOURCE.start(Board(source="workday", token=token))
    assert ask.url == "https://acme.wd103.myworkdayjobs.com/wday/cxs/acme/Careers/jobs"
    assert orjson.loads(ask.body or b"") == {"appliedFacets": {}, "limit": 20, "offset": 0, "searchText": ""}


@pytest.mark.parametrize("token", ["acme", "acme/Careers", "https://acme.example/Careers", ""])
def test_a_token_of_another_form_is_an_error_that_shows_the_right_one(token: str) -> None:
    with pytest.raises(ValueError, match=r"write tenant\.wdN/site"):
        SOURCE.start(Board(source="workday", token=token))


@pytest.mark.parametrize(("total", "is_partial"), [(1_999, False), (2_000, True), (2_001, False)])
def test_a_total_that_is_the_usual_cap_is_not_believed(total: int, is_partial: bool) -> None:
    (ask,) = SOURCE.start(Board(source="workday", token=TOKEN))
    rows = [{"title": "Cook", "externalPath": "/job/Paris/Cook_R-7"}]
    page = SOURCE.read(Answer(ask=ask, url=ask.url, body=orjson.dumps({"total": total, "jobPostings": rows})))
    assert (page.total, page.is_partial) == (total, is_partial)
