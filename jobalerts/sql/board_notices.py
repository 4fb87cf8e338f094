"""Telling the operator of a board that is read, but not believed: once, until it was healthy in between."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection

from jobalerts.domain.doubts import SUSPICIOUS
from jobalerts.domain.retry import SUCCESS
from jobalerts.sql.notices import all_healthy_again, healthy_again, tell_once

LONGEST = 180
NEXT_STEP = (
    "None of its postings is closed meanwhile. Compare the board with its page here: if the board has changed, report "
    "the source as changed; if it is really so, it is believed after 24 hours."
)


def book(connection: Connection, board: str, *, outcome: str, message: str) -> None:
    """Open or close the board's notice by how a crawl of all of it ended; another failure changes nothing."""
    if outcome == SUSPICIOUS:
        tell_once(connection, key_of(board), f"{board} is suspicious", f"{message}\n{NEXT_STEP}")
    elif outcome == SUCCESS:
        healthy_again(connection, key_of(board))


def all_healthy(connection: Connection, boards: Sequence[str]) -> None:
    """Close the notices of boards whose whole was read and believed."""
    all_healthy_again(connection, [key_of(board) for board in boards])


def key_of(board: str) -> str:
    """What its notice is kept under."""
    key = f"board:{board}"
    return key if len(key) <= LONGEST else f"board:{sha256(board.encode()).hexdigest()}"
