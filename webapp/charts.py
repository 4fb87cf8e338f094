"""Charts as rectangles, drawn by the server: the page needs no script, and every chart has its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobalerts.mongo.boards import BoardState
from jobalerts.sql.task_hours import Hour
from webapp.words import plural

HEIGHT = 100.0
SPARKS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One rectangle; `y` counts from the top, all in units of a view box 100 high."""

    x: int
    y: float
    height: float
    kind: str


def hour_bars(hours: Sequence[Hour]) -> list[Bar]:
    """Stacked columns: successes below, then retried, then failed ones on top."""
    most = max((hour.total for hour in hours), default=0) or 1
    bars: list[Bar] = []
    for x, hour in enumerate(hours):
        y = HEIGHT
        for kind, count in (("success", hour.success), ("retried", hour.retried), ("failed", hour.failed)):
            height = HEIGHT * count / most
            y -= height
            if count:
                bars.append(Bar(x=x, y=round(y, 2), height=round(height, 2), kind=kind))
    return bars


def crawl_words(state: BoardState | None) -> str:
    """What the bars show, for who does not see them."""
    records = state.last_records[-SPARKS:] if state else ()
    good = [record.seen for record in records if record.outcome == "success"]
    if len(records) == 1:
        return f"The only run so far brought {plural(good[0], 'posting') if good else 'no postings: it failed'}."
    if not good:
        return f"None of the last {len(records)} runs brought postings."
    failed = len(records) - len(good)
    many = f"between {min(good):,} and {max(good):,}" if min(good) < max(good) else f"{max(good):,}"
    return f"The last {len(records)} runs, oldest first: {many} postings each, the last {good[-1]:,}; {failed} failed."


def spark_bars(state: BoardState | None) -> list[Bar]:
    """The postings that the last crawls of a board saw; a failed crawl is a low red mark."""
    records = state.last_records[-SPARKS:] if state else ()
    most = max((record.seen for record in records), default=0) or 1
    bars = []
    for x, record in enumerate(records):
        good = record.outcome == "success"
        height = max(8.0, HEIGHT * record.seen / most) if good else 14.0
        bars.append(Bar(x=x, y=round(HEIGHT - height, 2), height=round(height, 2), kind="seen" if good else "failed"))
    return bars
