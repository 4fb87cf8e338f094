"""Asks over HTTP: each request in its turn, and no more headers than an honest server sends."""

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.patience import time_for
from crawler.turns import TurnsOfCrawl

LARGEST_HEADERS = 256 * 1024
"""Bytes of status line and headers of one answer; Twisted bounds a line (16 KiB), and not how many there are."""
READ_AT_ONCE = 256 * 1024
"""Bytes taken from a connection at a time, where so many have come; Twisted's 64 KiB cost four turns of its loop."""


class Asking(HTTP11DownloadHandler):
    """Scrapy's own handler between the two."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._turns: TurnsOfCrawl = crawler.settings["JOBALERTS_TURNS"]
        self._deadline: float = crawler.settings["JOBALERTS_DEADLINE"]

    async def download_request(self, request: Request) -> Response:
        async with self._turns.at(request.url):
            request.meta["download_timeout"] = time_for(request.meta["download_timeout"], self._deadline)
            return await super().download_request(request)


class _Protocol(_LenientHTTP11ClientProtocol):
    _of_headers = 0

    def connectionMade(self) -> None:
        super().connectionMade()
        connection: Any = getattr(self.transport, "transport", self.transport)  # TLS lies on top of it
        connection.bufferSize = READ_AT_ONCE

    def request(self, request: Any) -> Any:  # noqa: ANN401 - Twisted's
        self._of_headers = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in {"STATUS", "HEADER"}:
            return
        self._of_headers += len(data)
        if self._of_headers > LARGEST_HEADERS:
            error = DownloadCancelledError(f"DOWNLOAD_MAXSIZE: more than {LARGEST_HEADERS} bytes of headers")
            self._giveUp(Failure(error))  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, _address: Any) -> _Protocol:  # noqa: ANN401 - Twisted's
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
