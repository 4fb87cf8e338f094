"""When a crawl that says it went well is not believed: a board that is silently read as (nearly) nothing.

It is compared with the board's own history, so boards of any size and kind are judged by what is usual for them:

* far fewer postings: less than half of the last crawl that counts, if that had 20 or more;
* a field that used to be filled: less than a quarter of what was to be expected, if that is 10 postings or more.
  Expected is the lowest share of the last three crawls that count: what changes slowly or comes and goes is no doubt;
* many rows that could not be read: 3 or more, more than a tenth, and more than twice the usual share.

What is doubted in the same way for 24 hours is believed: then the board has really changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from jobalerts.domain.crawls import FIELDS, SALARY, TEXT, CrawlRecord

SUSPICIOUS = "suspicious"
FEW, UNREADABLE = "few", "unreadable"
WORTH_COMPARING = 20  # postings: smaller boards change by half from one day to the next
FAR_FEWER = Fraction(1, 2)
EXPECTED_AT_LEAST = 10  # postings with a field: of fewer, all may have gone by chance
FAR_LESS_FILLED = Fraction(1, 4)
SKIPPED_AT_LEAST = 3
MANY_SKIPPED = Fraction(1, 10)
FAR_MORE_SKIPPED = 2
REMEMBERED = 3  # crawls that say what is usual
BELIEVED_AFTER = timedelta(hours=24)
WORDS = {SALARY: "pay", "place": "a place", TEXT: "a text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a crawl brought: postings, rows that could not be read, and how many postings had each field."""

    seen: int
    skipped: int = 0
    filled: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One reason; `kind` is FEW, UNREADABLE or one of the fields."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRange:
    """How many postings a crawl may bring: below `low` it is doubted, above `high` it is only unusual."""

    low: int
    high: int


def doubts(counted: Counted, history: Sequence[CrawlRecord], *, open_before: int, now: datetime) -> tuple[Doubt, ...]:
    """Why the crawl is not believed, () if it is; `history` is oldest first.

    `open_before` is compared with when no crawl of the history counts, 0 for nothing.
    """
    measures = [record for record in history if record.is_measure]
    before = measures[-1].seen if measures else open_before
    usual = measures[-REMEMBERED:]
    found = [*_few(counted, before), *_unfilled(counted, usual), *_unreadable(counted, usual)]
    later = [record for record in history if not measures or record.at > measures[-1].at]
    return tuple(doubt for doubt in found if not _is_believed(doubt.kind, later, now))


def expected_range(history: Sequence[CrawlRecord]) -> ExpectedRange | None:
    """From half to twice of what the last crawl that counts brought; None before the first.

    A board of fewer than 20 postings may bring any number from 1; it is doubted only when it is suddenly empty.
    """
    last = next((record.seen for record in reversed(history) if record.is_measure), None)
    if last is None:
        return None
    low = -(-last // 2) if last >= WORTH_COMPARING else min(last, 1)
    return ExpectedRange(low=low, high=2 * max(last, WORTH_COMPARING))


def _few(counted: Counted, before: int) -> list[Doubt]:
    if before < WORTH_COMPARING or counted.seen >= before * FAR_FEWER:
        return []
    return [Doubt(kind=FEW, words=f"{counted.seen} postings, the crawl before had {before}")]


def _unfilled(counted: Counted, usual: Sequence[CrawlRecord]) -> list[Doubt]:
    if counted.filled is None:
        return []
    found = []
    for field in FIELDS:
        shares = [Fraction(one.filled.get(field, 0), one.seen) for one in usual if one.filled is not None and one.seen]
        expected = min(shares, default=Fraction(0)) * counted.seen
        filled = counted.filled.get(field, 0)
        if expected >= EXPECTED_AT_LEAST and filled < expected * FAR_LESS_FILLED:
            words = f"{filled} of {counted.seen} postings have {WORDS[field]}, about {round(expected)} used to"
            found.append(Doubt(kind=field, words=words))
    return found


def _unreadable(counted: Counted, usual: Sequence[CrawlRecord]) -> list[Doubt]:
    share = _share_skipped(counted.seen, counted.skipped)
    before = max((_share_skipped(one.seen, one.skipped) for one in usual), default=Fraction(0))
    if counted.skipped < SKIPPED_AT_LEAST or share <= MANY_SKIPPED or share <= before * FAR_MORE_SKIPPED:
        return []
    rows = counted.seen + counted.skipped
    return [Doubt(kind=UNREADABLE, words=f"{counted.skipped} of {rows} postings could not be read")]


def _share_skipped(seen: int, skipped: int) -> Fraction:
    return Fraction(skipped, seen + skipped) if skipped else Fraction(0)


def _is_believed(kind: str, later: Sequence[CrawlRecord], now: datetime) -> bool:
    doubted = [record.at for record in later if record.outcome == SUSPICIOUS and kind in record.doubts]
    return bool(doubted) and now - doubted[0] >= BELIEVED_AFTER
