"""Stores what a fetch prints, and after a complete and plausible crawl closes what is gone."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import orjson

from crawler.outcomes import SUCCESS, Outcome, outcome_from_json
from crawler.plausibility import judged, went_as_far_as_it_goes
from crawler.progress import Progress
from jobalerts.domain.crawls import CrawlRecord, filled_of
from jobalerts.domain.posting import Posting, from_json
from jobalerts.errors import TemporaryError
from jobalerts.mongo.boards import BoardState
from jobalerts.mongo.saving import Saved, total
from jobalerts.mongo.store import PostingStore
from jobalerts.runs import CRASHED

BATCH = 200
NOTHING = Saved(seen=0, new=0, changed=0)


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
    doubts: tuple[str, ...] = ()

    def counts(self) -> dict[str, float]:
        return {
            "seen": self.saved.seen,
            "new": self.saved.new,
            "changed": self.saved.changed,
            "closed": self.closed,
            "skipped": self.outcome.skipped,
            "seconds": round(self.outcome.seconds, 3),
        }


@dataclass(slots=True, kw_only=True)
class Reading:
    """What has come so far of a crawl that began then."""

    began: datetime
    saved: Saved = NOTHING
    filled: Counter[str] = field(default_factory=Counter)
    outcome: Outcome = field(default_factory=lambda: Outcome(name=CRASHED))


def ingest(lines: Iterable[bytes], store: PostingStore, crawl: Crawl, progress: Progress) -> Ingested:
    """Store the postings as they come, and tell `progress`. A stale epoch is a PermanentError."""
    began = datetime.now(UTC)
    store.begin_crawl(crawl.board, epoch=crawl.epoch, began=began)
    state = store.board_state(crawl.board)
    is_first = state.first_crawled_at is None

    def save(batch: list[Posting]) -> Saved:
        now = datetime.now(UTC)
        return store.save(crawl.board, batch, epoch=crawl.epoch, now=now, first_crawl=is_first, is_demo=crawl.is_demo)

    reading = Reading(began=began)
    _read(lines, reading, save, lambda done: progress(done, state.open_count))
    if reading.outcome.is_unchanged and reading.outcome.name == SUCCESS:
        _see_again(store, crawl, reading, state)
    verdict = judged(reading.outcome, state, is_filtered=crawl.is_filtered, now=began, filled=reading.filled)
    closed = _close(store, crawl, verdict.outcome, began) if _is_complete(verdict.outcome, crawl) else 0
    ingested = Ingested(outcome=verdict.outcome, saved=reading.saved, closed=closed, doubts=verdict.doubts)
    record, robots = _record(ingested, crawl, reading), reading.outcome.robots
    store.record_crawl(crawl.board, record, answer=_answer(ingested, crawl), robots=robots)
    rejects = [(one["row"], one["error"]) for one in reading.outcome.rejects]
    store.keep_rejects(crawl.board, rejects, datetime.now(UTC))
    return ingested


def _see_again(store: PostingStore, crawl: Crawl, reading: Reading, state: BoardState) -> None:
    """The board is as the crawl left it whose answer is kept: so is what that crawl saw."""
    known = store.answer_of(crawl.board)
    if known is None:
        raise TemporaryError(f"{crawl.board} has not changed, but what it was is not kept any more: it is read anew")
    seen = store.see_again(crawl.board, epoch=crawl.epoch, since=known[1], now=datetime.now(UTC))
    before = next((record for record in reversed(state.last_records) if record.is_measure), None)
    reading.saved = Saved(seen=seen, new=0, changed=0)
    reading.filled.update((before.filled or {}) if before else {})
    reading.outcome = replace(reading.outcome, received=seen, seen=seen)


def _answer(ingested: Ingested, crawl: Crawl) -> dict[str, str] | None:
    """Of a crawl that read all there is, could read it, and got every posting's own page that it asked for."""
    outcome = ingested.outcome
    is_read = not outcome.skipped and not outcome.alone and not outcome.is_unchanged
    is_good = _is_complete(outcome, crawl) and is_read
    return outcome.answer if is_good else None


def _is_complete(outcome: Outcome, crawl: Crawl) -> bool:
    return outcome.name == SUCCESS and all(outcome.parts.values()) and not crawl.is_filtered


def _close(store: PostingStore, crawl: Crawl, outcome: Outcome, began: datetime) -> int:
    """What the crawl missed, but for postings that it found and could not read."""
    return store.close_missing(
        crawl.board, epoch=crawl.epoch, seen_after=began, now=datetime.now(UTC), but_for=outcome.rejected_ids
    )


def _read(
    lines: Iterable[bytes], reading: Reading, save: Callable[[list[Posting]], Saved], seen: Callable[[int], None]
) -> None:
    """Read to the line that says how it ended; without one, it crashed."""
    batch: list[Posting] = []
    for line in lines:
        document = orjson.loads(line)
        if "outcome" in document:
            reading.outcome = outcome_from_json(document)
            break
        reading.filled.update(filled_of([document]))
        batch.append(from_json(document))
        if len(batch) == BATCH:
            reading.saved = total([reading.saved, save(batch)])
            batch = []
            seen(reading.saved.seen)
    reading.saved = total([reading.saved, save(batch)])


def _record(ingested: Ingested, crawl: Crawl, reading: Reading) -> CrawlRecord:
    return CrawlRecord(
        at=reading.began,
        epoch=crawl.epoch,
        outcome=ingested.outcome.name,
        seen=ingested.saved.seen,
        new=ingested.saved.new,
        changed=ingested.saved.changed,
        closed=ingested.closed,
        skipped=ingested.outcome.skipped,
        seconds=ingested.outcome.seconds,
        complete=_is_complete(ingested.outcome, crawl),
        as_far_as_it_goes=not crawl.is_filtered and went_as_far_as_it_goes(ingested.outcome),
        filled=dict(reading.filled),
        is_unchanged=ingested.outcome.is_unchanged,
        doubts=ingested.doubts,
        message=ingested.outcome.detail,
    )
