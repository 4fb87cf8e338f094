"""How a crawl ended: its name, its exit code, and what a person can do."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

SUCCESS = "success"
ADVICE = MappingProxyType(
    {
        "blocked": "the site refuses automated reading; try again in an hour, less often",
        "not_found": "check the token: no board answers under that name",
        "malformed": "the answer is not what this source sends; look at it, or report the source as changed",
        "short": "fewer postings came than the board says it has; the next crawl tries again",
        "empty": "the board had postings before; look at it, the next crawl tries again",
        "timeout": "the board answers too slowly; try again later, or raise CRAWL_TIME_LIMIT",
        "too_large": "the answer is larger than allowed; raise CRAWL_MAX_BYTES if the board really is that big",
        "network": "the board cannot be reached; check the address and the connection",
        "robots": "the site's robots.txt forbids reading this; it is not crawled",
    }
)
PRECEDENCE = (
    "robots",
    "blocked",
    "too_large",
    "timeout",
    "not_found",
    "malformed",
    "network",
    "short",
    "empty",
    SUCCESS,
)
"""Of several failures in one crawl, the first of these names it."""


class Unreadable(Exception):
    """An answer that is not the board; `name` is one of ADVICE."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(detail)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of one crawl, judged from what was received; `seen` postings were written, `skipped` rows were not."""

    name: str
    detail: str = ""
    received: int = 0
    total: int | None = None
    seen: int = 0
    skipped: int = 0
    filtered: int = 0
    alone: int = 0
    """Postings of which only the list could be read, not their own page."""
    seconds: float = 0.0
    retry_after: float | None = None
    """Seconds the site asks to be left alone."""
    parts: dict[str, bool] = field(default_factory=dict)
    """Slices of the board, and whether each was read whole; "" is a board read in one piece."""
    robots: str | None = None
    """What robots.txt said, None when it was not asked for."""
    is_unchanged: bool = False
    """The board is as the crawl before left it, and was not read."""
    answer: dict[str, str] | None = None
    """What tells the next crawl that the board is unchanged (`crawler.unchanged`); None when no list came."""
    rejects: tuple[dict[str, str], ...] = ()
    """The first rows that could not be read: `row`, and the `error`."""
    rejected_ids: tuple[str, ...] = ()
    """What may be the ids of all of them."""

    @property
    def exit_code(self) -> int:
        return 0 if self.name == SUCCESS else 1

    def line(self, board: str) -> str:
        """One line for a person: outcome, board, and what to do."""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.name}: {board}{detail}; {ADVICE.get(self.name, 'nothing to do')}"

    def to_json(self) -> dict[str, Any]:
        return {
            "outcome": self.name, "detail": self.detail, "received": self.received, "total": self.total,
            "seen": self.seen, "skipped": self.skipped, "filtered": self.filtered, "alone": self.alone,
            "seconds": round(self.seconds, 3), "retry_after": self.retry_after, "parts": self.parts,
            "robots": self.robots, "is_unchanged": self.is_unchanged, "answer": self.answer,
            "rejects": self.rejects, "rejected_ids": self.rejected_ids,
        }  # fmt: skip


def outcome_from_json(document: dict[str, Any]) -> Outcome:
    """Read the line that `python -m crawler.fetch` writes last."""
    fields = dict(document)
    rejects, rejected_ids = tuple(fields.pop("rejects", ())), tuple(fields.pop("rejected_ids", ()))
    return Outcome(name=fields.pop("outcome"), rejects=rejects, rejected_ids=rejected_ids, **fields)
