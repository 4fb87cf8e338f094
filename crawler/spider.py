"""The one spider: asks what a source asks for, hands pages to the collector, names every failure."""

import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import patience
from crawler.challenges import is_challenge
from crawler.collector import Collector, OutOfTime
from crawler.guard import Refused
from crawler.jobs import Job
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask

MOST_PAGES = 2_000


class BoardSpider(Spider):
    """Yields no items: one call a response, with all its rows, is several times faster than one item a posting."""

    name = "board"

    def __init__(self, *, job: Job, collector: Collector) -> None:
        super().__init__()
        self._job = job
        self._collector = collector
        self._asked = 0

    async def start(self) -> AsyncIterator[Any]:
        for ask in self._collector.source.start(self._collector.board):
            yield self._request(ask)

    def _request(self, ask: Ask) -> Request:
        self._asked += 1
        origin = self._job.origin
        return Request(
            origin.in_place_of(ask.url) if origin else ask.url,
            method=ask.method,
            body=ask.body,
            headers={"Content-Type": "application/json"} if ask.body else None,
            callback=self._answered,
            errback=self._failed,
            cb_kwargs={"ask": ask},
            dont_filter=True,
        )

    def _answered(self, response: Response, ask: Ask) -> Iterator[Request]:
        self._collector.answers += 1
        if response.status != 200:
            yield from self._not_ok(response, ask)
            return
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        url = ask.url if self._job.origin else response.url
        try:
            page = self._collector.source.read(Answer(ask=ask, url=url, body=response.body, content_type=content_type))
            has_new = self._collector.take(page, ask.part)
        except Unreadable as error:
            self._collector.fail(error.name, str(error), ask.part)
            return
        except OutOfTime:
            self._collector.fail("timeout", "the time limit passed while postings were being read", ask.part)
            return
        if has_new:
            yield from self._follow(page.more)

    def _follow(self, asks: tuple[Ask, ...]) -> Iterator[Request]:
        for ask in asks:
            if self._asked >= MOST_PAGES:
                self._collector.fail("too_large", f"more than {MOST_PAGES} pages", ask.part)
                return
            yield self._request(ask)

    def _not_ok(self, response: Response, ask: Ask) -> Iterator[Request]:
        instead = tuple(other for other in ask.instead if self._request(other).url != response.url)
        if response.status in {404, 410} and instead:
            yield from self._follow(instead)
            return
        if ask.is_detail and response.status in {404, 410}:
            return
        name, detail = judge_status(response.status, response.body)
        wait = patience.retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        self._collector.retry_after = wait or self._collector.retry_after
        self._collector.fail(name, detail, ask.part)

    def _failed(self, failure: Failure) -> None:
        ask: Ask = failure.request.cb_kwargs["ask"]  # type: ignore[attr-defined]  # set by Scrapy
        name, detail = judge_failure(failure.value)
        if ask.is_detail and name == "robots":
            return
        self._collector.fail(name, detail, ask.part)


def judge_status(status: int, body: bytes) -> tuple[str, str]:
    """Name an answer that is not 200; a challenge page is "blocked" even when its status says server error."""
    if status in {401, 403, 407, 429, 451}:
        return "blocked", f"status {status}"
    if status in {404, 410}:
        return "not_found", f"status {status}"
    if is_challenge(body[:60_000].decode("utf-8", errors="replace"), where_json_is_due=False):
        return "blocked", f"status {status} with a challenge page"
    return (
        ("network", f"status {status}") if status >= 500 or 300 <= status < 400 else ("malformed", f"status {status}")
    )


def judge_failure(error: BaseException | None) -> tuple[str, str]:
    """Name a request that got no answer."""
    text = " ".join(str(error).split())[:300] or type(error).__name__
    if isinstance(error, DownloadTimeoutError | patience.OutOfTime):
        return "timeout", text
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in text:
        return "too_large", text
    if isinstance(error, IgnoreRequest) and not isinstance(error, Refused) and "robots.txt" in text:
        return "robots", text
    if isinstance(error, ResponseDataLossError | zlib.error | EOFError):
        return "malformed", "the answer was cut off"
    return "network", text
