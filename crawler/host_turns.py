"""Turns at one host, shared by all crawls of a machine through files, or kept by one crawl alone.

A turn is the lock (flock) of one of as many files as requests are allowed at a time, held as long as the request lasts:
the kernel gives it back when its process ends, whatever ended it. `queue.json`, under a lock of its own that is held
for microseconds, says who is next and when.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson

from crawler.host_queue import AGAIN, HostQueue, Ticket, queue_from_json

LARGEST = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A request may be made; over when its lock, where there is one, is closed."""

    lock: int | None = None

    def end(self) -> None:
        if self.lock is not None:
            os.close(self.lock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Not yet: ask again after so many seconds."""

    seconds: float


class Turns(Protocol):
    """Turns at one host."""

    def take(self, ticket: Ticket, delay: float, now: float) -> Turn | Wait: ...

    def leave(self, ticket: Ticket) -> None:
        """It waits no more."""

    def hold(self, until: float) -> None:
        """The host wants to be left alone until then (seconds since 1970)."""

    def held_until(self) -> float: ...


class SharedTurns:
    """Turns of all crawls whose `folder` this is."""

    def __init__(self, folder: Path, requests: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._queue = folder / "queue.json"
        self._slots = [folder / f"request-{number}" for number in range(requests)]

    def take(self, ticket: Ticket, delay: float, now: float) -> Turn | Wait:
        with self._shared() as queue:
            if queue is None:
                return Wait(seconds=AGAIN)
            wait = queue.wait(ticket, delay, now)
            slot = None if wait else self._free_slot()
            if slot is None:
                return Wait(seconds=wait or AGAIN)
            queue.begin(ticket, now)
            return Turn(lock=slot)

    def leave(self, ticket: Ticket) -> None:
        with self._shared() as queue:
            if queue is not None:
                queue.leave(ticket)

    def hold(self, until: float) -> None:
        with self._shared(is_worth_waiting=True) as queue:
            if queue is not None:
                queue.hold(until)

    def held_until(self) -> float:
        with self._shared() as queue:
            return queue.held_until if queue is not None else 0.0

    def _free_slot(self) -> int | None:
        return next((taken for path in self._slots if (taken := _locked(path)) is not None), None)

    @contextmanager
    def _shared(self, *, is_worth_waiting: bool = False) -> Iterator[HostQueue | None]:
        """The queue, written back at the end; None when another process has it in hand."""
        descriptor = _locked(self._queue, is_worth_waiting=is_worth_waiting)
        if descriptor is None:
            yield None
            return
        try:
            queue = queue_from_json(_read(descriptor))
            before = orjson.dumps(queue.to_json())
            yield queue
            after = orjson.dumps(queue.to_json())
            if after != before:
                os.pwrite(descriptor, after, 0)
                os.ftruncate(descriptor, len(after))
        finally:
            os.close(descriptor)


class OwnTurns:
    """Turns of one crawl that shares them with nobody; Scrapy itself bounds how many requests it makes at a time."""

    def __init__(self) -> None:
        self._queue = HostQueue()

    def take(self, ticket: Ticket, delay: float, now: float) -> Turn | Wait:
        wait = self._queue.wait(ticket, delay, now)
        if wait:
            return Wait(seconds=wait)
        self._queue.begin(ticket, now)
        return Turn()

    def leave(self, ticket: Ticket) -> None:
        self._queue.leave(ticket)

    def hold(self, until: float) -> None:
        self._queue.hold(until)

    def held_until(self) -> float:
        return self._queue.held_until


def _locked(path: Path, *, is_worth_waiting: bool = False) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if is_worth_waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _read(descriptor: int) -> object:
    with suppress(orjson.JSONDecodeError):
        return orjson.loads(os.pread(descriptor, LARGEST, 0))
    return None
