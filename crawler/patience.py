"""Trying again within a crawl: temporary trouble is retried after 1, 2, 4 and 8 s (full jitter), never past its end."""

import asyncio
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
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawler.jobs import Job

TEMPORARY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
TEMPORARY_TROUBLE = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
LONGEST_WAIT = 30.0
"""Seconds that a Retry-After is waited for; a longer one is for the next crawl."""
TIMEOUT = 30.0
"""Seconds for one answer."""
RETRIES_OF_A_TIMEOUT = 1
_random = SystemRandom()


class OutOfTime(IgnoreRequest):
    """The crawl's time limit has passed; nothing more is asked for."""


class Patience:
    """Downloader middleware: bounds every request by what is left of the crawl's time, and tries again."""

    def __init__(self, job: Job, deadline: float) -> None:
        self._delays: tuple[float, ...] = job.retry_delays
        self._deadline = deadline

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["JOBALERTS_JOB"], crawler.settings["JOBALERTS_DEADLINE"])

    def process_request(self, request: Request) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime("the time limit has passed")
        request.meta["download_timeout"] = min(TIMEOUT, left)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in TEMPORARY_STATUS:
            return response
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        return await self._again(request, wait) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not isinstance(exception, TEMPORARY_TROUBLE):
            return None
        is_timeout = isinstance(exception, DownloadTimeoutError)
        if is_timeout and request.meta.get("tries", 0) >= RETRIES_OF_A_TIMEOUT:
            return None
        return await self._again(request, None)

    async def _again(self, request: Request, wait: float | None) -> Request | None:
        tries = request.meta.get("tries", 0)
        if tries >= len(self._delays) or (wait or 0) > LONGEST_WAIT:
            return None
        delay = self._delays[tries] * _random.random() if wait is None else wait
        if time.monotonic() + delay >= self._deadline:
            return None
        await asyncio.sleep(delay)
        return request.replace(dont_filter=True, meta=request.meta | {"tries": tries + 1})


def retry_after(header: bytes | None, now: datetime) -> float | None:
    """Seconds a Retry-After asks to wait (RFC 9110, 10.2.3: a number or a date); None when it says nothing."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return None
