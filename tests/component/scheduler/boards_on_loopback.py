"""Greenhouse boards of any name on loopback, which remember who was read when, and can be slow."""

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, Literal, Self

POSTINGS = 3
SILENT_S = 120.0
Trouble = Literal["busy", "reset", "silent"]


@dataclass(slots=True)
class Read:
    """One request for a board; monotonic seconds, `ended` None while it is being answered."""

    board: str
    began: float
    ended: float | None = None


@dataclass(slots=True)
class Boards:
    """`slow_for_s` stretches every answer, until `let_go` is set. Each read takes a `trouble` while there are any."""

    slow_for_s: float = 0.0
    trouble: Iterator[Trouble] = field(default_factory=lambda: iter(()))
    reads: list[Read] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"boards": self}))
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

    def waits(self) -> list[float]:
        """Seconds from the end of each read to the beginning of the next."""
        return [after.began - (before.ended or before.began) for before, after in pairwise(self.reads)]

    def overlapping(self) -> list[tuple[Read, Read]]:
        """Pairs of reads of one board at the same time."""
        pairs = [(one, other) for one in self.reads for other in self.reads if one is not other]
        return [
            (one, other)
            for one, other in pairs
            if one.board == other.board and one.began <= other.began < (one.ended or float("inf"))
        ]


class _Handler(BaseHTTPRequestHandler):
    boards: Boards

    def do_GET(self) -> None:
        parts = self.path.split("/")
        if parts[:3] != ["", "v1", "boards"]:
            self._answer(b"User-agent: *\nAllow: /\n", "text/plain")
            return
        read = Read(parts[3], time.monotonic())
        self.boards.reads.append(read)
        try:
            self.boards.let_go.wait(self.boards.slow_for_s)
            self._answer_board(parts[3], next(self.boards.trouble, None))
        finally:
            read.ended = time.monotonic()

    def _answer_board(self, board: str, trouble: Trouble | None) -> None:
        match trouble:
            case "busy":
                self._answer(b"too busy", "text/plain", status=503)
            case "reset":
                self._reset()
            case "silent":
                self.boards.let_go.wait(SILENT_S)
            case None:
                self._answer(json.dumps(postings_of(board)).encode(), "application/json")

    def _reset(self) -> None:
        """End the connection with an RST instead of an answer."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _answer(self, body: bytes, kind: str, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the crawl was killed
            super().handle()


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
