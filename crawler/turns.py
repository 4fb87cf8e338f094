"""Every request of a crawl waits for its turn at its host, behind those of other crawls on this machine."""

import asyncio
import itertools
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.host_queue import Ticket
from crawler.host_turns import OwnTurns, SharedTurns, Turn, Turns, Wait
from crawler.jobs import Job
from jobalerts.host_locks import file_name

LONGEST_WAIT = 30.0
"""Seconds that a host's wish to be left alone is waited for; a longer one is for the next crawl."""
LONGEST_HOLD = 3600.0
"""A Retry-After of a year must not end the reading of a host for good."""


class OutOfTime(IgnoreRequest):
    """The crawl's time limit has passed; nothing more is asked for."""


class Held(IgnoreRequest):
    """The host has asked, perhaps another crawl, to be left alone for so many `seconds` from now."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host} asks to be left alone for {seconds:.0f} s more")
        self.seconds = seconds


class TurnsOfCrawl:
    """One a crawl, for all hosts it asks. What it learns of a host, by its job or by robots.txt, it keeps to."""

    def __init__(self, job: Job, deadline: float) -> None:
        self._job = job
        self._deadline = deadline
        self._hosts: dict[str, Turns] = {}
        self._delays: dict[str, float] = {}
        self._name = secrets.token_hex(6)
        self._numbers = itertools.count()

    @asynccontextmanager
    async def at(self, url: str) -> AsyncIterator[None]:
        """The turn of a request for `url`. OutOfTime when it does not come within the crawl's time; Held."""
        turn = await self._turn(_host(url))
        try:
            yield
        finally:
            turn.end()

    def hold(self, url: str, seconds: float) -> None:
        """Leave the host alone for so long, all crawls of this machine."""
        if self._job.is_throttled:
            self._turns(_host(url)).hold(time.time() + min(seconds, LONGEST_HOLD))

    def slow_down(self, url: str, delay: float) -> None:
        """At least so many seconds between two requests of this crawl, and after those of others."""
        host = _host(url)
        self._delays[host] = max(delay, self._delays.get(host, 0.0))

    async def _turn(self, host: str) -> Turn:
        turns = self._turns(host)
        ticket = Ticket(name=f"{self._name}-{next(self._numbers)}", arrived=time.time())
        delay = max(self._delays.get(host, 0.0), self._job.least_delay)
        try:
            while True:
                held = self._held(host, turns)
                taken = Wait(seconds=held) if held else turns.take(ticket, delay, time.time())
                if isinstance(taken, Turn):
                    return taken
                await self._sleep(host, taken)
        except (IgnoreRequest, asyncio.CancelledError):
            turns.leave(ticket)
            raise

    def _held(self, host: str, turns: Turns) -> float:
        """Seconds until the host may be asked again. Raises Held when that is too long to be waited for."""
        left = turns.held_until() - time.time() if self._job.is_throttled else 0.0
        if left > LONGEST_WAIT:
            raise Held(host, left)
        return max(0.0, left)

    async def _sleep(self, host: str, wait: Wait) -> None:
        if time.monotonic() + wait.seconds >= self._deadline:
            raise OutOfTime(f"no turn at {host} within the time limit: other crawls of this machine ask it, too")
        await asyncio.sleep(min(wait.seconds, 0.2))

    def _turns(self, host: str) -> Turns:
        if host not in self._hosts:
            folder = self._job.hosts
            self._hosts[host] = (
                SharedTurns(Path(folder, file_name(host).removesuffix(".lock")), self._job.host_requests)
                if folder
                else OwnTurns()
            )
        return self._hosts[host]


def _host(url: str) -> str:
    """Name and, where it is not the usual one, port: that is who is asked, and who counts."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()
