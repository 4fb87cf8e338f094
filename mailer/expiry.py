"""Closes postings between two crawls: those that are over by their own word, and those nobody looks after any more."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from jobalerts.mongo.store import PostingStore
from jobalerts.sql import boards
from jobalerts.sql.engine import read

DISABLED_FOR = timedelta(days=30)
"""How long postings of a board that an admin has disabled stay open."""


def close_what_is_over(engine: Engine, store: PostingStore, *, now: datetime) -> int:
    """Return how many were closed."""
    with read(engine) as connection:
        abandoned = boards.disabled_before(connection, now - DISABLED_FOR)
    return store.close_expired(now) + store.close_boards(abandoned, now)
