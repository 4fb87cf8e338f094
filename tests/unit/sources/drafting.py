"""One row of a source, read to the posting it becomes."""

from typing import Any

from crawler.postings import posting_from
from crawler.shape import Board
from crawler.sources import load_source
from jobalerts.domain.posting import Posting


def posting_of(source: str, row: dict[str, Any], token: str = "acme") -> Posting:
    board = Board(source=source, token=token)
    draft = load_source(source).draft(row, board)
    assert draft is not None
    return posting_from(draft, board)
