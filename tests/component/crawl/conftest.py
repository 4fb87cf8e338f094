"""A board on 127.0.0.1 that answers each path by a function, as hostile as that function likes."""

import atexit
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.component.crawl.fetching_server import FetchingServer

Respond = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True, kw_only=True)
class HostileBoard:
    """`paths` maps a path to what answers it; everything else is 404. `asked` remembers the paths."""

    paths: dict[str, Respond] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    user_agents: set[str] = field(default_factory=set)
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    outcome: dict[str, Any]
    postings: list[dict[str, Any]]
    exit_code: int
    errors: str

    @property
    def name(self) -> str:
        return str(self.outcome["outcome"])


def body(content: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> Respond:
    """An answer with a body and its length; underscores in header names stand for hyphens."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return respond


def fetch(board: HostileBoard, source: str, token: str, **job: Any) -> Fetched:
    """Run the reading process as the crawler's parent does; retries are short."""
    order = {"source": source, "token": token, "base_url": board.url, "retry_delays": [0.01, 0.01]} | job
    done = _server().fetch(order)
    lines = [json.loads(line) for line in done.output.splitlines()]
    assert lines, done.errors.decode()
    return Fetched(outcome=lines[-1], postings=lines[:-1], exit_code=done.exit_code, errors=done.errors.decode())


@cache
def _server() -> FetchingServer:
    """One for all tests of a process; it ends with its standard input."""
    server = FetchingServer()
    atexit.register(server.close)
    return server


@pytest.fixture
def hostile() -> Iterator[HostileBoard]:
    board = HostileBoard()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            board.asked.append(path)
            board.user_agents.add(self.headers.get("User-Agent", ""))
            try:
                board.paths.get(path, body(b"{}", status=404))(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def do_POST(self) -> None:
            self.posted = self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    board.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield board
    server.shutdown()
    server.server_close()
    thread.join()
