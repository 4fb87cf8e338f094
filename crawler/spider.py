"""The one spider: asks what a source asks for, hands pages to the collector, names every failure."""

import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import patience
from crawler.challenges import is_challenge
from crawler.collector import Collector
from crawler.collector import OutOfTime as ReadingOutOfTime
from crawler.guard import LeftHost
from crawler.jobs import Job
from crawler.outcomes import Unreadable
from crawler.robots import Forbidden, Unreachable
from crawler.shape import Answer, Ask
from crawler.turns import Held, OutOfTime
from crawler.unchanged import is_list


class BoardSpider(Spider):
    """Yields no items: one call a response, with all its rows, is several times faster than one item a posting."""

    name = "board"

    def __init__(self, *, job: Job, collector: Collector) -> None:
        super().__init__()
        self._job = job
        self._collector = collector
        self._asked = 0

    async def start(self) -> AsyncIterator[Any]:
        try:
            asks = self._collector.source.start(self._collector.board)
        except ValueError as error:
            self._collector.fail("not_found", f"the token is none of this source: {error}")
            return
        for request in [self._request(ask) for ask in asks]:
            yield request

    def _request(self, ask: Ask) -> Request:
        self._asked += 1
        self._collector.lists.waiting += is_list(ask)
        return Request(
            self._address(ask),
            method=ask.method,
            body=ask.body,
            headers=_headers(ask) | self._collector.lists.headers(ask),
            priority=-1 - ask.seen if ask.row is not None else 0,
            callback=self._answered,
            errback=self._failed,
            cb_kwargs={"ask": ask},
            meta={"is_bound": ask.is_bound, "rules": ask.rules if ask.is_rendered else None},
            dont_filter=True,
        )

    def _address(self, ask: Ask) -> str:
        origin = self._job.origin
        return origin.in_place_of(ask.url) if origin else ask.url

    def _answered(self, response: Response, ask: Ask) -> Iterator[Request]:
        self._collector.answers += 1
        if not self._collector.lists.take(response, ask):
            yield from self._read(response, ask)
        yield from self._ended(ask)

    def _read(self, response: Response, ask: Ask) -> Iterator[Request]:
        if response.status != 200:
            yield from self._not_ok(response, ask)
            return
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        url = ask.url if self._job.origin else response.url
        answer = Answer(ask=ask, url=url, body=response.body, content_type=content_type)
        yield from self._follow(self._asks_of(ask, lambda: self._collector.follow(answer)))

    def _ended(self, ask: Ask) -> Iterator[Request]:
        """Nothing more comes of this request; after the last one for the list, what was held of it is let go."""
        lists = self._collector.lists
        lists.waiting -= is_list(ask)
        if lists.held is not None and (lists.waiting == 0 or self._collector.is_late):
            yield from self._follow(self._asks_of(ask, self._collector.let_go))

    def _asks_of(self, ask: Ask, reading: Callable[[], tuple[Ask, ...]]) -> tuple[Ask, ...]:
        try:
            return reading()
        except Unreadable as error:
            self._fail(ask, error.name, str(error))
        except ReadingOutOfTime:
            self._collector.fail("timeout", "the time limit passed while postings were being read", ask.part)
        return ()

    def _follow(self, asks: tuple[Ask, ...]) -> Iterator[Request]:
        for ask in asks:
            if self._asked >= self._job.max_pages:
                self._collector.fail("too_large", f"more than {self._job.max_pages} pages", ask.part)
                return
            yield self._request(ask)

    def _not_ok(self, response: Response, ask: Ask) -> Iterator[Request]:
        instead = tuple(other for other in ask.instead if self._address(other) != response.url)
        if response.status in {404, 410} and instead:
            yield from self._follow(instead)
            return
        if ask.is_detail and ask.row is None and response.status in {404, 410}:
            return
        name, detail = judge_status(response.status, response.body)
        wait = patience.retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        self._collector.retry_after = wait or self._collector.retry_after
        self._fail(ask, name, detail)

    def _failed(self, failure: Failure) -> Iterator[Request]:
        ask: Ask = failure.request.cb_kwargs["ask"]  # type: ignore[attr-defined]  # set by Scrapy
        yield from self._no_answer(failure, ask)
        yield from self._ended(ask)

    def _no_answer(self, failure: Failure, ask: Ask) -> Iterator[Request]:
        name, detail = judge_failure(failure.value)
        self._collector.retry_after = seconds_held(failure.value) or self._collector.retry_after
        if name == "not_found" and ask.instead:
            yield from self._follow(ask.instead)
            return
        if ask.is_detail and ask.row is None and name in {"robots", "not_found"}:
            return
        self._fail(ask, name, detail)

    def _fail(self, ask: Ask, name: str, detail: str) -> None:
        """A posting whose own page fails is still what the list says of it."""
        if ask.row is None:
            self._collector.fail(name, detail, ask.part)
            return
        try:
            self._collector.take_alone(ask, name, detail)
        except ReadingOutOfTime:
            self._collector.fail("timeout", "the time limit passed while postings were being read", ask.part)


def _headers(ask: Ask) -> dict[str, str]:
    headers = {"Content-Type": "application/json"} if ask.body else {}
    return headers | ({"Accept": ask.accept} if ask.accept else {})


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
    if isinstance(error, Unreachable):
        name, detail = judge_failure(error.cause) if error.cause else judge_status(error.status, b"")
        return name, f"robots.txt cannot be read, so nothing else is: {detail}"
    if isinstance(error, DownloadTimeoutError | OutOfTime):
        return "timeout", text
    if isinstance(error, Held):
        return "blocked", text
    if isinstance(error, Forbidden):
        return "robots", text
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in text:
        has_headers = "bytes of headers" in text
        return "too_large", "its headers do not end" if has_headers else "it is larger than CRAWL_MAX_BYTES"
    if isinstance(error, LeftHost):
        return "not_found", text
    if isinstance(error, ResponseDataLossError | zlib.error | EOFError):
        return "malformed", "the answer was cut off"
    return "network", text


def seconds_held(error: BaseException | None) -> float | None:
    """How long the host asks to be left alone, when that is why nothing was asked."""
    cause = error.cause if isinstance(error, Unreachable) else error
    return cause.seconds if isinstance(cause, Held) else None
