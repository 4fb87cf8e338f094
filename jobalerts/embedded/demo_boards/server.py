"""The demo server: threads of the standard library are quick enough, because every answer is made in memory."""

import gzip
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from jobalerts.embedded.demo_boards.site import NOT_FOUND, Answer, DemoSite
from jobalerts.errors import ConfigError
from jobalerts.stopping import wait_until

SMALLEST_GZIPPED = 1024
IDLE_S = 30


class DemoServer(ThreadingHTTPServer):
    """Serves a DemoSite; `ahead` moves its clock, so that tests see postings appear, change and close."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], *, seed: int, url: str = "") -> None:
        self.ahead = timedelta()
        super().__init__(address, _Handler)
        self.site = DemoSite(url=url or f"http://{address[0]}:{self.server_port}", seed=seed, now=self._moment)

    def _moment(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def open_server(bind: str, port: int, *, seed: int, url: str = "") -> DemoServer:
    """Listen; a port in use is a ConfigError that says so."""
    try:
        return DemoServer((bind, port), seed=seed, url=url)
    except OSError as error:
        raise ConfigError(
            f"demo boards: cannot listen on {bind}:{port}: {error.strerror}; choose another --port"
        ) from None


def serve_until(server: DemoServer, stop: threading.Event) -> None:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    wait_until(stop)
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: DemoServer
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._send(self.server.site.answer(parts.path, parse_qs(parts.query, keep_blank_values=True)))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """`POST /demo/ahead?hours=6` moves the clock: the only thing that is no vendor's."""
        parts = urlsplit(self.path)
        hours = parse_qs(parts.query).get("hours", [""])[0]
        if parts.path != "/demo/ahead" or not hours.isdigit():
            self._send(NOT_FOUND)
            return
        self.server.ahead += timedelta(hours=int(hours))
        self._send(Answer(status=200, content_type="text/plain", body=str(self.server.ahead).encode()))

    def _send(self, answer: Answer) -> None:
        body = answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if len(body) >= SMALLEST_GZIPPED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=3)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a crawl's own log has every request."""
