"""Recognises a board that has not changed: by its server's word (304), by the hash of its answer, or by what it says.

The first two only where the list is one answer to a GET; that spares even reading it. Else the list's answers are held
until the last of them has come, and if they say what they said before, nothing else is asked for, read or stored.
"""

import tempfile
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from importlib.metadata import version
from typing import Any

from scrapy.http import Response

from crawler.fingerprint import Fingerprint
from crawler.shape import Answer, Ask

LONGEST = 1000
NOT_MODIFIED = 304
READER = version("jobalerts")
"""What an older version made of the same words may have been something else."""
MOST_BYTES = 4 * 2**20
"""Of held answers in memory; more lie in a file."""


def digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


def is_list(ask: Ask) -> bool:
    """Whether it asks for (a page of) the board's list, or for the way to it."""
    return ask.row is None and (not ask.is_detail or ask.is_step)


class HeldAnswers:
    """Answers in the order in which they came."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=MOST_BYTES)  # noqa: SIM115 - closed with this object
        weakref.finalize(self, self._file.close)
        self._answers: list[tuple[Answer, int]] = []

    def add(self, answer: Answer) -> None:
        self._answers.append((replace(answer, body=b""), len(answer.body)))
        self._file.write(answer.body)

    def __iter__(self) -> Iterator[Answer]:
        self._file.seek(0)
        for answer, size in self._answers:
            yield replace(answer, body=self._file.read(size))


@dataclass(slots=True, kw_only=True)
class Answers:
    """The answers of a crawl that are lists; `known` is `to_know` of a good crawl before this."""

    known: Mapping[str, Any] | None = None
    lists: int = 0
    waiting: int = 0
    """Lists asked for that have not been answered."""
    only: dict[str, str] = field(default_factory=dict)
    fingerprint: Fingerprint = field(default_factory=Fingerprint)
    held: HeldAnswers | None = None
    is_unchanged: bool = False

    def __post_init__(self) -> None:
        if self.known is not None and self.known.get("reader") != READER:
            self.known = None
        if self.known is not None:
            self.held = HeldAnswers()

    def headers(self, ask: Ask) -> dict[str, str]:
        """What makes the request conditional (RFC 9110, 13.1)."""
        if self.known is None or not _is_plain(ask) or ask.url != self.known.get("url"):
            return {}
        named = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
        return {header: str(self.known[key]) for header, key in named if self.known.get(key)}

    def take(self, response: Response, ask: Ask) -> bool:
        """Whether the board is as it was, so that nothing of the answer need be read."""
        if not is_list(ask):
            return False
        if response.status == NOT_MODIFIED:
            self.is_unchanged = bool(self.headers(ask))
            return self.is_unchanged
        if response.status != 200:
            return False
        self.lists += 1
        if self.lists > 1 or not _is_plain(ask):
            return False
        self.only = {
            "url": ask.url,
            "hash": digest(response.body),
            "etag": _header(response, "ETag"),
            "modified": _header(response, "Last-Modified"),
        }
        self.is_unchanged = self.known is not None and all(
            self.known.get(key) == self.only[key] for key in ("url", "hash")
        )
        return self.is_unchanged

    def says_the_same(self) -> bool:
        """Whether all lists have come, and say what the known crawl's said."""
        is_whole = self.lists > 0 and self.waiting == 0
        return is_whole and self.known is not None and self.known.get("said") == self.fingerprint.hash()

    @property
    def to_know(self) -> dict[str, str] | None:
        """What the next crawl should know; None when no list came."""
        if not self.lists:
            return None
        return (self.only if self.lists == 1 else {}) | {"said": self.fingerprint.hash(), "reader": READER}


def _is_plain(ask: Ask) -> bool:
    """Whether the same answer says the same: not where somebody may have changed how it is read."""
    return is_list(ask) and ask.method == "GET" and ask.rules is None


def _header(response: Response, name: str) -> str:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if len(value) <= LONGEST and value.isprintable() else ""
