"""A source's recorded board on 127.0.0.1, whose lists say something else of no account in every answer."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.component.crawl.conftest import HostileBoard, body

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sources"


@dataclass(slots=True, kw_only=True)
class RecordedSite:
    """`changes` are made to every answer; files in `failing` are answered with 503.

    A site that `knows_versions` says 304 to who has an answer, and then `sent` lacks its file.
    """

    source: str
    asked: list[str] = field(default_factory=list)
    changes: list[tuple[bytes, bytes]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    knows_versions: bool = False
    sent: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def case(self) -> dict[str, Any]:
        case: dict[str, Any] = json.loads((FIXTURES / self.source / "case.json").read_text())
        return case

    def serve_on(self, board: HostileBoard) -> None:
        for address in self.case["answers"]:
            board.paths[urlsplit(address).path] = self._answer

    def says(self, words: bytes) -> bool:
        return any(words in (FIXTURES / self.source / file).read_bytes() for file in self.asked)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = urlsplit(handler.path)
        posted = json.loads(getattr(handler, "posted", b"{}"))
        pairs = set(parse_qsl(asked.query)) | {(name, str(value)) for name, value in posted.items()}
        for address, file in self.case["answers"].items():
            given = urlsplit(address)
            if given.path == asked.path and set(parse_qsl(given.query)) <= pairs:
                self.asked.append(file)
                self._send(handler, file)
                return
        body(b"", status=404)(handler)

    def _send(self, handler: BaseHTTPRequestHandler, file: str) -> None:
        if self.knows_versions and handler.headers.get("If-None-Match") == f'"{file}"':
            body(b"", status=304)(handler)
            return
        self.sent.append(file)
        content = (FIXTURES / self.source / file).read_bytes()
        for old, new in self.changes:
            content = content.replace(old, new)
        if self.knows_versions:
            body(content, ETag=f'"{file}"')(handler)
        else:
            body(_unlike_before(content, file, next(self._numbers)), status=503 if file in self.failing else 200)(
                handler
            )


def _unlike_before(content: bytes, file: str, number: int) -> bytes:
    """A request's number, a comment, another order of rows."""
    if not file.endswith(".json"):
        return content + b"<!-- %d -->" % number
    data = json.loads(content)
    if isinstance(data, dict):
        return json.dumps(data | {"requestId": number}).encode()
    notices = [row for row in data if "legal" in row]
    rows = [row for row in data if "legal" not in row]
    turned = rows[number % len(rows) :] + rows[: number % len(rows)]
    return json.dumps([notice | {"last_updated": number} for notice in notices] + turned).encode()
