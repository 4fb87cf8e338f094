"""Who queued dead letters again or discarded them, when, and how many: written in the transaction that did it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from jobalerts.sql import dead_letter_ends
from jobalerts.sql.tables import dead_letter_deeds, users

Word = Literal["requeued", "discarded"]
DEEDS: Mapping[Word, dead_letter_ends.Deed] = {
    "requeued": dead_letter_ends.requeue,
    "discarded": dead_letter_ends.discard,
}


@dataclass(slots=True, kw_only=True)
class Audited:
    """A deed on dead letters that leaves one row, however many transactions it takes; nothing done leaves none."""

    deed: Word
    user_id: str
    wanted: Mapping[str, Any]
    _row: int | None = field(default=None)

    def __call__(self, connection: Connection, ids: Sequence[str], now: datetime) -> int:
        count = DEEDS[self.deed](connection, ids, now)
        if count and self._row is None:
            values = {"done_at": now, "user_id": self.user_id, "deed": self.deed, "count": count}
            row = dead_letter_deeds.insert().values(**values, wanted=dict(self.wanted))
            self._row = connection.execute(row.returning(dead_letter_deeds.c.id)).scalar_one()
        elif count:
            own = update(dead_letter_deeds).where(dead_letter_deeds.c.id == self._row)
            connection.execute(own.values(count=dead_letter_deeds.c.count + count))
        return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """`username` is None once the account is deleted; `wanted` holds the filters, or the ids that were named."""

    done_at: datetime
    username: str | None
    deed: str
    count: int
    wanted: Mapping[str, Any]


def latest(connection: Connection, limit: int = 20) -> list[Done]:
    """The latest first."""
    deeds = dead_letter_deeds
    query = select(deeds.c.done_at, users.c.username, deeds.c.deed, deeds.c.count, deeds.c.wanted)
    query = query.select_from(deeds.outerjoin(users, users.c.id == deeds.c.user_id))
    rows = connection.execute(query.order_by(deeds.c.done_at.desc(), deeds.c.id.desc()).limit(limit))
    return [Done(**row._mapping) for row in rows]
