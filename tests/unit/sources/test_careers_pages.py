"""JSON-LD and links of careers pages, as broken as they are in the wild."""

import json
import math
from typing import Any

import orjson
import pytest

from crawler.collector import Collector
from crawler.html import is_posting_path, next_page, posting_links
from crawler.jsonld import markup_of
from crawler.outcomes import Outcome
from crawler.shape import Answer, Ask, Board, Page
from crawler.sources.jsonld import SOURCE
from crawler.wanted import Wanted

PAGE = "https://acme.example/careers"
POSTING: dict[str, Any] = {"@type": "JobPosting", "title": "Cook", "hiringOrganization": "Acme", "description": "Cook."}


def script(content: object, kind: str = "application/ld+json") -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return f'<html><script type="{kind}">{text}</script></html>'


def read(html: str, url: str = PAGE, *, is_detail: bool = False) -> Page:
    return SOURCE.read(Answer(ask=Ask(url=url, is_detail=is_detail), url=url, body=html.encode()))


def postings(*pages: tuple[str, str]) -> tuple[list[dict[str, Any]], Outcome]:
    lines: list[bytes] = []
    board = Board(source="jsonld", token=PAGE)
    collector = Collector(source=SOURCE, board=board, wanted=Wanted(), write=lines.append, deadline=math.inf)
    for html, url in pages:
        collector.answers += 1
        collector.take(read(html, url, is_detail=url != PAGE))
    outcome = collector.outcome()
    return [orjson.loads(line) for line in b"".join(lines).splitlines()], outcome


def one(**fields: Any) -> dict[str, Any]:
    found, _ = postings((script(POSTING | fields), PAGE))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "html",
    [
        script(POSTING),
        script([{"@type": "Organization"}, POSTING]),
        script({"@graph": [{"@type": "WebPage"}, POSTING]}),
        script(POSTING | {"@type": ["Thing", "JobPosting"]}),
        script(POSTING | {"@type": "http://schema.org/JobPosting"}),
        script(json.dumps(POSTING).replace("@type", "\\u0040type")),
        script(POSTING, kind="application/ld&#x2B;json"),
        script(POSTING, kind="application/ld+json; charset=utf-8"),
        script({"@type": "Organization"}) + script(POSTING),
        script(json.dumps(POSTING).replace("Cook.", "Cook\n\tand\x01 bake.")),
        script(json.dumps(POSTING).replace("Cook.", "Cook \\& bake.")),
        script(json.dumps(POSTING).replace("}", ",}")),
        script(f"<!-- {json.dumps(POSTING)} -->"),
        script(f"//<![CDATA[\n{json.dumps(POSTING)}\n//]]>"),
        script(json.dumps(POSTING) + ";"),
        script({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": POSTING}]}),
        script({"@type": "CollectionPage", "mainEntity": {"@type": "ItemList", "itemListElement": [POSTING]}}),
    ],
)
def test_a_posting_is_found_however_it_is_wrapped(html: str) -> None:
    assert [posting["title"] for posting in markup_of(html, PAGE).postings] == ["Cook"]


def test_a_block_that_cannot_be_read_is_counted_and_loses_no_other() -> None:
    markup = markup_of(script('{"@type": "JobPosting", "title": ') + script(POSTING) + script("{not json}"), PAGE)
    assert (len(markup.postings), markup.broken) == (1, 1)


def test_a_page_that_is_a_posting_gives_one_posting_and_follows_no_links() -> None:
    page = read(script(POSTING) + '<a href="/careers/other-job-2">Other</a>')
    assert (len(page.rows), page.more) == (1, ())


def test_listed_addresses_on_the_same_host_are_followed_and_written_out_postings_are_not() -> None:
    items = [
        {"@type": "ListItem", "position": 1, "url": "https://acme.example/x/1"},
        {"@type": "ListItem", "item": {"@type": "JobPosting", "url": "/x/2", "title": "Waiter"}},
        {"@type": "ListItem", "item": "https://elsewhere.example/x/3"},
        {"@type": "ListItem", "item": POSTING | {"url": "https://acme.example/x/4"}},
    ]
    page = read(script({"@type": "ItemList", "itemListElement": items}))
    assert [ask.url for ask in page.more] == ["https://acme.example/x/1", "https://acme.example/x/2"]
    assert all(ask.is_detail for ask in page.more)


def test_links_that_look_like_postings_are_followed_once() -> None:
    html = """<base href="/"><a href="careers/cook-1?utm_source=x">A</a><a href="/careers/cook-1#apply">A</a>
    <a href="/careers">self</a><a href="mailto:a@b.example">m</a><a href="https://other.example/jobs/2">x</a>
    <a href="javascript:void(0)">j</a><a href="/blog/careers-at-acme">b</a><link rel="next" href="/careers?page=2">"""
    assert posting_links(html, PAGE) == ("https://acme.example/careers/cook-1",)
    assert next_page(html, PAGE) == "https://acme.example/careers?page=2"


@pytest.mark.parametrize(
    ("path", "is_posting"),
    [
        ("/jobs/123", True), ("/careers/backend-engineer", True), ("/en/vacancies/9-cook/", True),
        ("/o/cook-m-w-d", True),
        ("/stellenangebote/koch-123", True), ("/p/abc123", True), ("/job/engineering/Cook_R-1", True),
        ("/jobs", False), ("/careers/", False), ("/careers/teams", False), ("/jobs/search", False),
        ("/careers/life", False),
        ("/jobs/page/2", False), ("/careers/brochure-7.pdf", False), ("/about/cook-123", False),
        ("/jobs/cook-1/apply", False),
    ],
)  # fmt: skip
def test_paths_of_postings_are_told_from_others(path: str, is_posting: bool) -> None:
    assert is_posting_path(path) is is_posting


def test_rows_of_one_id_on_several_pages_are_one_posting_with_several_places() -> None:
    def page(city: str) -> str:
        place = {"@type": "Place", "address": {"addressLocality": city, "addressCountry": "FR"}}
        return script(POSTING | {"identifier": {"value": "R-7"}, "jobLocation": place})

    found, outcome = postings((page("Paris"), f"{PAGE}/1"), (page("Lyon"), f"{PAGE}/2"))
    assert [[place["city"] for place in posting["locations"]] for posting in found] == [["Paris", "Lyon"]]
    assert outcome.name == "success"


def test_a_page_without_postings_lists_or_links_is_not_an_empty_board() -> None:
    assert postings(("<html><h1>Welcome</h1></html>", PAGE))[1].name == "malformed"
    assert postings((script({"@type": "ItemList", "itemListElement": []}), PAGE))[1].name == "success"


def test_an_identifier_without_a_digit_is_a_name_and_the_address_is_the_id() -> None:
    assert one(identifier={"name": "Acme", "value": "Acme"}, url="/careers/cook")["external_id"] == f"{PAGE}/cook"
    assert one(identifier={"value": 7167985})["external_id"] == "7167985"
    assert one(identifier="R-12")["external_id"] == "R-12"


def test_addresses_of_every_form_are_read() -> None:
    places = one(
        jobLocation=["Berlin, Germany", {"address": "Paris, France"}, {"address": {"addressLocality": "Anywhere"}}]
    )
    assert [(place["city"], place["country"]) for place in places["locations"]] == [("Berlin", "DE"), ("Paris", "FR")]


def test_remote_comes_with_the_countries_it_may_be_worked_from() -> None:
    posting = one(
        jobLocationType="TELECOMMUTE",
        applicantLocationRequirements=[
            {"@type": "Country", "name": "USA"},
            {"@type": "State", "name": "Ontario, Canada"},
        ],
    )
    assert (posting["workplace"], posting["remote_countries"]) == ("remote", ["US", "CA"])
    assert one(jobLocationType="TELECOMMUTE")["remote_countries"] is None


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        (
            {"currency": "EUR", "value": {"minValue": 50_000, "maxValue": 60_000, "unitText": "YEAR"}},
            (50_000, 60_000, "year"),
        ),
        ({"currency": "EUR", "value": {"value": "25.50", "unitText": "HOUR"}}, (25.5, 25.5, "hour")),
        ({"currency": "EUR", "value": {"value": 4000, "unitCode": "MON"}}, (4000, 4000, "month")),
        ({"currency": "EUR", "value": 70_000}, (70_000, 70_000, "year")),
        ({"currency": "EUR", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, None),
        ("negotiable", None),
        ([], None),
    ],
)
def test_salaries_of_every_form_are_read(salary: object, pay: tuple[float, float, str] | None) -> None:
    found = one(baseSalary=salary)["salary"]
    assert (found and (found["min"], found["max"], found["period"])) == pay


@pytest.mark.parametrize(("months", "years"), [(36, 3), ("18", 1.5), (0, 0), ("many", None), (None, None), (-3, None)])
def test_months_of_experience_are_years_from_the_field(months: object, years: float | None) -> None:
    found = one(experienceRequirements={"monthsOfExperience": months})["experience"]
    assert (found and (found["min_years"], found["source"])) == (None if years is None else (years, "field"))


def test_requirements_kept_in_other_fields_are_part_of_the_text_once() -> None:
    posting = one(description="<p>Cook well.</p>", qualifications="Three years at a stove", skills="Cook well.")
    assert posting["description_text"] == "Cook well.\nQualifications\nThree years at a stove"
