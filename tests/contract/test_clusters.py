"""One position is one cluster, wherever and however often it is published, on a real mongod."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from jobalerts.domain.posting import Experience, Location, Posting
from jobalerts.mongo.store import PostingStore, open_store
from tests.contract.board_crawls import BOARD, DAYS, HOURS, NOW, a_posting, crawl, stored

THIRTY = """
Amsterdam Athens Barcelona Berlin Brno Brussels Bucharest Cluj Cologne Copenhagen Dublin Essen Gdańsk Geneva Graz
Hamburg Helsinki Lisbon Lyon Madrid Milan Munich Nice Oslo Paris Porto Prague Riga Vienna Zürich
"""
CITIES = THIRTY.split()
TEXT = """You will design and run the ledgers that move money for two million shops. You own services from the first
sketch to the pager, write tests before you write features, and talk to the people who use what you build.
What you bring: a good deal of practice with distributed systems, fluency in one typed language, and patience with
databases that are older than you. We offer thirty days of leave, a budget for books and time to read them."""


def a_role(external_id: str, city: str = "Berlin", **changes: Any) -> Posting:
    values: dict[str, Any] = {
        "title": f"Software Engineer, Payments - {city}",
        "locations": (Location(text=city, city=city),),
        "description_text": f"Our {city} office is looking for you.\n{TEXT}\nCome and see us in {city}.",
        "experience": None,
    }
    return a_posting(external_id, **values | changes)


def clusters(store: PostingStore, *ids: str) -> list[str]:
    return [stored(store, one).cluster_id for one in ids]


def elsewhere(store: PostingStore, *postings: Posting, board: str = "lever/acme", hours: int = 1) -> None:
    store.begin_crawl(board, epoch=1)
    store.save(board, postings, epoch=1, now=NOW + hours * HOURS, first_crawl=False, is_demo=False)


def test_thirty_cities_are_one_cluster_in_one_crawl_and_in_thirty(mongo: PostingStore) -> None:
    postings = [a_role(str(number), city) for number, city in enumerate(CITIES)]
    crawl(mongo, postings[:10], NOW)
    for count in range(11, 31):
        crawl(mongo, postings[:count], NOW + count * HOURS)
    [cluster] = set(clusters(mongo, *(str(number) for number in range(30))))
    found = mongo.open_of_clusters([cluster])[cluster]
    assert {one.posting.locations[0].city for one in found} == set(CITIES)
    assert [one.first_seen_at for one in found] == sorted(one.first_seen_at for one in found)


def test_one_position_on_two_boards_is_one_cluster(mongo: PostingStore) -> None:
    crawl(mongo, [a_role("1")], NOW)
    twin = a_role("x", source="lever", company="Acme, Inc.", title="Software Engineer (Payments)", department="R&D")
    elsewhere(mongo, twin)
    assert mongo.by_keys([twin.key])[twin.key].cluster_id == stored(mongo).cluster_id


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Software Engineer II, Payments"},
        {"title": "Senior Software Engineer, Payments"},
        {"title": "Software Engineer, Search"},
        {"department": "Risk"},
        {"company": "Acme Labs"},
        {"seniority": "senior"},
        {"employment_type": "internship"},
        {"experience": Experience(min_years=8, max_years=None, evidence="8 years", source="text")},
        {"description_text": f"Join our Search team.\n{TEXT}"},
        {"description_text": "Quite another text about quite another position, of which nothing is said above."},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_levels_teams_and_employers_are_never_merged(mongo: PostingStore, other: dict[str, Any]) -> None:
    one = a_role(
        "1", seniority="mid", description_text=f"Join our Payments team.\n{TEXT}",
        experience=Experience(min_years=3, max_years=None, evidence="3 years", source="text"),
    )  # fmt: skip
    kept = {"seniority": "mid", "description_text": one.description_text, "experience": one.experience}
    crawl(mongo, [one, a_role("2", "Dublin", **kept | other)], NOW)
    first, second = clusters(mongo, "1", "2")
    assert first != second


def test_a_position_back_under_another_id_after_sixty_days_is_a_repost(mongo: PostingStore) -> None:
    crawl(mongo, [a_role("old")], NOW)
    crawl(mongo, [], NOW + 1 * HOURS)
    crawl(mongo, [], NOW + 2 * HOURS)
    crawl(mongo, [a_role("new", "Dublin")], NOW + 2 * HOURS + 60 * DAYS)
    old, new = clusters(mongo, "old", "new")
    assert old != new
    assert stored(mongo, "new").repost_of == old
    assert mongo.open_of_clusters([old, new]) == {old: [], new: [stored(mongo, "new")]}


def test_a_position_back_under_another_id_within_sixty_days_is_the_same(mongo: PostingStore) -> None:
    crawl(mongo, [a_role("old")], NOW)
    crawl(mongo, [], NOW + 1 * HOURS)
    crawl(mongo, [], NOW + 2 * HOURS)
    crawl(mongo, [a_role("new", "Dublin")], NOW + 60 * DAYS)
    old, new = clusters(mongo, "old", "new")
    assert old == new
    assert stored(mongo, "new").repost_of is None


def test_a_cluster_lives_as_long_as_any_of_its_postings(mongo: PostingStore) -> None:
    crawl(mongo, [a_role("1"), a_role("2", "Dublin")], NOW)
    for days in (1, 2, 100):
        crawl(mongo, [a_role("2", "Dublin")], NOW + days * DAYS)
    crawl(mongo, [a_role("2", "Dublin"), a_role("3", "Paris")], NOW + 101 * DAYS)
    assert stored(mongo, "1").closed_at == NOW + 2 * DAYS
    assert len(set(clusters(mongo, "1", "2", "3"))) == 1


def test_demo_postings_and_real_ones_are_never_one(mongo: PostingStore) -> None:
    crawl(mongo, [a_role("1")], NOW)
    mongo.save("lever/acme", [a_role("2", source="lever")], epoch=1, now=NOW, first_crawl=False, is_demo=True)
    found = mongo.by_keys([a_role("2", source="lever").key])
    assert [one.cluster_id for one in found.values()] != clusters(mongo, "1")


def test_what_two_crawls_store_at_once_becomes_one_cluster(
    mongo: PostingStore, mongodb_url: str, mongodb_database: str
) -> None:
    boards = [f"greenhouse/acme{number}" for number in range(6)]

    def store_one(board: str) -> None:
        own = open_store(mongodb_url, mongodb_database)
        own.save(board, [a_role("1", board=board.split("/")[1])], epoch=1, now=NOW, first_crawl=False, is_demo=False)
        own.close()

    with ThreadPoolExecutor(len(boards)) as pool:
        list(pool.map(store_one, boards))
    found = mongo.by_keys([f"{board}/1" for board in boards])
    minted = {one.cluster_id for one in found.values()}
    [today] = set(mongo.clusters_of(minted).values())
    assert len(found) == 6
    assert {len(open_ones) for open_ones in mongo.open_of_clusters(minted).values()} == {6}
    assert len(mongo.open_of_clusters([today])[today]) == 6


def test_the_open_postings_of_merged_clusters_are_found_by_every_id(mongo: PostingStore) -> None:
    crawl(mongo, [a_role("1"), a_role("2", title="Nurse"), a_role("3", title="Cook")], NOW)
    one, two, three = clusters(mongo, "1", "2", "3")
    mongo.merge_clusters(two, into=one)
    mongo.merge_clusters(one, into=three)
    ids = {cluster: {found.posting.external_id for found in postings}
           for cluster, postings in mongo.open_of_clusters([one, two, three, "unknown"]).items()}  # fmt: skip
    assert ids == {one: {"1", "2", "3"}, two: {"1", "2", "3"}, three: {"1", "2", "3"}, "unknown": set()}


def test_a_posting_is_over_when_its_own_page_says_so(mongo: PostingStore) -> None:
    postings = [
        a_role("over", valid_through="2026-11-20T11:59:59Z"),
        a_role("soon", "Dublin", valid_through="2026-11-20T15:00:00Z"),
        a_role("its last day", "Paris", valid_through="2026-11-20T00:00:00Z"),
        a_role("no word", "Oslo"),
    ]
    crawl(mongo, postings, NOW)
    assert stored(mongo, "over").closed_at == NOW - (HOURS / 3600)
    assert mongo.board_state(BOARD).open_count == 3
    assert mongo.close_expired(NOW) == 0
    assert mongo.close_expired(NOW + 3 * HOURS) == 1
    assert stored(mongo, "soon").closed_at == NOW + 3 * HOURS
    assert mongo.close_expired(NOW + 12 * HOURS) == 1
    assert mongo.close_expired(NOW + 900 * DAYS) == 0


def test_a_posting_that_is_over_but_still_listed_stays_closed_until_its_page_says_otherwise(
    mongo: PostingStore,
) -> None:
    over = a_role("1", valid_through="2026-11-21T10:00:00Z")
    crawl(mongo, [over], NOW)
    cluster = stored(mongo).cluster_id
    for days in (1, 2, 70, 140):
        saved, _ = crawl(mongo, [over], NOW + days * DAYS)
        assert (saved.new, stored(mongo).cluster_id) == (0, cluster)
        assert stored(mongo).closed_at is not None
    crawl(mongo, [a_role("1", valid_through="2028-01-01T00:00:00Z")], NOW + 141 * DAYS)
    assert stored(mongo).closed_at is None
    assert stored(mongo).repost_of == cluster
