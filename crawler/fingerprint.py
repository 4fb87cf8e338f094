"""One hash of all that a board's lists say of its postings, in whatever order and on whichever page they say it.

Hashed is what the field map takes from each row, and which pages are asked for next. Whatever else is new in every
answer (a request's number, the server's time, what somebody else has viewed) makes no difference.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import orjson

from crawler.drafts import Draft
from crawler.shape import UNREADABLE_ROW, Ask, Json, Page

Drafting = Callable[[Json], Draft | None]


@dataclass(slots=True)
class Fingerprint:
    """Sixteen bytes a row; a row said twice counts once, as where paging has come round."""

    _said: set[bytes] = field(default_factory=set)
    _totals: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._said)

    def hash(self) -> str:
        """The same for the same rows and totals."""
        totals = sorted(_hash(f"{part}={total}".encode()) for part, total in self._totals.items())
        return blake2b(b"".join((*sorted(self._said), *totals)), digest_size=16).hexdigest()

    def add_draft(self, draft: Draft | None) -> None:
        """None is a row that is no posting."""
        if draft is not None:
            self._said.add(_hash(_bytes_of(draft)))

    def add_unreadable(self) -> None:
        """A row that cannot be read, or not without its posting's own page."""
        self._said.add(b"unreadable")

    def add_row(self, row: Json, drafting: Drafting) -> None:
        try:
            self.add_draft(drafting(row))
        except UNREADABLE_ROW:
            self.add_unreadable()

    def add_rows(self, rows: Iterable[Json], drafting: Drafting) -> None:
        for row in rows:
            self.add_row(row, drafting)

    def add_page(self, page: Page, ask: Ask) -> None:
        """What a page of the list says of all of it (of several totals of a part the first counts); how it is read."""
        if page.total is not None:
            self._totals.setdefault(ask.part, str(page.total))
        if page.is_partial or page.unreadable:
            self._totals[f"{ask.part}, not all of it"] = str(page.unreadable)
        if ask.rules is not None:
            self._said.add(_hash(repr(ask.rules).encode("utf-8", "backslashreplace")))

    def add_details(self, asks: Iterable[Ask], drafting: Drafting) -> None:
        """Postings' own pages that a list leads to: their addresses, and what the list says of them."""
        for ask in asks:
            if ask.is_detail and not ask.is_step:
                self._said.add(_hash(ask.url.encode("utf-8", "backslashreplace")))
                if ask.row is not None:
                    self.add_row(ask.row, drafting)


def _hash(said: bytes) -> bytes:
    return blake2b(said, digest_size=16).digest()


def _bytes_of(draft: Draft) -> bytes:
    """All that it says; `own_part` is a function of the rest."""
    said = tuple(draft._replace(own_part=None))
    try:
        return orjson.dumps(said, default=tuple)
    except TypeError:  # what JSON cannot say: half a surrogate pair, a very large number
        return repr(said).encode("utf-8", "backslashreplace")
