"""A place in the list of dead letters as text for an address: 24 bytes, every one of which can be read."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

from jobalerts.sql.dead_letters import Position

PLACE = re.compile(r"^[A-Za-z0-9_-]{32}$")
LETTER_ID = re.compile(r"^(message-[0-9]{1,18}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST_ID = 2**63 - 1


def place_text(position: Position) -> str:
    """Seven bytes of microseconds, one for the kind, sixteen of the id."""
    micros = (position.moment - EPOCH) // timedelta(microseconds=1)
    own = b"\x01" + position.id.to_bytes(16) if isinstance(position.id, int) else b"\x00" + UUID(position.id).bytes
    return urlsafe_b64encode(micros.to_bytes(7) + own).decode()


def place_of(text: str) -> Position | None:
    """The place; None unless `text` has the form of one."""
    if not PLACE.fullmatch(text):
        return None
    given = urlsafe_b64decode(text)
    moment = EPOCH + timedelta(microseconds=int.from_bytes(given[:7]))
    if given[7] % 2:
        return Position(moment=moment, kind="message", id=min(int.from_bytes(given[8:]), LARGEST_ID))
    return Position(moment=moment, kind="task", id=str(UUID(bytes=given[8:])))
