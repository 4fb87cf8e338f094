"""What a worker and a run tell each other: the order (it holds credentials) and the result, each through a pipe."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

STORAGE = "storage"  # MongoDB was away
CRASHED = "crashed"  # the process ended without a result
STOPPED = "stopped"  # its worker stops
STALE = "stale"  # a later try has taken over
SUSPICIOUS = "suspicious"  # far fewer postings than before


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder:
    """What a run needs beside the crawl itself; `task_id` None is a crawl by hand. Seconds."""

    board: str
    epoch: int
    mongodb_url: str = field(repr=False)
    mongodb_database: str
    time_limit: float
    task_id: str | None = None
    is_demo: bool = False
    is_filtered: bool = False
    report_url: str | None = None
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a run ended; `outcome` is `success` or a name of a failure, `retry_after` is seconds the board asks for."""

    outcome: str
    message: str = ""
    counts: Mapping[str, float] = field(default_factory=dict)
    retry_after: float | None = None


def to_bytes(value: RunOrder | RunResult) -> bytes:
    return orjson.dumps(asdict(value))


def order_from(data: bytes) -> RunOrder:
    return RunOrder(**_object(data))


def result_from(data: bytes) -> RunResult | None:
    """The result a run wrote, or None when it ended before that."""
    return RunResult(**_object(data)) if data else None


def _object(data: bytes) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(data)
    return document
