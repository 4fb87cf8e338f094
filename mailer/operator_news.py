"""Telling the operator: notices, companies that people follow and no board is known for, boards that cannot be read."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.sql import board_views, companies, mails, notices
from jobalerts.sql.engine import read, write

NAMED = 50
DAY = timedelta(hours=24)


def tell(engine: Engine, settings: Settings, *, now: datetime) -> bool:
    """Plan the mails that are due; False when there are none or nobody to tell."""
    recipient = _operator(settings)
    if not recipient:
        return False
    told = [
        _tell_of_notices(engine, recipient, now=now),
        _tell_of_companies(engine, recipient, now=now),
        _tell_of_boards(engine, recipient, now=now),
    ]
    return any(told)


def _operator(settings: Settings) -> str:
    """OPERATOR_EMAIL, else the admin's address, unless that is the made-up default and mails leave the machine."""
    if settings.operator_email:
        return settings.operator_email
    is_real = settings.admin_email != Settings.model_fields["admin_email"].default
    return settings.admin_email if is_real or settings.demo_on else ""


def _tell_of_notices(engine: Engine, recipient: str, *, now: datetime) -> bool:
    """Once a notice: all that are new in one mail."""
    with write(engine) as connection:
        found = notices.take_untold(connection)
        if not found:
            return False
        *lines, next_step = [line for notice in found for line in (notice.subject, *notice.text.splitlines()) if line]
        if len(found) == 1:
            lines = lines[1:] or lines
        context = {
            "subject": found[0].subject if len(found) == 1 else f"{len(found)} things need you",
            "lines": _lines(lines),
            "next_step": next_step,
        }
        mails.plan(connection, kind="operator", recipient=recipient, user_id=None, now=now, context=context)
    return True


def _tell_of_companies(engine: Engine, recipient: str, *, now: datetime) -> bool:
    """Once a name: all names that are new since the last mail in one."""
    with read(engine) as connection:
        asked = [name for name in companies.unknown(connection) if name.told_at is None]
    if not asked:
        return False
    context = {
        "subject": f"{len(asked)} unknown compan{'y' if len(asked) == 1 else 'ies'} that people want to follow",
        "lines": _lines([name.name for name in asked]),
        "next_step": "Add a board with `jobalerts boards add`; whoever follows the name then gets its postings.",
    }
    with write(engine) as connection:
        keys = ",".join(sorted(name.name_key for name in asked))
        mails.plan(
            connection, kind="operator", recipient=recipient, user_id=None, now=now, context=context,
            dedupe_key=f"unknown:{now:%Y-%m-%d}:{sha256(keys.encode()).hexdigest()}",
        )  # fmt: skip
        companies.mark_told(connection, [name.name_key for name in asked], now=now)
    return True


def _tell_of_boards(engine: Engine, recipient: str, *, now: datetime) -> bool:
    """Once a day (UTC), as long as a board that should be read was given up in the last 24 hours."""
    with read(engine) as connection:
        found = board_views.given_up(connection, since=now - DAY)
    if not found:
        return False
    context = {
        "subject": f"{len(found)} board{'' if len(found) == 1 else 's'} could not be read",
        "lines": _lines([f"{board.company} ({board.id}): {board.outcome}: {board.message}" for board in found]),
        "next_step": "Their postings stay open, and they are tried again when they are due next. Correct a board with "
        "`jobalerts boards add`, or stop reading it with `jobalerts boards disable`.",
    }
    with write(engine) as connection:
        planned = mails.plan(
            connection, kind="operator", recipient=recipient, user_id=None, now=now, context=context,
            dedupe_key=f"boards:{now:%Y-%m-%d}",
        )  # fmt: skip
    return planned is not None


def _lines(items: list[str]) -> list[str]:
    return items[:NAMED] + ([f"and {len(items) - NAMED} more"] if len(items) > NAMED else [])
