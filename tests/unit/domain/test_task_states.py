"""The table of task status, row by row, and nothing beside it."""

import itertools

import pytest

from jobalerts.domain.task_states import ENDED, STATUSES, WAITING, Conflict, Event, allowed, next_status

TABLE = {
    ("created", Event.CLAIM): "running",
    ("retrying", Event.CLAIM): "running",
    ("running", Event.SUCCEED): "success",
    ("running", Event.FAIL): "failed",
    ("running", Event.RETRY): "retrying",
    ("running", Event.GIVE_UP): "dead",
    ("running", Event.OVERRUN): "killed",
    ("created", Event.KILL): "killed",
    ("retrying", Event.KILL): "killed",
    ("running", Event.KILL): "killed",
    ("failed", Event.REQUEUE): "created",
    ("killed", Event.REQUEUE): "created",
    ("dead", Event.REQUEUE): "created",
    ("retrying", Event.RUN_NOW): "created",
}


def test_the_words_are_those_of_the_api_and_of_the_rows_there_are() -> None:
    assert WAITING == ("created", "retrying")
    assert ENDED == ("success", "failed", "killed", "dead")
    assert STATUSES == ("created", "running", "retrying", "success", "failed", "killed", "dead")
    assert list(Event) == [
        "claim", "succeed", "fail", "retry", "give up", "overrun", "kill", "requeue", "run now"
    ]  # fmt: skip


def test_a_conflict_names_the_status_and_what_it_cannot_take() -> None:
    with pytest.raises(Conflict, match=r"^a task with status success cannot be run now$"):
        next_status("success", Event.RUN_NOW)


@pytest.mark.parametrize(("current", "event"), list(itertools.product(STATUSES, Event)))
def test_every_pair_of_status_and_event_is_in_the_table_or_a_conflict(current: str, event: Event) -> None:
    if (current, event) in TABLE:
        assert next_status(current, event) == TABLE[current, event]
        assert event in allowed(current)
    else:
        with pytest.raises(Conflict, match=current):
            next_status(current, event)
        assert event not in allowed(current)


def test_a_successful_task_never_changes_again() -> None:
    assert allowed("success") == frozenset()
