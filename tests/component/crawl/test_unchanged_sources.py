"""A board of every source that is as it was: its list is asked for, no posting's own page, and nothing is stored."""

from pathlib import Path

import pytest

from crawler.sources import source_names
from jobalerts.mongo.store import PostingStore
from tests.component.crawl.conftest import Fetched, HostileBoard, body, fetch
from tests.component.crawl.recorded_site import RecordedSite
from tests.component.crawl.test_unchanged_boards import store_it

RENDERED = {"browser"}
LISTS = {
    "amazon": 2, "ashby": 1, "bamboohr": 1, "breezy": 1, "greenhouse": 1, "hackernews": 2, "jsonld": 1, "lever": 1,
    "page": 2, "personio": 1, "recruitee": 1, "remoteok": 1, "smartrecruiters": 2, "teamtailor": 3,
    "weworkremotely": 1, "workable": 1, "workday": 1,
}  # fmt: skip
"""Answers that the list of the recorded board takes."""


CONDITIONAL = sorted(name for name, answers in LISTS.items() if answers == 1 and name != "workday")
"""Whose list is one answer to a GET; Workday's is asked for by POST."""


def crawl(board: HostileBoard, site: RecordedSite, **job: object) -> Fetched:
    site.asked.clear()
    found = fetch(board, site.source, site.case["token"], **job)
    assert found.name == "success", found.outcome
    return found


def test_no_source_is_left_out() -> None:
    assert set(LISTS) | RENDERED == set(source_names())


@pytest.mark.parametrize("source", LISTS)
def test_second_crawl_asks_for_the_list_alone_and_stores_nothing(
    hostile: HostileBoard, mongo: PostingStore, source: str
) -> None:
    site = RecordedSite(source=source)
    site.serve_on(hostile)
    first = crawl(hostile, site)
    assert first.postings
    store_it(first, mongo, source, 1)

    second = crawl(hostile, site, known=first.outcome["answer"])
    assert second.outcome["is_unchanged"]
    assert (second.postings, len(site.asked)) == ([], LISTS[source])
    if first.outcome["skipped"] or not all(first.outcome["parts"].values()):
        assert mongo.answer_of(f"{source}/acme") is None, "what could not be read is tried again"
        return
    ingested = store_it(second, mongo, source, 2)
    saved = ingested.saved
    assert (saved.seen, saved.new, saved.changed, ingested.closed) == (len(first.postings), 0, 0, 0)
    state = mongo.board_state(f"{source}/acme")
    assert (state.open_count, state.last_records[-1].is_unchanged) == (len(first.postings), True)
    assert state.last_records[-1].seen == state.last_records[0].seen


@pytest.mark.parametrize("source", CONDITIONAL)
def test_a_server_that_says_304_sends_nothing_else(hostile: HostileBoard, source: str) -> None:
    site = RecordedSite(source=source, knows_versions=True)
    site.serve_on(hostile)
    first = crawl(hostile, site)
    site.sent.clear()
    second = crawl(hostile, site, known=first.outcome["answer"])
    assert (second.outcome["is_unchanged"], second.postings) == (True, [])
    assert (len(site.asked), site.sent) == (1, [])


@pytest.mark.parametrize("source", LISTS)
def test_a_change_of_one_posting_in_the_list_is_read(hostile: HostileBoard, source: str) -> None:
    site = RecordedSite(source=source)
    site.serve_on(hostile)
    first = crawl(hostile, site)
    title = next(title for posting in first.postings if site.says(title := posting["title"].encode()))
    site.changes = [(title, title + b" II"), (b"/careers/brochure-7.pdf", b"/careers/baker-104")]
    changed = crawl(hostile, site, known=first.outcome["answer"])
    assert not changed.outcome["is_unchanged"]
    assert len(changed.postings) == len(first.postings)
    assert changed.outcome["answer"]["said"] != first.outcome["answer"]["said"]
    again = crawl(hostile, site, known=changed.outcome["answer"])
    assert again.outcome["is_unchanged"], "what was held and then read says the same as what was read at once"


@pytest.mark.parametrize(("source", "page"), [("amazon", "page2.json"), ("smartrecruiters", "page2.json")])
def test_a_list_of_which_a_page_fails_is_not_unchanged(hostile: HostileBoard, source: str, page: str) -> None:
    site = RecordedSite(source=source)
    site.serve_on(hostile)
    known = crawl(hostile, site).outcome["answer"]
    site.failing = {page}
    half = fetch(hostile, source, site.case["token"], known=known)
    assert (half.name, half.outcome["is_unchanged"]) == ("network", False)
    assert half.postings, "what came is stored nevertheless"


@pytest.mark.parametrize("source", ["lever", "teamtailor"])
def test_what_an_older_version_has_read_is_read_again(hostile: HostileBoard, source: str) -> None:
    site = RecordedSite(source=source)
    site.serve_on(hostile)
    first = crawl(hostile, site)
    anew = crawl(hostile, site, known=first.outcome["answer"] | {"reader": "0.0.1"})
    assert (anew.outcome["is_unchanged"], len(anew.postings)) == (False, len(first.postings))


def test_a_page_whose_selectors_were_changed_is_read_again(hostile: HostileBoard, tmp_path: Path) -> None:
    hostile.paths["/careers"] = body(b"<li><a href='/jobs/7'>Cook</a> <i>Kitchen</i></li>", kind="text/html")
    rules = tmp_path / "acme.yaml"
    rules.write_text("url: https://acme.example/careers\nitem: li\nfields: {title: a, url: a@href}\n")
    first = fetch(hostile, "page", str(rules))
    assert fetch(hostile, "page", str(rules), known=first.outcome["answer"]).outcome["is_unchanged"]
    rules.write_text("url: https://acme.example/careers\nitem: li\nfields: {title: a, url: a@href, department: i}\n")
    again = fetch(hostile, "page", str(rules), known=first.outcome["answer"])
    assert [posting["department"] for posting in again.postings] == ["Kitchen"]


def test_a_posting_gone_from_a_list_of_several_pages_closes_though_the_crawl_after_is_unchanged(
    hostile: HostileBoard, mongo: PostingStore
) -> None:
    site = RecordedSite(source="teamtailor")
    site.serve_on(hostile)
    first = crawl(hostile, site)
    store_it(first, mongo, "teamtailor", 1)
    gone = str(first.postings[-1]["external_id"])
    site.changes = [(gone.encode(), b"another")]
    without = crawl(hostile, site, known=first.outcome["answer"])
    assert store_it(without, mongo, "teamtailor", 2).closed == 0
    still = crawl(hostile, site, known=without.outcome["answer"])
    assert still.outcome["is_unchanged"]
    ingested = store_it(still, mongo, "teamtailor", 3)
    assert (ingested.closed, ingested.saved.seen) == (1, len(first.postings))
