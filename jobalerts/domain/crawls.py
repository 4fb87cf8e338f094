"""What one crawl of a board came to, as it is kept with the board."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

SUCCESS = "success"
SALARY, PLACE, TEXT = "salary", "place", "text"
FIELDS = (SALARY, PLACE, TEXT)
NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRecord:
    """One crawl. `complete`: the whole board was read, so that missing means gone."""

    at: datetime
    epoch: int
    outcome: str
    seen: int
    new: int
    changed: int
    closed: int
    skipped: int
    seconds: float
    complete: bool
    as_far_as_it_goes: bool = False
    """Not all of it, but all that can be had: the board lists no more, or more than is read of any board."""
    is_unchanged: bool = False
    """The board said, or its answer showed, that nothing has changed since the crawl before."""
    filled: Mapping[str, int] | None = None
    """How many of the postings seen had each of FIELDS; None: they were not counted."""
    doubts: tuple[str, ...] = ()
    """Why it is suspicious: names of `jobalerts.domain.doubts`."""
    message: str = ""

    @property
    def is_measure(self) -> bool:
        """Whether later crawls are compared with it."""
        return self.outcome == SUCCESS and (self.complete or self.as_far_as_it_goes)


def filled_of(documents: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many postings, as JSON of the contract, have pay, a place, and a text; remote is a place."""
    counts = dict.fromkeys(FIELDS, 0)
    for document in documents:
        counts[SALARY] += document["salary"] is not None
        counts[PLACE] += bool(document["locations"]) or document["workplace"] == "remote"
        counts[TEXT] += bool(document["description_text"])
    return counts
