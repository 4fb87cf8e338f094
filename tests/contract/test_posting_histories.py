"""What is kept of a posting's life, and what a crawl that died leaves for the next one, on a real mongod."""

from dataclasses import replace

from jobalerts.domain.crawls import CrawlRecord
from jobalerts.domain.posting import Posting
from jobalerts.mongo.store import PostingStore
from tests.contract.board_crawls import BOARD, DAYS, HOURS, NOW, a_posting, crawl, open_ids, stored


def test_history_tells_what_changed_when_it_closed_and_that_it_is_open_again(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting()], NOW)
    crawl(mongo, [a_posting(salary=None, title="Engineer")], NOW + 1 * HOURS)
    crawl(mongo, [], NOW + 2 * HOURS)
    crawl(mongo, [], NOW + 3 * HOURS)
    crawl(mongo, [a_posting(title="Engineer")], NOW + 4 * HOURS)
    found = [(event.at - NOW, event.what, event.fields) for event in mongo.history(a_posting().key)]
    assert found == [
        (0 * HOURS, "found", ()),
        (1 * HOURS, "changed", ("salary", "title")),
        (3 * HOURS, "closed", ()),
        (4 * HOURS, "open again", ()),
        (4 * HOURS, "changed", ("salary",)),
    ]
    crawl(mongo, [], NOW + 5 * HOURS)
    crawl(mongo, [], NOW + 6 * HOURS)
    assert mongo.history(a_posting().key)[-1].what == "closed"
    crawl(mongo, [a_posting(title="Engineer")], NOW + 90 * DAYS)
    assert "published again" in [event.what for event in mongo.history(a_posting().key)]
    assert mongo.history("greenhouse/acme/none") == []


def test_posting_whose_row_could_not_be_read_is_neither_missing_nor_closed(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW)
    crawl(mongo, [], NOW + 1 * HOURS)
    late = NOW + 2 * HOURS
    assert mongo.close_missing(BOARD, epoch=1, seen_after=late, now=late, but_for=["1", "9"]) == 1
    assert open_ids(mongo) == {"1"}
    assert crawl(mongo, [], NOW + 3 * HOURS)[1] == 0, "its misses were not two in a row"
    assert crawl(mongo, [], NOW + 4 * HOURS)[1] == 1


def test_crawl_that_died_is_recorded_when_the_next_begins_and_its_clusters_are_compared(mongo: PostingStore) -> None:
    twin = replace(a_posting(), source="lever", board="acme")
    crawl(mongo, [a_posting()], NOW)
    mongo.begin_crawl("lever/acme", epoch=3, began=NOW)
    late = NOW + 1 * HOURS
    mongo.save("lever/acme", [twin], epoch=3, now=late, first_crawl=False, is_demo=False)
    _part(mongo, twin)
    mongo.begin_crawl("lever/acme", epoch=4, began=NOW + 2 * HOURS)
    one, other = (mongo.by_keys([key])[key].cluster_id for key in (a_posting().key, twin.key))
    assert mongo.resolve_cluster(one) == mongo.resolve_cluster(other)
    [lost] = mongo.board_state("lever/acme").last_records
    assert (lost.at, lost.epoch, lost.outcome, lost.complete) == (NOW, 3, "lost", False)


def test_postings_are_matched_only_once_their_clusters_are_compared(mongo: PostingStore) -> None:
    twin = replace(a_posting(), source="lever", board="acme")
    crawl(mongo, [a_posting()], NOW)
    mongo.begin_crawl("lever/acme", epoch=3, began=NOW)
    mongo.save("lever/acme", [twin], epoch=3, now=NOW + HOURS, first_crawl=False, is_demo=False)
    _part(mongo, twin)
    [found] = mongo.unmatched("lever/acme", 10)
    assert mongo.resolve_cluster(found.cluster_id) == stored(mongo).cluster_id


def _part(mongo: PostingStore, twin: Posting) -> None:
    """As after a crash: the two crawls had stored at the same moment, and nobody has looked again."""
    mongo._postings.update_one({"_id": twin.key}, {"$set": {"cluster_id": "0193a1b2-0000-7000-8000-000000000099"}})


def test_run_that_was_killed_is_recorded_once_and_never_over_its_own_word(mongo: PostingStore) -> None:
    killed = CrawlRecord(
        at=NOW, epoch=5, outcome="timeout", seen=0, new=0, changed=0, closed=0, skipped=0, seconds=300.0,
        complete=False, message="time limit 300 s exceeded",
    )  # fmt: skip
    mongo.begin_crawl(BOARD, epoch=5, began=NOW)
    mongo.record_unless_known(BOARD, killed)
    mongo.record_unless_known(BOARD, killed)
    assert mongo.board_state(BOARD).last_records == (killed,)
    mongo.begin_crawl(BOARD, epoch=6, began=NOW + HOURS)
    own = replace(killed, at=NOW + HOURS, epoch=6, outcome="success", as_far_as_it_goes=True)
    mongo.record_crawl(BOARD, own)
    mongo.record_unless_known(BOARD, replace(killed, epoch=6))
    state = mongo.board_state(BOARD)
    assert state.last_records == (killed, own)
    assert state.first_crawled_at == NOW + HOURS, "it will never be read further than that"


def test_rows_that_could_not_be_read_are_kept_once_and_not_too_many(mongo: PostingStore) -> None:
    mongo.keep_rejects(BOARD, [('{"id": 1}', "KeyError: 'title'")], NOW)
    mongo.keep_rejects(BOARD, [('{"id": 1}', "KeyError: 'title'")], NOW + HOURS)
    mongo.keep_rejects("lever/other", [("x", "y")], NOW)
    [kept] = mongo.rejects(BOARD)
    assert (kept.row, kept.crawls, kept.first_seen_at, kept.last_seen_at) == ('{"id": 1}', 2, NOW, NOW + HOURS)
    mongo.keep_rejects(BOARD, [(str(number), "") for number in range(30)], NOW + 2 * HOURS)
    assert len(mongo.rejects(BOARD)) == 20
    assert len(mongo.rejects("lever/other")) == 1


def test_postings_of_a_board_nobody_looks_after_close_and_open_when_they_are_seen(mongo: PostingStore) -> None:
    crawl(mongo, [a_posting("1"), a_posting("2")], NOW)
    assert mongo.close_boards([], NOW) == 0
    assert mongo.close_boards([BOARD], NOW + 30 * DAYS) == 2
    crawl(mongo, [a_posting("1")], NOW + 31 * DAYS)
    assert open_ids(mongo) == {"1"}
