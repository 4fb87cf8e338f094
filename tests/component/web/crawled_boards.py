"""A board with a long history, for the tests of its card."""

from datetime import timedelta

from sqlalchemy import Engine

from jobalerts.domain.crawls import CrawlRecord
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import board_notices, boards
from jobalerts.sql.engine import write
from tests.component.web.people import now

WORDS = "3 of 118 postings have pay, about 64 used to"


def a_history(engine: Engine, mongo: PostingStore, board: str, *, is_suspicious: bool = False) -> None:
    """28 good crawls, one that failed, and one that may be doubted; a note, and rows that could not be read."""
    moment = now()
    for number in range(30):
        outcome = "network" if number == 11 else "suspicious" if number == 29 and is_suspicious else "success"
        seen = 0 if outcome == "network" else 100 + number * 7 % 23
        record = CrawlRecord(
            at=moment - timedelta(hours=6 * (29 - number)), epoch=number + 1, outcome=outcome, seen=seen, new=number,
            changed=number % 5, closed=number % 3, skipped=number % 2, seconds=1.5, complete=outcome == "success",
            filled={"salary": 60, "place": seen, "text": seen}, doubts=("salary",) if outcome == "suspicious" else (),
            message="status 502" if outcome == "network" else WORDS if outcome == "suspicious" else "",
        )  # fmt: skip
        mongo.record_crawl(board, record)
    row = '{"id": 4711, "title": null, "location": {"name": "Berlin"}}'
    mongo.keep_rejects(board, [(row, "ValueError: no title")], moment)
    with write(engine) as connection:
        boards.set_note(connection, board, "robots.txt allows the API.\nThe terms allow reading it for people.")
        if is_suspicious:
            board_notices.book(connection, board, outcome="suspicious", message=WORDS)
