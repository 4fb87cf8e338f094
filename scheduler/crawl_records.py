"""Records the crawls that could not record their own end: killed at a limit, crashed, never started."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from jobalerts.domain.crawls import CrawlRecord
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.mongo.store import PostingStore
from jobalerts.runs import STALE, STOPPED, STORAGE, RunResult
from jobalerts.sql.tasks import Task

NO_CRAWL = frozenset({STALE, STOPPED, STORAGE})
"""Taken over, handed back, or nowhere to write to."""

BELIEVED_FOR = timedelta(hours=24)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRecords:
    """The board's card and the digests' line on coverage show what stands here."""

    store: PostingStore

    def known(self, task: Task) -> dict[str, str] | None:
        """The board's answer to the crawl before, if that was within a day: then the board may say "unchanged".

        Once a day it is read whatever it says, so that what only postings' own pages tell is not missed for long.
        """
        if task.board is None or task.args.get("job_type") or task.args.get("location"):
            return None
        try:
            found = self.store.answer_of(task.board)
        except (TemporaryError, PermanentError):
            return None
        return found[0] if found and datetime.now(UTC) - found[1] < BELIEVED_FOR else None

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
