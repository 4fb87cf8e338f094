"""A run: parent of the fetch, the only one of the two that may write to MongoDB."""

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import orjson

from crawler import fetch, fetching
from crawler.confinement import adopt_orphans
from crawler.fetching import Fetching
from crawler.ingest import Crawl, Ingested, ingest
from crawler.outcomes import ADVICE
from crawler.progress import ProgressReport, silent
from crawler.watchdog import Watchdog
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.mongo.store import open_store
from jobalerts.runs import CRASHED, STALE, STORAGE, RunOrder, RunResult, order_from, to_bytes

LARGEST_ORDER = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipes:
    """File descriptors from the worker: its order, its beat, and where the result goes."""

    order: int
    beat: int
    result: int


def run(job: bytes, pipes: Pipes, *, program: Callable[[], int] | None = None) -> int:
    """Crawl one board as the worker orders it; `program` replaces the fetch in tests. The result says how it went."""
    adopt_orphans()
    fetched = fetching.start(program or partial(fetch.main, [job.decode()]))
    with os.fdopen(pipes.order, "rb") as order_pipe:  # it holds credentials: read only once the fetch is on its own
        order = order_from(order_pipe.read(LARGEST_ORDER))
    report = Report(pipes.result)
    Watchdog(time_limit=order.time_limit, report=report, beat=pipes.beat).start()
    result = store_all(fetched, order)
    report(result)
    return 0 if result.outcome == "success" else 1


class Report:
    """Writes the first result to the pipe, and no other: what follows a time limit is not what ended the run."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._is_written = False

    def __call__(self, result: RunResult) -> None:
        with self._lock:
            if not self._is_written:
                self._is_written = True
                sys.stderr.write(
                    f"{result.outcome}: {result.message or 'done'} {orjson.dumps(result.counts).decode()}\n"
                )
                sys.stderr.flush()
                os.write(self._descriptor, to_bytes(result))


def store_all(fetched: Fetching, order: RunOrder) -> RunResult:
    """Store what the fetch gives and say how it went, whatever went wrong."""
    crawl = Crawl(board=order.board, epoch=order.epoch, is_demo=order.is_demo, is_filtered=order.is_filtered)
    store = open_store(order.mongodb_url, order.mongodb_database)
    seen = ProgressReport(order.report_url, order.token) if order.report_url and order.token else silent
    try:
        ingested = ingest(fetched.lines, store, crawl, seen)
    except TemporaryError as error:
        return RunResult(outcome=STORAGE, message=str(error))
    except PermanentError as error:
        return RunResult(outcome=STALE, message=str(error))
    except (ValueError, KeyError, TypeError) as error:
        return RunResult(outcome=CRASHED, message=f"the reading process printed no posting: {error}")
    finally:
        store.close()
    code = fetched.wait()
    return _result(ingested, code)


def _result(ingested: Ingested, code: int) -> RunResult:
    outcome = ingested.outcome
    detail = outcome.detail
    if outcome.name == CRASHED:
        detail = f"the reading process ended with code {code}"
    advice = ADVICE.get(outcome.name, "")
    message = "; ".join(part for part in (detail, advice) if part)
    return RunResult(
        outcome=outcome.name,
        message=message,
        counts=ingested.counts(),
        retry_after=outcome.retry_after,
    )
