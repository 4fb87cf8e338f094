"""Telling the operator about companies that people follow and no board is known for, once a name."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.sql import companies, mails
from jobalerts.sql.engine import read, write

NAMED = 50


def tell(engine: Engine, settings: Settings, *, now: datetime) -> bool:
    """Plan one mail about all names that are new since the last one; False when there are none or nobody to tell."""
    recipient = settings.operator_email or (settings.admin_email if settings.demo_on else "")
    if not recipient:
        return False
    with read(engine) as connection:
        asked = [name for name in companies.unknown(connection) if name.told_at is None]
    if not asked:
        return False
    more = [f"and {len(asked) - NAMED} more"] if len(asked) > NAMED else []
    context = {
        "subject": f"{len(asked)} unknown compan{'y' if len(asked) == 1 else 'ies'} that people want to follow",
        "lines": [name.name for name in asked[:NAMED]] + more,
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
