"""Tells the web server how far a run is. It is never waited for: without it the crawl goes on."""

import time
from collections.abc import Callable

import orjson
import urllib3
from urllib3.exceptions import HTTPError

EVERY_S = 2.0
PAUSE_AFTER_FAILURE_S = 30.0
TIMEOUT = urllib3.Timeout(connect=1.0, read=2.0)


Progress = Callable[[int, int], None]  # postings read, and how many there were the last time


class ProgressReport:
    """PATCHes one task's progress under its own token, at most every 2 s."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(timeout=TIMEOUT, retries=False)
        self._next = 0.0

    def __call__(self, done: int, expected: int) -> None:
        if time.monotonic() < self._next:
            return
        body = orjson.dumps(
            {"progress": {"done": done, "total": max(done, expected)}, "message": f"{done} postings read"}
        )
        try:
            status = self._pool.request("PATCH", self._url, body=body, headers=self._headers, redirect=False).status
        except HTTPError:
            status = 0
        self._next = time.monotonic() + (EVERY_S if status == 200 else PAUSE_AFTER_FAILURE_S)


def silent(_done: int, _expected: int) -> None:
    """For a run that is nobody's task."""
