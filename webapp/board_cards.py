"""A board's card: what its row, its crawls and its notice say, for the page and the API alike."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from jobalerts.domain.crawls import CrawlRecord
from jobalerts.domain.doubts import ExpectedRange, expected_range
from jobalerts.mongo.boards import BoardState
from jobalerts.sql import board_notices, notices
from jobalerts.sql.board_views import BoardView
from jobalerts.sql.notices import Notice
from webapp.services import services


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`state` None: the store of postings is away. `delay` is in seconds, None at a server of one's own."""

    board: BoardView
    state: BoardState | None
    notice: Notice | None
    delay: float | None

    @property
    def crawls(self) -> tuple[CrawlRecord, ...]:
        """The last 30, oldest first."""
        return self.state.last_records if self.state else ()

    @property
    def expected(self) -> ExpectedRange | None:
        return expected_range(self.crawls)

    @property
    def last(self) -> CrawlRecord | None:
        return self.crawls[-1] if self.crawls else None

    @property
    def status_is_of_last(self) -> bool:
        """Whether the board's status tells how its last crawl went: not of one off, waiting, running or killed."""
        ended = self.board.active and self.board.status in ("success", "retrying", "failed", "dead")
        return ended and self.last is not None and self.last.outcome == self.board.outcome

    @property
    def first_crawled_at(self) -> datetime | None:
        return self.state.first_crawled_at if self.state else None


def notices_of_boards(connection: Connection) -> dict[str, Notice]:
    """The open notices about boards, by their keys."""
    return {notice.key: notice for notice in notices.open_notices(connection) if notice.key.startswith("board:")}


def card_of(board: BoardView, state: BoardState | None, told: dict[str, Notice]) -> Card:
    delay = None if board.base_url else services().settings.crawl_host_delay
    if state and state.delay:
        delay = state.delay
    return Card(board=board, state=state, notice=told.get(board_notices.key_of(board.id)), delay=delay)
