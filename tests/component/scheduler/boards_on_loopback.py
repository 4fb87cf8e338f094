"""Greenhouse boards of any name on loopback, which remember who was read when, and can be slow."""

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

POSTINGS = 3


@dataclass(slots=True)
class Read:
    """One request for a board; monotonic seconds, `ended` None while it is being answered."""

    board: str
    began: float
    ended: float | None = None


@dataclass(slots=True)
class Boards:
    """`slow_for_s` stretches every answer, until `let_go` is set."""

    slow_for_s: float = 0.0
    reads: list[Read] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.let_go.set()
        assert self.server is not None
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def overlapping(self) -> list[tuple[Read, Read]]:
        """Pairs of reads of one board at the same time."""
        pairs = [(one, other) for one in self.reads for other in self.reads if one is not other]
        return [
            (one, other)
            for one, other in pairs
            if one.board == other.board and one.began <= other.began < (one.ended or float("inf"))
        ]


def _handler(boards: Boards) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = self.path.split("/")
            if parts[:3] != ["", "v1", "boards"]:
                self._answer(b"User-agent: *\nAllow: /\n", "text/plain")
                return
            read = Read(parts[3], time.monotonic())
            boards.reads.append(read)
            try:
                boards.let_go.wait(boards.slow_for_s)
                self._answer(json.dumps(postings_of(parts[3])).encode(), "application/json")
            finally:
                read.ended = time.monotonic()

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the crawl was killed
                super().handle()

    return Handler


def postings_of(board: str) -> dict[str, Any]:
    jobs = [
        {
            "id": number,
            "internal_job_id": number,
            "title": "Software Engineer",
            "absolute_url": f"https://{board}.example/jobs/{number}",
            "location": {"name": "Berlin, Germany"},
            "updated_at": "2026-11-19T10:00:00-05:00",
            "first_published": "2026-11-18T10:00:00-05:00",
            "requisition_id": f"R{number}",
            "company_name": board.title(),
            "language": "en",
            "metadata": None,
            "content": "&lt;p&gt;3+ years of experience.&lt;/p&gt;",
            "departments": [],
            "offices": [],
        }
        for number in range(POSTINGS)
    ]
    return {"jobs": jobs, "meta": {"total": len(jobs)}}
