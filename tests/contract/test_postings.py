"""What the store of postings promises, on a real mongod."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from jobalerts.domain.posting import Experience, Location, Posting, Salary, to_json
from jobalerts.errors import PermanentError
from jobalerts.mongo.boards import CrawlRecord
from jobalerts.mongo.saving import Saved
from jobalerts.mongo.store import PostingStore

BOARD = "greenhouse/acme"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


def a_posting(external_id: str = "1", **changes: Any) -> Posting:
    plain = Posting(
        source="greenhouse",
        board="acme",
        external_id=external_id,
        url=f"https://boards.example/acme/{external_id}",
        apply_url=None,
        title="Software Engineer",
        company="Acme",
        locations=(Location(text="Berlin, Germany", city="Berlin", country="DE"),),
        workplace="hybrid",
        remote_countries=None,
        department="Engineering",
        employment_type="full_time",
        salary=Salary(min=70_000.0, max=None, currency="EUR", period="year", source="text"),
        job_types=("software-engineer",),
        seniority=None,
        experience=Experience(min_years=3.0, max_years=5.0, evidence="3-5 years", source="text"),
        description_html="<p>Build things.</p>",
        description_text="Build things.",
        language="en",
        posted_at="2026-11-19T00:00:00Z",
        updated_at=None,
        valid_through=None,
    )
    return replace(plain, **changes)


def crawl(
    store: PostingStore, postings: Iterable[Posting], at: datetime, *, epoch: int = 1, first: bool = False
) -> tuple[Saved, int]:
    """A complete crawl: what it saved, and how many postings it closed."""
    store.begin_crawl(BOARD, epoch=epoch)
    saved = store.save(BOARD, list(postings), epoch=epoch, now=at, first_crawl=first, is_demo=False)
    return saved, store.close_missing(BOARD, epoch=epoch, seen_after=at, now=at)


def stored(store: PostingStore, external_id: str = "1") -> Any:
    key = f"{BOARD}/{external_id}"
    return store.by_keys([key]).get(key)


def open_ids(store: PostingStore) -> set[str]:
    return {found.posting.external_id for found in store.open_posted_since(NOW - 400 * DAYS)}


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


def test_a_posting_closes_after_two_complete_crawls_without_it_and_not_after_one(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW)
    assert crawl(mongo, [a_posting("2")], NOW + 6 * HOURS)[1] == 0
    assert stored(mongo, "1").closed_at is None
    assert crawl(mongo, [a_posting("2")], NOW + 12 * HOURS)[1] == 1
    assert stored(mongo, "1").closed_at == NOW + 12 * HOURS
    assert open_ids(mongo) == {"2"}
    assert mongo.board_state(BOARD).open_count == 1
    assert crawl(mongo, [a_posting("2")], NOW + 18 * HOURS)[1] == 0, "closed once"
    assert stored(mongo, "1").closed_at == NOW + 12 * HOURS


def test_being_seen_in_between_forgives_a_miss(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW)
    crawl(mongo, [a_posting("2")], NOW + 6 * HOURS)
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW + 12 * HOURS)
    assert crawl(mongo, [a_posting("2")], NOW + 18 * HOURS)[1] == 0
    assert open_ids(mongo) == {"1", "2"}


def test_asking_twice_for_one_crawl_counts_one_miss(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1")], NOW)
    for _ in range(3):
        assert mongo.close_missing(BOARD, epoch=1, seen_after=NOW + HOURS, now=NOW + HOURS) == 0
    assert stored(mongo).closed_at is None


def test_closing_touches_no_other_board(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1")], NOW)
    for hours in (1, 2, 3):
        mongo.close_missing("greenhouse/acme2", epoch=1, seen_after=NOW + hours * HOURS, now=NOW + hours * HOURS)
    assert open_ids(mongo) == {"1"}


def test_a_posting_back_within_sixty_days_keeps_its_cluster_and_is_not_new_again(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting()], NOW)
    mongo.stamp_matched([a_posting().key], NOW)
    cluster = stored(mongo).cluster_id
    crawl(mongo, [], NOW + 1 * HOURS)
    crawl(mongo, [], NOW + 2 * HOURS)
    saved, _ = crawl(mongo, [a_posting()], NOW + 59 * DAYS)
    assert saved.new == 0
    found = stored(mongo)
    assert (found.closed_at, found.cluster_id, found.repost_of) == (None, cluster, None)
    assert mongo.unmatched(BOARD, 10) == []


def test_a_posting_back_after_sixty_days_closed_is_a_repost_and_new(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting()], NOW)
    mongo.stamp_matched([a_posting().key], NOW)
    cluster = stored(mongo).cluster_id
    crawl(mongo, [], NOW + 1 * HOURS)
    crawl(mongo, [], NOW + 2 * HOURS)
    back = NOW + 2 * HOURS + 60 * DAYS
    saved, _ = crawl(mongo, [a_posting()], back)
    assert saved.new == 1
    found = stored(mongo)
    assert found.repost_of == cluster
    assert found.cluster_id != cluster
    assert (found.first_seen_at, found.closed_at) == (back, None)
    assert [one.posting.external_id for one in mongo.unmatched(BOARD, 10)] == ["1"]


def test_in_a_first_crawl_only_what_was_posted_in_the_last_thirty_days_is_new(mongo: PostingStore) -> None:
    postings = [
        a_posting("today", posted_at="2026-11-20T00:00:00Z"),
        a_posting("30 days", posted_at="2026-10-21T12:00:00Z"),
        a_posting("a second more", posted_at="2026-10-21T11:59:59Z"),
        a_posting("unknown", posted_at=None),
    ]
    saved, _ = crawl(mongo, postings, NOW, first=True)
    assert (saved.seen, saved.new) == (4, 2)
    assert {one.posting.external_id for one in mongo.unmatched(BOARD, 10)} == {"today", "30 days"}
    recent = {one.posting.external_id for one in mongo.open_posted_since(NOW - 30 * DAYS)}
    assert recent == {"today", "30 days"}, "an old posting of a board that is new to us is no news"
    assert mongo.counts(NOW) == {"open": 4, "new_24h": 2}


def test_whatever_appears_in_a_later_crawl_is_new(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1", posted_at=None)], NOW, first=True)
    old = a_posting("2", posted_at="2020-01-01T00:00:00Z")
    saved, _ = crawl(mongo, [a_posting("1", posted_at=None), old, a_posting("3", posted_at=None)], NOW + HOURS)
    assert saved.new == 2
    assert {one.posting.external_id for one in mongo.open_posted_since(NOW)} == {"2", "3"}


def test_a_stamped_or_closed_posting_is_not_matched_again(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2"), a_posting("3")], NOW)
    mongo.stamp_matched([a_posting("1").key], NOW)
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW + HOURS)
    crawl(mongo, [a_posting("1", title="changed"), a_posting("2")], NOW + 2 * HOURS)
    assert [one.posting.external_id for one in mongo.unmatched(BOARD, 10)] == ["2"]
    assert mongo.boards_with_unmatched(NOW) == []
    assert mongo.boards_with_unmatched(NOW + HOURS) == [BOARD]
    mongo.stamp_matched([a_posting("2").key], NOW)
    assert mongo.boards_with_unmatched(NOW + HOURS) == []


def test_unmatched_postings_come_in_portions_oldest_first(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("old")], NOW)
    crawl(mongo, [a_posting("old"), *(a_posting(str(number)) for number in range(5))], NOW + HOURS)
    portion = mongo.unmatched(BOARD, 3)
    assert len(portion) == 3
    assert portion[0].posting.external_id == "old"


def test_a_crawl_that_lost_its_task_writes_nothing(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1")], NOW, epoch=5)
    mongo.begin_crawl(BOARD, epoch=6)
    late = NOW + HOURS
    with pytest.raises(PermanentError, match="stale epoch 5"):
        mongo.begin_crawl(BOARD, epoch=5)
    with pytest.raises(PermanentError, match="stale epoch 5"):
        mongo.save(BOARD, [a_posting("2")], epoch=5, now=late, first_crawl=False, is_demo=False)
    with pytest.raises(PermanentError, match="stale epoch 5"):
        mongo.close_missing(BOARD, epoch=5, seen_after=late, now=late)
    with pytest.raises(PermanentError, match="stale epoch 5"):
        mongo.record_crawl(BOARD, a_record(late, epoch=5))
    assert open_ids(mongo) == {"1"}
    assert mongo.board_state(BOARD).last_records == ()


def test_a_batch_already_under_way_is_fenced_off_posting_by_posting(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW, epoch=6)
    other = "greenhouse/no-fence-yet"
    with pytest.raises(PermanentError, match="stale epoch 5"):
        mongo.save(other, [a_posting("1", title="late")], epoch=5, now=NOW, first_crawl=False, is_demo=False)
    assert stored(mongo, "1").posting.title == "Software Engineer"


def test_a_crawl_by_hand_joins_the_current_epoch(mongo: PostingStore) -> None:
    assert mongo.begin_crawl(BOARD, epoch=None) == 0
    mongo.begin_crawl(BOARD, epoch=7)
    assert mongo.begin_crawl(BOARD, epoch=None) == 7


def a_record(at: datetime, *, epoch: int = 1, outcome: str = "success", complete: bool = True) -> CrawlRecord:
    return CrawlRecord(
        at=at,
        epoch=epoch,
        outcome=outcome,
        seen=3,
        new=2,
        changed=1,
        closed=0,
        skipped=0,
        seconds=1.5,
        complete=complete,
    )


def test_a_board_keeps_its_last_thirty_crawls_and_when_it_went_well(mongo: PostingStore) -> None:
    mongo.record_crawl(BOARD, a_record(NOW, outcome="blocked", complete=False))
    assert mongo.board_state(BOARD).first_crawled_at is None
    for number in range(1, 33):
        mongo.record_crawl(BOARD, a_record(NOW + number * HOURS))
    mongo.record_crawl(BOARD, a_record(NOW + 33 * HOURS, outcome="network", complete=False))
    state = mongo.board_state(BOARD)
    assert len(state.last_records) == 30
    assert state.last_records[-1] == a_record(NOW + 33 * HOURS, outcome="network", complete=False)
    assert (state.first_crawled_at, state.last_success_at) == (NOW + HOURS, NOW + 32 * HOURS)


def test_a_board_nobody_crawled_has_an_empty_state(mongo: PostingStore) -> None:
    state = mongo.board_state("lever/nobody")
    assert (state.board, state.open_count, state.last_records, state.first_crawled_at) == ("lever/nobody", 0, (), None)
    assert mongo.board_states() == {}


def test_the_states_of_all_boards_come_at_once(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW)
    mongo.record_crawl("lever/other", a_record(NOW, outcome="not_found", complete=False))
    states = mongo.board_states()
    assert {board: state.open_count for board, state in states.items()} == {BOARD: 2, "lever/other": 0}
    assert states["lever/other"].last_records[0].outcome == "not_found"


def test_merged_clusters_resolve_to_one_however_long_the_chain(mongo: PostingStore) -> None:
    mongo.merge_clusters("a", into="b")
    mongo.merge_clusters("b", into="c")
    mongo.merge_clusters("c", into="a")  # already one: no circle
    assert mongo.clusters_of(["a", "b", "c", "d"]) == {"a": "c", "b": "c", "c": "c", "d": "d"}
    assert mongo.resolve_cluster("a") == "c"


def test_unknown_keys_are_left_out(mongo: PostingStore) -> None:
    assert mongo.by_keys(["greenhouse/acme/nothing"]) == {}
    assert mongo.by_keys([]) == {}


def test_indexes_may_be_made_by_every_program(mongo: PostingStore) -> None:
    mongo.prepare()
    mongo.ping()
