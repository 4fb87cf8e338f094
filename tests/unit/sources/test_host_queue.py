"""Who asks a host next."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.host_queue import FORGOTTEN_AFTER, HostQueue, Ticket, queue_from_json

NOW = 1_800_000_000.0


def ticket(name: str, arrived: float = NOW) -> Ticket:
    return Ticket(name=name, arrived=arrived)


def test_whoever_is_alone_begins_at_once() -> None:
    assert HostQueue().wait(ticket("a"), 0.25, NOW) == 0


def test_the_next_request_waits_for_the_delay_whoever_makes_it() -> None:
    queue = HostQueue()
    queue.begin(ticket("a"), NOW)
    assert queue.wait(ticket("b"), 0.25, NOW + 0.1) == pytest.approx(0.15)
    assert queue.wait(ticket("b"), 0.25, NOW + 0.25) == 0


def test_the_first_to_come_is_the_first_to_ask() -> None:
    queue = HostQueue()
    assert queue.wait(ticket("late", NOW + 1), 0, NOW + 1) == 0  # nobody else is known yet, but no slot is free
    assert queue.wait(ticket("early", NOW), 0, NOW + 1) == 0
    assert queue.wait(ticket("late", NOW + 1), 0, NOW + 1) > 0
    queue.begin(ticket("early", NOW), NOW + 1)
    assert queue.wait(ticket("late", NOW + 1), 0, NOW + 1) == 0


def test_whoever_died_while_waiting_is_forgotten() -> None:
    queue = HostQueue()
    queue.wait(ticket("killed", NOW), 0, NOW)
    assert queue.wait(ticket("b", NOW + 0.1), 0, NOW + 0.1) > 0
    assert queue.wait(ticket("b", NOW + 0.1), 0, NOW + FORGOTTEN_AFTER + 0.1) == 0


def test_a_clock_that_is_set_back_holds_nobody() -> None:
    queue = HostQueue()
    queue.begin(ticket("a"), NOW)
    assert queue.wait(ticket("b"), 10, NOW - 3600) == 0


def test_a_crawl_of_one_request_is_not_starved_by_one_of_hundreds() -> None:
    """The greedy one always has two waiting; the other is second or third at most."""
    queue = HostQueue()
    greedy = [ticket("greedy-0", NOW), ticket("greedy-1", NOW)]
    modest, begun = ticket("modest", NOW + 0.5), 0
    for number in itertools.count(2):
        now = NOW + number * 0.25
        waiting = [*greedy, *([modest] if now >= modest.arrived else [])]
        first = next(
            one
            for one in waiting
            if [queue.wait(other, 0.25, now) for other in waiting] and not queue.wait(one, 0.25, now)
        )
        queue.begin(first, now)
        if first is modest:
            break
        begun += 1
        greedy[greedy.index(first)] = ticket(f"greedy-{number}", now)
    assert begun <= 3


KEYS = st.sampled_from(["last", "held_until", "waiting"]) | st.text()
LEAVES = st.none() | st.booleans() | st.floats() | st.text()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)))
def test_a_file_that_holds_anything_is_an_empty_queue_or_one_that_works(document: object) -> None:
    queue = queue_from_json(document)
    assert queue.wait(ticket("a"), 0.25, NOW) >= 0


def test_what_is_written_is_read_back() -> None:
    queue = HostQueue(last=NOW, held_until=NOW + 5, waiting={"a": (NOW, NOW)})
    assert queue_from_json(queue.to_json()) == queue
