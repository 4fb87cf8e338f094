"""Boards on loopback that number their postings, and remember which numbers they have told whom about in full."""

import json
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.acceptance.numbered_board import job

SLOWEST_S = 2.5
TWINS = 0.3  # of the postings stand on two boards
IN_STEP = 0.5  # of the answers come together with others, so that runs end together
PREFIX = "/v1/boards/"


class Boards:
    """`tokens` name the boards. `published` are the numbers on any of them, `answered` those in a complete answer."""

    def __init__(self, count: int, seed: int) -> None:
        self.tokens = [f"numbered-{index}" for index in range(count)]
        self.published: dict[str, list[int]] = {token: [] for token in self.tokens}
        self.answered: set[int] = set()
        self.is_slow = True
        self._choice = random.Random(seed)
        self._numbers = 0
        self._ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def numbers(self) -> set[int]:
        return {number for numbers in self.published.values() for number in numbers}

    def publish(self, count: int) -> list[str]:
        """Open new positions, some of them on two boards at once; return the boards they stand on."""
        changed = set()
        for _ in range(count):
            boards = self._choice.sample(self.tokens, 2 if self._choice.random() < TWINS else 1)
            for token in boards:
                self.published[token] = [*self.published[token], self._numbers]
            self._numbers += 1
            changed |= set(boards)
        return sorted(changed)

    def _handler(boards) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                token = self.path.removeprefix(PREFIX).split("/")[0]
                if self.path.startswith(PREFIX) and token in boards.published:
                    boards._answer(self, boards.published[token])
                else:
                    _send(self, b"User-agent: *\nAllow: /\n", "text/plain")

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler

    def _answer(self, handler: BaseHTTPRequestHandler, numbers: list[int]) -> None:
        jobs = [job(number) for number in numbers]
        body = json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}}).encode()
        pause = self._pause() if self.is_slow else 0.0
        try:
            _send(handler, body, "application/json", pause=pause)
        except OSError:  # who read is gone
            return
        self.answered |= set(numbers)

    def _pause(self) -> float:
        if self._choice.random() < IN_STEP:
            return SLOWEST_S - time.monotonic() % SLOWEST_S
        return self._choice.uniform(0, SLOWEST_S)


def _send(handler: BaseHTTPRequestHandler, body: bytes, kind: str, *, pause: float = 0.0) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()
    time.sleep(pause)
    handler.wfile.write(body[len(body) // 2 :])
