"""The outcome table of a mail, row by row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobalerts.domain.mail_states import Next, Outcome, after

PLANNED = datetime(2026, 11, 20, tzinfo=UTC)


def then(result: Any, *, tries: int = 1, in_doubt: int = 0, now: datetime = PLANNED) -> Next:
    outcome = Outcome(result=result, reason="why")
    return after(outcome, tries=tries, in_doubt=in_doubt, planned_at=PLANNED, now=now)


@pytest.mark.parametrize(("result", "status"), [("accepted", "sent"), ("refused", "failed"), ("dropped", "dropped")])
def test_an_answer_ends_it(result: str, status: str) -> None:
    assert then(result).status == status
    assert then(result).next_try_at is None


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(1, 1), (2, 2), (3, 4), (4, 8), (5, 300), (6, 900), (7, 3600), (8, 3600), (20, 3600)],
)
def test_what_may_work_later_is_tried_at_growing_distances(tries: int, seconds: int) -> None:
    assert then("later", tries=tries) == Next(
        status="waiting", reason="why", next_try_at=PLANNED + timedelta(seconds=seconds)
    )


def test_no_try_begins_later_than_a_day_after_planning() -> None:
    last = PLANNED + timedelta(hours=23)
    assert then("later", tries=20, now=last).status == "waiting"
    over = then("later", tries=20, now=last + timedelta(seconds=1))
    assert over == Next(status="failed", reason="given up after 24 hours: why")


def test_a_doubt_is_resolved_by_one_more_mail() -> None:
    assert then("in_doubt") == Next(status="unknown", reason="why", next_try_at=PLANNED + timedelta(minutes=15))
    assert then("in_doubt", in_doubt=1) == Next(status="failed", reason="sent twice, never confirmed: why")
