"""What a mail says about the boards behind it: that they were checked, or which could not be and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NAMED = 3
A_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One followed board. `could_be_read`: its last crawl went well; `last_read_at` (UTC) None: it never was."""

    company: str
    could_be_read: bool
    last_read_at: datetime | None


def coverage_words(boards: Sequence[Checked], *, now: datetime) -> str:
    """Return one or two sentences, "" without boards; days are named in the time zone of `now`."""
    unread = [board for board in boards if not board.could_be_read]
    count = len(boards)
    if not boards:
        return ""
    if not unread:
        return "The board you follow was checked." if count == 1 else f"All {count} boards you follow were checked."
    if count == 1:
        return f"{_since(unread[0], now)}; it is the only board you follow."
    if len(unread) == 1:
        return f"All {count} boards you follow were checked but one: {_since(unread[0], now)}."
    named = ", ".join(f"{board.company} ({_when(board, now)})" for board in unread[:NAMED])
    more = f" and {len(unread) - NAMED} more" if len(unread) > NAMED else ""
    return f"{count - len(unread)} of the {count} boards you follow were checked. Not read: {named}{more}."


def day_words(moment: datetime) -> str:
    """Return "Friday, 20 November", in the moment's own time zone."""
    return f"{moment:%A}, {moment.day} {moment:%B}"


def _since(board: Checked, now: datetime) -> str:
    if board.last_read_at is None:
        return f"{board.company} could not be read yet"
    return f"{board.company} could not be read {_when(board, now)}"


def _when(board: Checked, now: datetime) -> str:
    if board.last_read_at is None:
        return "not yet"
    last = board.last_read_at.astimezone(now.tzinfo)
    if last.date() == now.date():
        return "since this morning" if last.hour < 12 <= now.hour else "since earlier today"
    return f"since {last:%A}" if now - last < A_WEEK else f"since {last.day} {last:%B}"
