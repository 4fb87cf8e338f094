"""Whether a crawl that says it went well is believed, by the history of its board."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.outcomes import SUCCESS, Outcome
from jobalerts.domain.doubts import Counted, doubts
from jobalerts.mongo.boards import BoardState
from jobalerts.runs import SUSPICIOUS

TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How a crawl ended, judged with the board's history; `doubts` are the kinds of what speaks against it."""

    outcome: Outcome
    doubts: tuple[str, ...] = ()


def judged(
    outcome: Outcome, state: BoardState, *, is_filtered: bool, now: datetime, filled: Mapping[str, int] | None = None
) -> Judged:
    """A crawl that says it went well may still come back with too little to be believed."""
    if outcome.name != SUCCESS or is_filtered:
        return Judged(outcome=outcome)
    if outcome.received == 0 and state.open_count:
        return Judged(outcome=replace(outcome, name="empty", detail=f"no postings, {state.open_count} are open"))
    counted = Counted(seen=outcome.seen, skipped=outcome.skipped, filled=filled)
    found = doubts(counted, state.last_records, open_before=_open_before(state, outcome), now=now)
    if not found:
        return Judged(outcome=outcome)
    words = "; ".join(doubt.words for doubt in found)
    detail = f"{words}: none is closed, the next crawl tries again"
    return Judged(outcome=replace(outcome, name=SUSPICIOUS, detail=detail), doubts=tuple(doubt.kind for doubt in found))


def went_as_far_as_it_goes(outcome: Outcome) -> bool:
    """Not the whole board, but all that can be had of it: the list ends before the board, or a limit of ours does.

    The next crawl will come no further, so whatever it brings that is not known yet is new.
    """
    if outcome.name == SUCCESS:
        return not all(outcome.parts.values())
    return outcome.name == TOO_LARGE and outcome.seen > 0


def _open_before(state: BoardState, outcome: Outcome) -> int:
    """What is compared when only failures are remembered; a board read in part closes nothing, and only grows."""
    return state.open_count if state.first_crawled_at and all(outcome.parts.values()) else 0
