"""What the store of postings keeps of a crawl, on a real mongod."""

from typing import Any

import pytest
from pymongo import MongoClient

from jobalerts.domain.posting import to_json
from jobalerts.mongo.saving import Saved
from jobalerts.mongo.store import PostingStore
from tests.contract.board_crawls import HOURS, NOW, a_posting, crawl, stored


def test_a_posting_comes_back_as_it_was(mongo: PostingStore) -> None:
    odd = a_posting(
        title="Ingénieur·e 🛠 \x00",
        remote_countries=("DE", "FR"),
        salary=None,
        experience=None,
        description_text="x" * 10**6,
    )
    saved, _ = crawl(mongo, [odd], NOW)
    assert saved == Saved(seen=1, new=1, changed=0)
    found = stored(mongo)
    assert found.posting == odd
    assert (found.first_seen_at, found.last_seen_at, found.closed_at) == (NOW, NOW, None)
    assert (found.is_new, found.is_demo, found.repost_of) == (True, False, None)


def test_documents_keep_the_keys_of_the_contract_and_a_version(
    mongo: PostingStore, mongodb_url: str, mongodb_database: str
) -> None:
    crawl(mongo, [a_posting()], NOW)
    with MongoClient[dict[str, Any]](mongodb_url) as client:
        document = client[mongodb_database]["postings"].find_one()
        board = client[mongodb_database]["boards"].find_one()
    assert document is not None
    assert document.items() >= {**to_json(a_posting()), "locations": document["locations"], "job_types": ["software-engineer"]}.items()  # fmt: skip # noqa: E501
    assert document["v"] == 1
    assert board is not None
    assert board["v"] == 1


def test_a_second_crawl_of_the_same_changes_nothing(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW)
    cluster = stored(mongo).cluster_id
    saved, closed = crawl(mongo, [a_posting("1"), a_posting("2")], NOW + 6 * HOURS)
    assert (saved, closed) == (Saved(seen=2, new=0, changed=0), 0)
    found = stored(mongo)
    assert (found.first_seen_at, found.last_seen_at) == (NOW, NOW + 6 * HOURS)
    assert found.cluster_id == cluster


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Senior Software Engineer"},
        {"updated_at": "2026-11-20T00:00:00Z"},
        {"description_html": "<p>Build more.</p>"},
        {"salary": None},
        {"locations": ()},
    ],
)
def test_any_key_that_differs_counts_as_changed_and_is_kept(mongo: PostingStore, change: dict[str, Any]) -> None:
    crawl(mongo, [a_posting()], NOW)
    cluster = stored(mongo).cluster_id
    saved, _ = crawl(mongo, [a_posting(**change)], NOW + 6 * HOURS)
    assert saved == Saved(seen=1, new=0, changed=1)
    assert stored(mongo).posting == a_posting(**change)
    assert stored(mongo).cluster_id == cluster


def test_a_posting_of_which_only_the_list_could_be_read_keeps_what_its_own_page_said(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting()], NOW)
    saved, _ = crawl(mongo, [a_posting(description_text="", description_html="", salary=None)], NOW + 6 * HOURS)
    assert saved == Saved(seen=1, new=0, changed=0)
    assert (stored(mongo).posting, stored(mongo).last_seen_at) == (a_posting(), NOW + 6 * HOURS)


def test_what_a_changed_key_said_before_is_kept_for_the_last_ten_changes(
    mongo: PostingStore, mongodb_url: str, mongodb_database: str
) -> None:
    for number in range(13):
        crawl(mongo, [a_posting(title=f"Title {number}", description_text=f"Text {number}")], NOW + number * HOURS)
    with MongoClient[dict[str, Any]](mongodb_url) as client:
        document = client[mongodb_database]["postings"].find_one()
    assert document is not None
    assert [entry["before"] for entry in document["history"]] == [
        {"title": f"Title {number}", "description_text": None} for number in range(2, 12)
    ]


def test_one_batch_may_hold_thousands_and_the_same_posting_twice(mongo: PostingStore) -> None:
    many = [a_posting(str(number)) for number in range(1_200)]
    saved, _ = crawl(mongo, [*many, a_posting("0"), a_posting("1199")], NOW)
    assert saved.new == 1_200
    assert mongo.counts(NOW) == {"open": 1_200, "new_24h": 1_200}


def test_nothing_at_all_can_be_saved(mongo: PostingStore) -> None:
    assert crawl(mongo, [], NOW) == (Saved(seen=0, new=0, changed=0), 0)


def test_unknown_keys_are_left_out(mongo: PostingStore) -> None:
    assert mongo.by_keys(["greenhouse/acme/nothing"]) == {}
    assert mongo.by_keys([]) == {}


def test_indexes_may_be_made_by_every_program(mongo: PostingStore) -> None:
    mongo.prepare()
    mongo.ping()
