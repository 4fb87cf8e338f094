"""Trying again within a crawl: temporary trouble is retried after 1, 2, 4 and 8 s, never past the crawl's end.

Chance takes up to half of each wait, so that crawls that failed together do not come back together; no more than
half, so that a trouble of 7 s is always outlasted.
"""

import asyncio
import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawler.jobs import Job
from crawler.turns import LONGEST_WAIT, OutOfTime, TurnsOfCrawl

TOO_MANY = 429
LONGEST_RETRY_AFTER = 30 * 86_400.0
"""Seconds; what is longer is as long as that, so that it can be counted with."""
TEMPORARY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
TEMPORARY_TROUBLE = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
RETRIES_OF_A_TIMEOUT = 1
_random = SystemRandom()


class Patience:
    """Downloader middleware: bounds every request by what is left of the crawl's time, and tries again."""

    def __init__(self, job: Job, deadline: float, turns: TurnsOfCrawl) -> None:
        self._turns = turns
        self._delays: tuple[float, ...] = job.retry_delays
        self._timeout = job.answer_timeout
        self._deadline = deadline

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        return cls(settings["JOBALERTS_JOB"], settings["JOBALERTS_DEADLINE"], settings["JOBALERTS_TURNS"])

    def process_request(self, request: Request) -> None:
        request.meta["download_timeout"] = time_for(self._timeout, self._deadline)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in TEMPORARY_STATUS:
            return response
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if wait is not None:
            self._turns.hold(request.url, wait)
        return await self._again(request, wait, is_for_all=response.status == TOO_MANY) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not isinstance(exception, TEMPORARY_TROUBLE):
            return None
        if not isinstance(exception, DownloadTimeoutError):
            return await self._again(request, None)
        timeouts = request.meta.get("timeouts", 0)
        if timeouts >= RETRIES_OF_A_TIMEOUT:
            return None
        return await self._again(request.replace(meta=request.meta | {"timeouts": timeouts + 1}), None)

    async def _again(self, request: Request, wait: float | None, *, is_for_all: bool = False) -> Request | None:
        tries = request.meta.get("tries", 0)
        if tries >= len(self._delays) or (wait or 0) > LONGEST_WAIT:
            return None
        delay = self._delays[tries] * _random.uniform(0.5, 1.0) if wait is None else wait
        if time.monotonic() + delay >= self._deadline:
            return None
        if is_for_all:  # the host counts all our requests: none of them is made meanwhile
            self._turns.hold(request.url, delay)
        await asyncio.sleep(delay)
        return request.replace(dont_filter=True, meta=request.meta | {"tries": tries + 1})


def time_for(timeout: float, deadline: float) -> float:
    """Seconds one answer may take; OutOfTime when the crawl's time (`deadline` is monotonic) is over."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutOfTime("the time limit has passed")
    return min(timeout, left)


def retry_after(header: bytes | None, now: datetime) -> float | None:
    """Seconds a Retry-After asks to wait (RFC 9110, 10.2.3: a number or a date); None when it says nothing."""
    text = (header or b"").decode("latin-1").strip()
    try:
        seconds = float(text) if re.fullmatch("[0-9]+", text) else (parsedate_to_datetime(text) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_RETRY_AFTER)
