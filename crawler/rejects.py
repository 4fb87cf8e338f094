"""Rows that could not be read: kept for a look, and their ids, so that nothing closes for being unreadable."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from crawler.shape import Json

KEPT = 20
"""Rows a crawl keeps; the rest is only counted."""
ROW_BYTES = 4096
ERROR_LENGTH = 300
MOST_IDS = 5_000
ID_LENGTH = 200
ID_ENDS = ("id", "guid", "shortcode", "id_icims", "identifier", "link", "url")
PATHS = ("externalPath",)
"""Workday's id is the end of the posting's path."""


@dataclass(slots=True, kw_only=True)
class Rejects:
    """What a crawl could not read: its first rows, and what may be the id of each."""

    rows: list[dict[str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def add(self, row: Json, error: Exception) -> None:
        if len(self.ids) < MOST_IDS:
            self.ids.update(possible_ids(row))
        if len(self.rows) < KEPT:
            words = " ".join(str(error).split())[:ERROR_LENGTH]
            kind = type(error).__name__
            self.rows.append({"error": f"{kind}: {words}" if words else kind, "row": trimmed(row)})


def possible_ids(row: Json) -> frozenset[str]:
    """Values under a name that sounds like an id, in the row or one level below; one that is none does no harm."""
    return frozenset(_ids(row))


def trimmed(row: Json) -> str:
    """The row as text, its first few KiB; what is no JSON as Python shows it."""
    try:
        data = orjson.dumps(row, default=str, option=orjson.OPT_NON_STR_KEYS)
    except (orjson.JSONEncodeError, RecursionError):
        data = repr(row)[:ROW_BYTES].encode("utf-8", "replace")
    text = data[:ROW_BYTES].decode("utf-8", "ignore").replace("\0", "")
    return f"{text}…" if len(data) > ROW_BYTES else text


def _ids(row: Json) -> Iterator[str]:
    if not isinstance(row, dict):
        return
    for holder in (row, *(value for value in row.values() if isinstance(value, dict))):
        for name, value in holder.items():
            if isinstance(value, bool) or not isinstance(value, str | int):
                continue
            text = str(value).strip()
            if name in PATHS:
                text = text.rpartition("/")[2].rpartition("_")[2]
            elif not str(name).lower().endswith(ID_ENDS):
                continue
            if 0 < len(text) <= ID_LENGTH:
                yield text
