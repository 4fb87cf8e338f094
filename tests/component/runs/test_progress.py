"""Progress reaches the web server when it is there, and nobody waits for it when it is not."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from crawler.progress import ProgressReport

Heard = list[tuple[str, str | None, Any]]


@pytest.fixture
def heard() -> Heard:
    return []


@pytest.fixture
def url(heard: Heard) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_PATCH(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.append((self.path, self.headers["Authorization"], body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api/v1/tasks/x"
        server.shutdown()


def test_progress_is_reported_under_the_task_s_token_and_not_too_often(url: str, heard: Heard) -> None:
    report = ProgressReport(url, "token")

    for done in (200, 400, 600):
        report(done, 500)

    assert heard == [
        (
            "/api/v1/tasks/x",
            "Bearer token",
            {"progress": {"done": 200, "total": 500}, "message": "200 postings read"},
        )
    ]


def test_a_web_server_that_is_away_holds_up_nothing() -> None:
    report = ProgressReport("http://127.0.0.1:1/api/v1/tasks/x", "token")
    began = time.monotonic()

    for done in range(1000):
        report(done, 0)

    assert time.monotonic() - began < 5
