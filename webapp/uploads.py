"""Bodies that come slowly or never: the server waits for them without end, and each holds one of its threads."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, request

from jobalerts.errors import TemporaryError
from webapp.rate_limits import network

OF_ONE_NETWORK = 8


class Uploads:
    """Counts the bodies that are being received; an honest one takes milliseconds."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._of: Counter[str] = Counter()

    @contextmanager
    def one_of(self, sender: str) -> Iterator[None]:
        """TemporaryError when too many are under way."""
        with self._lock:
            if self._of.total() >= self._at_once or self._of[sender] >= OF_ONE_NETWORK:
                raise TemporaryError("too many forms are being sent at the same time")
            self._of[sender] += 1
        try:
            yield
        finally:
            with self._lock:
                self._of[sender] -= 1
                self._of += Counter()  # forgets who has none


def init_uploads(app: Flask, at_once: int) -> None:
    """Receive every body before anything else is done, and never more than `at_once`: the other threads stay free."""
    uploads = Uploads(at_once)

    @app.before_request
    def receive() -> None:
        is_sent = request.content_length or "chunked" in request.headers.get("Transfer-Encoding", "")
        too_long = (request.content_length or 0) > app.config["MAX_CONTENT_LENGTH"]  # refused unread, later
        if is_sent and not too_long:
            with uploads.one_of(network(request.remote_addr)):
                request.get_data()
