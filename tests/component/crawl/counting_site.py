"""A careers site on 127.0.0.1 of many boards, which counts how many requests it is asked at the same time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POSTINGS = 6


@dataclass(slots=True)
class CountingSite:
    """`/NAME/careers` lists POSTINGS pages `/NAME/jobs/nurse-1` …; every answer takes `slow_for_s`."""

    slow_for_s: float = 0.05
    robots: str = ""
    url: str = ""
    begun: list[tuple[float, str]] = field(default_factory=list)
    most_at_once: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def asked(self, path: str) -> Iterator[None]:
        with self._lock:
            self.begun.append((time.monotonic(), path))
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1

    def times(self, board: str = "") -> list[float]:
        return [at for at, path in self.begun if path.startswith(f"/{board}")]

    def wait_for(self, board: str, within_s: float = 60) -> None:
        deadline = time.monotonic() + within_s
        while not self.times(board):
            assert time.monotonic() < deadline, f"{board} was not asked for"
            time.sleep(0.01)


@contextmanager
def serving(site: CountingSite) -> Iterator[CountingSite]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with site.asked(self.path):
                site.let_go.wait(site.slow_for_s)
            content, kind = _answer(site, self.path)  # not counted: who has read it may ask again before we are back
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):  # its reader was killed
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    site.let_go.set()
    server.shutdown()
    server.server_close()


def _answer(site: CountingSite, path: str) -> tuple[bytes, str]:
    if path == "/robots.txt":
        return site.robots.encode(), "text/plain"
    board, _, page = path.strip("/").partition("/")
    if page == "careers":
        links = "".join(f'<a href="/{board}/jobs/nurse-{number}">Nurse</a>' for number in range(POSTINGS))
        return f"<title>Jobs</title>{links}".encode(), "text/html"
    posting = f'{{"@type":"JobPosting","title":"Nurse","identifier":"{path}"}}'
    return f'<script type="application/ld+json">{posting}</script>'.encode(), "text/html"
