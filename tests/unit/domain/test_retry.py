"""What becomes of a task after a try."""

from datetime import UTC, datetime, timedelta

import pytest

from jobalerts.domain.retry import RetryRule, Tries, Verdict, judge
from jobalerts.domain.task_states import Event

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RULE = RetryRule()


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


def tries(spent: int, first_failure: datetime | None = None) -> Tries:
    return Tries(spent=spent, allowed=4, first_start=START, first_failure=first_failure)


def test_success_and_hopeless_end_the_task_at_the_first_try() -> None:
    assert judge("success", tries(1), now=minutes(1), rule=RULE) == Verdict(event=Event.SUCCEED)
    for outcome in ("not_found", "robots", "invalid"):
        assert judge(outcome, tries(1), now=minutes(1), rule=RULE) == Verdict(event=Event.FAIL)


@pytest.mark.parametrize(("spent", "ended", "due"), [(1, 2, 7), (2, 8, 17), (3, 18, 32)])
def test_retries_come_5_15_and_30_minutes_after_the_first_failure(spent: int, ended: float, due: float) -> None:
    first_failure = None if spent == 1 else minutes(2)

    verdict = judge("blocked", tries(spent, first_failure), now=minutes(ended), rule=RULE)

    assert verdict == Verdict(event=Event.RETRY, next_try_at=minutes(due))


def test_a_retry_whose_time_is_over_already_is_due_at_once() -> None:
    verdict = judge("network", tries(2, minutes(2)), now=minutes(20), rule=RULE)

    assert verdict.next_try_at == minutes(20)


@pytest.mark.parametrize(("outcome", "event"), [("blocked", Event.GIVE_UP), ("timeout", Event.OVERRUN)])
def test_after_the_fourth_try_nothing_is_left(outcome: str, event: Event) -> None:
    assert judge(outcome, tries(4, minutes(2)), now=minutes(33), rule=RULE) == Verdict(event=event)


def test_a_retry_that_could_not_end_within_the_hour_is_not_made() -> None:
    assert judge("network", tries(2, minutes(2)), now=minutes(55), rule=RULE).event is Event.RETRY
    late = judge("network", tries(2, minutes(2)), now=minutes(55) + timedelta(seconds=1), rule=RULE)
    assert late.event is Event.GIVE_UP


def test_a_lost_worker_is_replaced_at_once_and_costs_a_try() -> None:
    verdict = judge("lost", tries(1), now=minutes(3), rule=RULE)
    assert verdict == Verdict(event=Event.RETRY, next_try_at=minutes(3))
    assert judge("lost", tries(4), now=minutes(3), rule=RULE).event is Event.GIVE_UP


def test_retry_after_moves_the_retry_and_past_the_hour_ends_it() -> None:
    later = judge("blocked", tries(1), now=minutes(1), rule=RULE, not_before=minutes(20))
    assert later.next_try_at == minutes(20)
    sooner = judge("blocked", tries(1), now=minutes(1), rule=RULE, not_before=minutes(2))
    assert sooner.next_try_at == minutes(6)
    too_late = judge("blocked", tries(1), now=minutes(1), rule=RULE, not_before=minutes(70))
    assert too_late.event is Event.GIVE_UP
