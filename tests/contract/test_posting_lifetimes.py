"""When a posting is new, closed, back, or a repost, on a real mongod."""

from dataclasses import replace

from jobalerts.mongo.store import PostingStore
from tests.contract.board_crawls import BOARD, DAYS, HOURS, NOW, a_posting, crawl, open_ids, stored


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
    assert len(mongo.unmatched(BOARD, 10)) == 1, "who was not told of it before it closed is told now"


def test_an_old_posting_of_a_first_crawl_that_is_back_is_matched_no_more_than_before(mongo: PostingStore) -> None:
    old = a_posting(posted_at="2020-01-01T00:00:00Z")
    mongo.begin_crawl(BOARD, epoch=1)
    mongo.save(BOARD, [old], epoch=1, now=NOW, first_crawl=True, is_demo=False)
    crawl(mongo, [], NOW + 1 * HOURS)
    crawl(mongo, [], NOW + 2 * HOURS)
    crawl(mongo, [old], NOW + 3 * HOURS)
    assert stored(mongo).closed_at is None
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


def test_a_posting_waits_for_its_matcher_from_when_it_is_new_and_anew_when_it_is_open_again(
    mongo: PostingStore,
) -> None:
    assert mongo.unmatched_since() is None
    crawl(mongo, [a_posting("1")], NOW)
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW + HOURS)
    assert mongo.unmatched_since() == NOW
    mongo.stamp_matched([a_posting("1").key], NOW)
    assert mongo.unmatched_since() == NOW + HOURS
    mongo.stamp_matched([a_posting("2").key], NOW)
    assert mongo.unmatched_since() is None

    for later in (2, 3, 4):  # two such in a row close it
        crawl(mongo, [a_posting("1")], NOW + later * HOURS)
    assert mongo.unmatched_since() is None
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW + 5 * HOURS)
    assert mongo.unmatched_since() == NOW + 5 * HOURS


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


def test_a_new_posting_that_changes_whom_it_fits_is_matched_again_within_thirty_days(mongo: PostingStore) -> None:
    listed = a_posting(experience=None, description_text="", description_html="", job_types=())
    crawl(mongo, [listed], NOW)
    mongo.stamp_matched([listed.key], NOW)
    crawl(mongo, [replace(listed, url="https://boards.example/moved")], NOW + 1 * HOURS)
    assert mongo.unmatched(BOARD, 10) == [], "the same people as before"
    crawl(mongo, [a_posting()], NOW + 2 * HOURS)
    assert len(mongo.unmatched(BOARD, 10)) == 1
    mongo.stamp_matched([listed.key], NOW)
    crawl(mongo, [a_posting(workplace="remote")], NOW + 31 * DAYS)
    assert mongo.unmatched(BOARD, 10) == [], "it is new no more"
