"""Fences, crawl records and clusters in the store of postings, on a real mongod."""

from datetime import datetime

import pytest

from jobalerts.errors import PermanentError
from jobalerts.mongo.boards import CrawlRecord
from jobalerts.mongo.store import PostingStore
from tests.contract.board_crawls import BOARD, HOURS, NOW, a_posting, crawl, open_ids, stored


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
