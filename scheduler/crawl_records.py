"""Records the crawls that could not record their own end: killed at a limit, crashed, never started."""

from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from jobalerts.domain.crawls import CrawlRecord
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.mongo.store import PostingStore
from jobalerts.runs import STALE, STOPPED, STORAGE, RunResult
from jobalerts.sql.tasks import Task

NO_CRAWL = frozenset({STALE, STOPPED, STORAGE})
"""Taken over, handed back, or nowhere to write to."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRecords:
    """The board's card and the digests' line on coverage show what stands here."""

    store: PostingStore

    def add(self, task: Task, result: RunResult, *, began: datetime) -> None:
        """Unless the run came to its end: then it has done so itself. Without the store it is left out."""
        if task.board is None or result.counts or result.outcome in NO_CRAWL:
            return
        seconds = (datetime.now(UTC) - began).total_seconds()
        record = CrawlRecord(
            at=began, epoch=task.epoch, outcome=result.outcome, seen=0, new=0, changed=0, closed=0, skipped=0,
            seconds=seconds, complete=False, message=result.message,
        )  # fmt: skip
        try:
            self.store.record_unless_known(task.board, record)
        except (TemporaryError, PermanentError) as error:
            log.warning("crawl not recorded", task_id=task.task_id, board=task.board, reason=str(error))
