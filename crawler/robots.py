"""robots.txt (RFC 9309), asked for once a host and obeyed; also its Crawl-delay and Request-rate."""

import asyncio
import zlib
from collections import defaultdict
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.guard import Refused
from crawler.patience import TEMPORARY_STATUS, TEMPORARY_TROUBLE
from crawler.turns import TurnsOfCrawl

NAME = "jobalerts"
"""Who we are in robots.txt."""
SAID = "jobalerts/robots"
"""The crawl's stat that holds what it said."""
LARGEST = 512_000
"""Bytes that are read of it; RFC 9309 (2.5) asks for 500 KiB at least."""
LONGEST_DELAY = 60.0
"""Seconds between two requests; a site that asks for more is not read, because a crawl would never end."""
TROUBLE = (IgnoreRequest, *TEMPORARY_TROUBLE, DownloadCancelledError, zlib.error, EOFError)


class Forbidden(IgnoreRequest):
    """robots.txt forbids the request."""


class Unreachable(IgnoreRequest):
    """robots.txt cannot be had for trouble of the host's, so that nothing may be asked (RFC 9309, 2.3.1.4).

    Because of `cause`, or of the `status` it was answered with.
    """

    def __init__(self, *, cause: Exception | None = None, status: int = 0) -> None:
        super().__init__(str(cause or f"status {status}"))
        self.cause = cause
        self.status = status


class Robots:
    """Downloader middleware."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._turns: TurnsOfCrawl = crawler.settings["JOBALERTS_TURNS"]
        self._found: dict[str, Protego | Unreachable] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("is_robots"):
            return
        host = urlsplit(request.url).netloc
        async with self._asking[host]:
            if host not in self._found:
                self._found[host] = await self._read(request)
        rules = self._found[host]
        if isinstance(rules, Unreachable):
            self._note("cannot be had, so nothing may be read")
            raise Unreachable(cause=rules.cause, status=rules.status)
        if not rules.can_fetch(request.url, NAME):
            self._note("forbids it")
            raise Forbidden("Forbidden by robots.txt")

    def _note(self, words: str) -> None:
        """What it said, for the board's card."""
        if self._crawler.stats:
            self._crawler.stats.set_value(SAID, words)

    async def _read(self, request: Request) -> Protego | Unreachable:
        parts = urlsplit(request.url)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        ask = Request(url, callback=NO_CALLBACK, priority=1000, meta={"is_robots": True}, dont_filter=True)
        try:
            response = await self._engine_download(ask)
        except TROUBLE as error:
            return Protego.parse("") if _is_no_answer_of_its_own(error) else Unreachable(cause=error)
        if response.status in TEMPORARY_STATUS:
            return Unreachable(status=response.status)
        rules = Protego.parse(text_of(response))
        delay = delay_of(rules)
        if delay > LONGEST_DELAY:
            return Unreachable(cause=Forbidden(f"robots.txt asks for {delay:.0f} s between requests"))
        self._turns.slow_down(request.url, delay)
        asks = f", with {delay:g} s between two requests" if delay else ""
        self._note(f"allows it{asks}" if response.status == 200 else "is not there, so all may be read")
        return rules

    async def _engine_download(self, request: Request) -> Response:
        engine = self._crawler.engine
        if engine is None:
            raise RuntimeError("a middleware is asked only while there is an engine")
        return await engine.download_async(request)


def _is_no_answer_of_its_own(error: Exception) -> bool:
    """It is somewhere we do not go: a loop, or an address the guard refuses. As good as none (RFC 9309, 2.3.1.2)."""
    return isinstance(error, Refused) or (type(error) is IgnoreRequest and "redirections" in str(error))


def text_of(response: Response) -> str:
    """Nothing is forbidden where there is no such file (RFC 9309, 2.3.1.3), whatever page says so."""
    return response.body[:LARGEST].decode("utf-8-sig", errors="ignore") if response.status == 200 else ""


def delay_of(rules: Protego) -> float:
    """Seconds between two requests it asks for."""
    rate = rules.request_rate(NAME)
    by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(rules.crawl_delay(NAME) or 0.0, by_rate)
