"""A Greenhouse board of numbered postings on loopback; it can be slow, and it counts how often it is read."""

import html
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PAUSE_S = 0.5


class NumberedBoard:
    """`numbers` are the postings that are open; `slow_for_s` stretches every answer."""

    def __init__(self, numbers: range) -> None:
        self.numbers = numbers
        self.slow_for_s = 0.0
        self.reads = 0
        self.ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def _handler(board) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_list = self.path.startswith("/v1/boards/numbered/jobs")
                body = json.dumps(board._answer()).encode() if is_list else b"User-agent: *\nAllow: /\n"
                self.send_response(200)
                self.send_header("Content-Type", "application/json" if is_list else "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if is_list:
                    board.reads += 1
                    board._dawdle(self)
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler

    def _dawdle(self, handler: BaseHTTPRequestHandler) -> None:
        end = time.monotonic() + self.slow_for_s
        while time.monotonic() < end and not self.ended.wait(PAUSE_S):
            handler.wfile.flush()

    def _answer(self) -> dict[str, Any]:
        jobs = [job(number) for number in self.numbers]
        return {"jobs": jobs, "meta": {"total": len(jobs)}}


def job(number: int) -> dict[str, Any]:
    title, years = [("Software Engineer", 3), ("Account Executive", 4), ("Staff Software Engineer", 10)][number % 3]
    return {
        "id": number,
        "internal_job_id": number + 10_000,
        "title": f"{title}, Team {number}",
        "absolute_url": f"https://numbered.example/jobs/{number}",
        "location": {"name": "Berlin, Germany"},
        "updated_at": "2026-11-19T10:00:00-05:00",
        "first_published": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() - 86_400)),
        "requisition_id": f"R{number}",
        "company_name": "Numbered",
        "language": "en",
        "metadata": None,
        "content": html.escape(f"<p>Position {number}.</p><ul><li>{years}+ years of experience.</li></ul>"),
        "departments": [{"id": 1, "name": "Work", "child_ids": [], "parent_id": None}],
        "offices": [],
    }
