"""Stores what a fetch prints, and after a complete and plausible crawl closes what is gone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import orjson

from crawler.outcomes import SUCCESS, Outcome, outcome_from_json
from crawler.progress import Progress
from jobalerts.domain.posting import Posting, from_json
from jobalerts.mongo.boards import BoardState, CrawlRecord
from jobalerts.mongo.saving import Saved
from jobalerts.mongo.store import PostingStore
from jobalerts.runs import CRASHED, SUSPICIOUS

BATCH = 200
WORTH_COMPARING = 20  # postings: smaller boards change by half from one day to the next
FAR_FEWER = 0.5
BELIEVED_AFTER = timedelta(hours=24)  # a board that stays that small for so long has become small


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """What is crawled, and under which fence."""

    board: str
    epoch: int
    is_demo: bool
    is_filtered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """How a crawl ended, judged with the board's history, and what it changed."""

    outcome: Outcome
    saved: Saved
    closed: int

    def counts(self) -> dict[str, float]:
        return {
            "seen": self.saved.seen,
            "new": self.saved.new,
            "changed": self.saved.changed,
            "closed": self.closed,
            "skipped": self.outcome.skipped,
            "seconds": round(self.outcome.seconds, 3),
        }


def ingest(lines: Iterable[bytes], store: PostingStore, crawl: Crawl, progress: Progress) -> Ingested:
    """Store the postings as they come, and tell `progress`. A stale epoch is a PermanentError."""
    began = datetime.now(UTC)
    store.begin_crawl(crawl.board, epoch=crawl.epoch)
    state = store.board_state(crawl.board)
    is_first = state.first_crawled_at is None

    def save(batch: list[Posting]) -> Saved:
        now = datetime.now(UTC)
        return store.save(crawl.board, batch, epoch=crawl.epoch, now=now, first_crawl=is_first, is_demo=crawl.is_demo)

    saved, outcome = _save(lines, save, lambda done: progress(done, state.open_count))
    outcome = judged(outcome, state, crawl, began)
    is_complete = outcome.name == SUCCESS and all(outcome.parts.values()) and not crawl.is_filtered
    closed = 0
    if is_complete:
        closed = store.close_missing(crawl.board, epoch=crawl.epoch, seen_after=began, now=datetime.now(UTC))
    ingested = Ingested(outcome=outcome, saved=saved, closed=closed)
    store.record_crawl(crawl.board, _record(ingested, crawl, began, is_complete=is_complete))
    return ingested


def judged(outcome: Outcome, state: BoardState, crawl: Crawl, now: datetime) -> Outcome:
    """A crawl that says it went well may still come back with too little to be believed."""
    if outcome.name != SUCCESS or crawl.is_filtered:
        return outcome
    if outcome.received == 0 and state.open_count:
        return replace(outcome, name="empty", detail=f"no postings, {state.open_count} are open")
    whole = next((record for record in reversed(state.last_records) if record.complete), None)
    before = whole.seen if whole else _open_before(state, outcome)
    if before < WORTH_COMPARING or outcome.seen >= before * FAR_FEWER:
        return outcome
    later = [record for record in state.last_records if whole is None or record.at > whole.at]
    doubted = [record.at for record in later if record.outcome == SUSPICIOUS]
    if doubted and now - doubted[0] >= BELIEVED_AFTER:
        return outcome
    return replace(outcome, name=SUSPICIOUS, detail=_doubt(outcome.seen, before))


def _open_before(state: BoardState, outcome: Outcome) -> int:
    """What is compared when only failures are remembered; a board read in part closes nothing, and only grows."""
    return state.open_count if state.first_crawled_at and all(outcome.parts.values()) else 0


def _doubt(seen: int, before: int) -> str:
    return f"{seen} postings, the crawl before had {before}: none is closed, the next crawl tries again"


def _save(
    lines: Iterable[bytes], save: Callable[[list[Posting]], Saved], seen: Callable[[int], None]
) -> tuple[Saved, Outcome]:
    total = Saved(seen=0, new=0, changed=0)
    batch: list[Posting] = []
    for line in lines:
        document = orjson.loads(line)
        if "outcome" in document:
            return _sum(total, save(batch)), outcome_from_json(document)
        batch.append(from_json(document))
        if len(batch) == BATCH:
            total = _sum(total, save(batch))
            batch = []
            seen(total.seen)
    return _sum(total, save(batch)), Outcome(name=CRASHED)


def _sum(one: Saved, other: Saved) -> Saved:
    return Saved(seen=one.seen + other.seen, new=one.new + other.new, changed=one.changed + other.changed)


def _record(ingested: Ingested, crawl: Crawl, began: datetime, *, is_complete: bool) -> CrawlRecord:
    return CrawlRecord(
        at=began,
        epoch=crawl.epoch,
        outcome=ingested.outcome.name,
        seen=ingested.saved.seen,
        new=ingested.saved.new,
        changed=ingested.saved.changed,
        closed=ingested.closed,
        skipped=ingested.outcome.skipped,
        seconds=ingested.outcome.seconds,
        complete=is_complete,
    )
