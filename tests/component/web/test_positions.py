"""Lists of postings show a position once, with its places."""

import re
from datetime import timedelta

from sqlalchemy import Engine

from jobalerts.domain.posting import Location, Posting
from jobalerts.mongo.search import Search
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.engine import write
from jobalerts.sql.tables import matches
from jobalerts.sql.users import User
from tests.component.web.people import REGISTRATION, Browser, now
from tests.component.web.postings import BOARD, a_posting, keep

CITIES = ("Aachen", "Berlin", "Cork", "Delft", "Essen")


def a_role(city: str, title: str = "Baker", **given: str) -> Posting:
    place = Location(text=city, city=city)
    return a_posting(external_id=f"{title} {city}", title=title, locations=(place,), **given)


def test_a_position_in_five_cities_is_one_line(stranger: Browser, mongo: PostingStore) -> None:
    keep(mongo, *(a_role(city) for city in CITIES), a_role("Berlin", "Cook"))
    page = stranger.get("/postings").text
    assert page.count(">Baker</a>") == 1
    assert page.count(">Cook</a>") == 1
    assert "2 postings" in page
    assert re.search(r"<span>\w+ or \w+ or \w+ and 2 more</span>", page)


def test_a_search_for_a_place_finds_the_posting_there(stranger: Browser, mongo: PostingStore) -> None:
    keep(mongo, *(a_role(city) for city in CITIES))
    page = stranger.get("/postings?q=Cork").text
    assert page.count(">Baker</a>") == 1
    assert "<span>Cork or " in page


def test_pages_of_positions_have_no_gap_and_no_repetition(mongo: PostingStore) -> None:
    titles = [f"Baker of {letter}" for letter in "abcdefghijkl"]
    for city in CITIES:
        mongo.save(
            BOARD, [a_role(city, title) for title in titles], epoch=1, now=now(), first_crawl=False, is_demo=False
        )
    seen: list[str] = []
    before = None
    while True:
        found = mongo.search(Search(), before=before, limit=5)
        assert found.count == 12
        seen += [stored.posting.title for stored in found.postings]
        before = found.next_before
        if before is None:
            break
    assert sorted(seen) == titles


def test_a_match_that_closed_shows_where_the_position_is_still_open(
    adas: Browser, ada: User, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    closed = a_role("Berlin", valid_through=(now() - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    keep(mongo, closed, a_role("Cork"))
    cluster = mongo.by_keys([closed.key])[closed.key].cluster_id
    with write(sqlite_engine) as connection:
        row = {"user_id": ada.id, "cluster_id": cluster, "posting_key": closed.key, "board": BOARD, "reasons": [],
               "rank": 0.0, "created_at": now()}  # fmt: skip
        connection.execute(matches.insert(), [row])
    page = adas.get("/matches").text
    assert "<span>Cork</span>" in page
    assert "closed since" not in page


def test_a_posting_links_to_the_others_of_its_position(stranger: Browser, mongo: PostingStore) -> None:
    keep(mongo, a_role("Berlin"), a_role("Cork"))
    assert 'Baker%20Cork">Cork</a>' in stranger.get(f"/postings/{a_role('Berlin').key}").text


def test_the_preview_of_a_form_counts_a_position_once(stranger: Browser, mongo: PostingStore) -> None:
    keep(mongo, *(a_role(city, "Software Engineer") for city in CITIES))
    keep(mongo, a_role("Rome", "Engineer of Software", board="other"), board="greenhouse/other")
    stored = mongo.by_keys(["greenhouse/stripe/Software Engineer Berlin", "greenhouse/other/Engineer of Software Rome"])
    one, other = (found.cluster_id for found in stored.values())
    mongo.merge_clusters(one, into=other)
    page = stranger.send("/register", REGISTRATION | {"preview": "1"}, page="/register").text
    assert "1 posting would fit right now" in page
    assert " and 3 more</span>" in page.split('id="preview"')[1]
