"""Recognises a board that has not changed: by its server's word (304), or by the hash of its answer.

Only for boards whose list is one answer: of several, an unchanged one says nothing of the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from scrapy.http import Response

from crawler.shape import Ask

LONGEST = 1000
NOT_MODIFIED = 304


def digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


@dataclass(slots=True, kw_only=True)
class Answers:
    """The answers of a crawl that are lists; `known` is the one answer that a good crawl before this got."""

    known: Mapping[str, Any] | None = None
    lists: int = 0
    only: dict[str, str] = field(default_factory=dict)
    is_unchanged: bool = False

    def headers(self, ask: Ask) -> dict[str, str]:
        """What makes the request conditional (RFC 9110, 13.1)."""
        if self.known is None or not _is_list(ask) or ask.url != self.known.get("url"):
            return {}
        named = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
        return {header: str(self.known[key]) for header, key in named if self.known.get(key)}

    def take(self, response: Response, ask: Ask) -> bool:
        """Whether the board is as it was, so that nothing of the answer need be read."""
        if not _is_list(ask):
            return False
        if response.status == NOT_MODIFIED:
            self.is_unchanged = bool(self.headers(ask))
            return self.is_unchanged
        if response.status != 200:
            return False
        self.lists += 1
        if self.lists > 1:
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

    @property
    def to_know(self) -> dict[str, str] | None:
        """What the next crawl should know; None when the list took several answers."""
        return self.only if self.lists == 1 else None


def _is_list(ask: Ask) -> bool:
    return ask.method == "GET" and ask.row is None and not ask.is_detail and not ask.is_rendered


def _header(response: Response, name: str) -> str:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if len(value) <= LONGEST and value.isprintable() else ""
