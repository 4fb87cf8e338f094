"""The card of a board, for readers and for admins, and the history of a posting."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from jobalerts.mongo.store import PostingStore
from jobalerts.sql import boards
from jobalerts.sql.engine import write
from tests.component.api.rows import save_task
from tests.component.web.crawled_boards import WORDS, a_history
from tests.component.web.people import Browser, now
from tests.component.web.postings import BOARD, a_posting

ADDRESS = f"/boards/{BOARD}"


@pytest.fixture(autouse=True)
def board(sqlite_engine: Engine, mongo: PostingStore) -> None:
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Stripe")
        boards.put(connection, source="greenhouse", token="stripe", company="Stripe", every_hours=6, now=now())
        boards.enable(connection, BOARD, now())
    a_history(sqlite_engine, mongo, BOARD, is_suspicious=True)


def test_reader_sees_why_a_board_is_suspicious_and_how_it_went_before(stranger: Browser) -> None:
    page = stranger.get(ADDRESS).text
    for words in (WORDS, "Suspicious since", "robots.txt allows the API", "56 to 224 postings", "0.25 s between"):
        assert words in page
    assert "oldest first: between 100 and 122 postings each" in page, "the chart in words"
    assert page.count("<rect") == 30
    assert "4711" not in page, "rows may name people"
    assert "Keep the note" not in page
    assert f"{BOARD} is suspicious" in stranger.get("/stats").text


@pytest.mark.parametrize(
    ("status", "outcome", "names"),
    [
        ("retrying", "suspicious", ["Last run"]),
        ("running", None, ["State", "Last run"]),
        ("success", "success", ["State", "Last run"]),
    ],
    ids=["as the last crawl went", "another runs", "the last crawl was somebody else’s"],
)
def test_how_it_went_last_is_said_once(
    stranger: Browser, sqlite_engine: Engine, status: str, outcome: str | None, names: list[str]
) -> None:
    save_task(sqlite_engine, status=status, outcome=outcome, start_time=now())
    page = stranger.get(ADDRESS).text
    assert [name for name in ("State", "Last run", "Last outcome") if f"<dt>{name}</dt>" in page] == names
    assert page.count("too poor to be believed") == 1 + page.count("<td>suspicious")


@pytest.mark.parametrize(("status", "said"), [("retrying", "again in 2 minutes"), ("killed", "by an admin, just now")])
def test_state_without_an_outcome_is_said_without_a_gap(
    stranger: Browser, sqlite_engine: Engine, status: str, said: str
) -> None:
    times = {"end_time": now()} if status == "killed" else {"next_try_at": now() + timedelta(seconds=150)}
    save_task(sqlite_engine, status=status, outcome=None, start_time=now(), **times)
    for address in (ADDRESS, "/boards"):
        text = re.sub(r"<[^>]+>", "", stranger.get(address).text)
        assert re.search(rf"{status}\s+{said}", text)


def test_admin_writes_the_note_and_sees_what_could_not_be_read(admins: Browser) -> None:
    page = admins.get(ADDRESS).text
    assert "ValueError: no title" in page
    assert "4711" in page
    answer = admins.send("/admin/boards/note", {"board": BOARD, "note": "They asked us\r\nto be slow."}, page=ADDRESS)
    assert answer.status_code == 303
    assert "They asked us\nto be slow." in admins.get(ADDRESS).text
    assert admins.send("/admin/boards/note", {"board": "x/y", "note": ""}, page=ADDRESS).status_code == 404


def test_disabled_board_says_what_becomes_of_its_postings(
    admins: Browser, stranger: Browser, mongo: PostingStore
) -> None:
    mongo.begin_crawl(BOARD, epoch=1000)
    posting = a_posting()
    mongo.save(BOARD, [posting], epoch=1000, now=now(), first_crawl=False, is_demo=False)
    admins.send("/admin/boards/disable", {"board": BOARD}, page=ADDRESS)
    assert "stay for 30 days" in stranger.get(ADDRESS).text
    assert "may be gone" in stranger.get(f"/postings/{posting.key}").text


def test_posting_shows_its_history(stranger: Browser, mongo: PostingStore) -> None:
    for number, title in enumerate(("Engineer", "Senior Engineer")):
        mongo.begin_crawl(BOARD, epoch=1000 + number)
        posting = a_posting(external_id="7", title=title)
        mongo.save(BOARD, [posting], epoch=1000 + number, now=now(), first_crawl=False, is_demo=False)
    page = stranger.get("/postings/greenhouse/stripe/7").text
    assert "Changed: title" in page
    assert "Found" in page
