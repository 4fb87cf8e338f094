"""The made-up boards: what they hold, and how it changes over time."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from jobalerts.embedded.demo_boards.companies import COMPANIES, DemoCompany
from jobalerts.embedded.demo_boards.formats import amazon, ashby, greenhouse, lever, pages
from jobalerts.embedded.demo_boards.postings import ROLES, DemoPosting, next_change, open_postings

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SITE = "http://demo.example"


def everything(moment: datetime = NOW, seed: int = 1) -> list[DemoPosting]:
    return [posting for company in COMPANIES for posting in open_postings(company, seed, moment)]


def company(source: str) -> DemoCompany:
    return next(company for company in COMPANIES if company.source == source)


def test_there_are_two_thousand_postings_of_six_companies_or_more_in_all_five_forms() -> None:
    assert len(everything()) == 2000
    assert len(COMPANIES) >= 6
    assert {company.source for company in COMPANIES} == {"greenhouse", "lever", "ashby", "amazon", "jsonld"}


def test_every_job_type_is_hired_for() -> None:
    assert {posting.job_type for posting in everything()} == set(ROLES)
    assert len(ROLES) == 31


def test_ids_are_unique() -> None:
    postings = everything()
    assert len({posting.number for posting in postings}) == len({posting.uuid for posting in postings}) == 2000


def test_the_same_seed_and_moment_give_the_same_postings_and_another_seed_others() -> None:
    assert everything() == everything()
    assert {posting.uuid for posting in everything(seed=2)}.isdisjoint(posting.uuid for posting in everything())


def test_postings_appear_and_close_within_a_day_and_none_is_from_the_future() -> None:
    today, tomorrow = everything(), everything(NOW + timedelta(days=1))
    before, after = ({posting.uuid for posting in found} for found in (today, tomorrow))
    assert before - after
    assert after - before
    assert all(posting.posted_at <= posting.updated_at <= NOW for posting in today)


def test_some_postings_change_while_they_are_open() -> None:
    later = {posting.uuid: posting for posting in everything(NOW + timedelta(days=7))}
    changed = [posting for posting in everything() if later.get(posting.uuid, posting) != posting]
    assert changed
    assert all(later[posting.uuid].updated_at > posting.updated_at for posting in changed)


def test_most_postings_are_from_the_last_thirty_days_so_that_a_first_crawl_finds_new_ones() -> None:
    recent = [posting for posting in everything() if posting.posted_at > NOW - timedelta(days=30)]
    assert len(recent) > 1000


@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.token)
def test_a_board_stays_the_same_until_its_next_change(company: DemoCompany) -> None:
    change = next_change(company, 1, NOW)
    assert change > NOW
    assert open_postings(company, 1, NOW) == open_postings(company, 1, change - timedelta(seconds=1))


def test_years_are_asked_for_in_many_ways_and_sometimes_not_at_all() -> None:
    postings = everything()
    assert len({posting.years.required for posting in postings}) > 300
    assert any(posting.years.least is None for posting in postings)
    assert any(posting.years.preferred for posting in postings)


def test_pay_is_given_in_several_currencies() -> None:
    assert len({posting.pay.currency for posting in everything() if posting.pay}) >= 10


def test_greenhouse_escapes_its_html_twice_and_counts_its_jobs() -> None:
    board = greenhouse.board(open_postings(company("greenhouse"), 1, NOW), SITE)
    assert board["meta"]["total"] == len(board["jobs"])
    content = board["jobs"][0]["content"]
    assert "<" not in content
    assert "&amp;nbsp;" in content
    assert unescape(content).startswith('<div class="content-intro"><p>')


def test_lever_keeps_requirements_in_lists_only() -> None:
    posting = next(posting for posting in open_postings(company("lever"), 1, NOW) if posting.years.required)
    document = lever.posting_json(posting, SITE)
    assert posting.years.required[0] not in document["descriptionPlain"]
    assert any(unescape(item["content"]).count(posting.years.required[0]) for item in document["lists"])
    assert document["createdAt"] == int(posting.posted_at.timestamp() * 1000)


def test_ashby_says_remote_of_hybrid_positions_too_and_sometimes_has_two_tiers() -> None:
    jobs = [ashby.job(posting, SITE) for posting in open_postings(company("ashby"), 1, NOW)]
    assert all(job["isRemote"] for job in jobs if job["workplaceType"] == "Hybrid")
    assert {len(job["compensation"]["compensationTiers"]) for job in jobs} == {0, 1, 2}


def test_amazon_pages_hold_a_hundred_and_deeper_or_larger_ones_are_refused() -> None:
    postings = open_postings(company("amazon"), 1, NOW)
    last = amazon.page(postings, {"offset": ["400"], "result_limit": ["100"]}, SITE)
    assert last["hits"] == len(postings)
    assert len(last["jobs"]) == len(postings) - 400
    assert amazon.page(postings, {"result_limit": ["101"]}, SITE)["jobs"] is None
    assert amazon.page(postings, {"offset": ["9950"], "result_limit": ["100"]}, SITE)["error"]


def test_amazon_writes_places_as_json_in_strings_and_pads_days_of_one_digit() -> None:
    jobs = [amazon.job(posting, SITE) for posting in open_postings(company("amazon"), 1, NOW)]
    assert all(json.loads(job["locations"][0])["countryIso3a"] == job["country_code"] for job in jobs)
    assert any("  " in job["posted_date"] for job in jobs)


def test_a_careers_page_links_to_pages_with_a_job_posting_each() -> None:
    museum = company("jsonld")
    postings = open_postings(museum, 1, NOW)
    listing = pages.careers(museum, postings)
    assert all(f'href="{pages.path(posting)}"' in listing for posting in postings)
    block = pages.opening(postings[0], SITE).split('<script type="application/ld+json">')[1].split("</script>")[0]
    document = json.loads(block)
    assert document["@type"] == "JobPosting"
    assert document["url"] == SITE + pages.path(postings[0])
