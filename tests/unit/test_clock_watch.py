"""A jump of the clock is what the monotonic clock knows nothing of."""

from datetime import UTC, datetime, timedelta

from scheduler.clock_watch import ClockWatch

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Watched:
    """Both clocks, moved by hand."""

    def __init__(self) -> None:
        self.tick = 1000.0
        self.watch = ClockWatch(lambda: self.tick)

    def look(self, moment: float, tick: float) -> float:
        self.tick = 1000.0 + tick
        return self.watch.look(NOON + timedelta(seconds=moment)).total_seconds()


def test_a_jump_is_told_once_in_seconds_forward_and_back() -> None:
    clocks = Watched()
    assert [clocks.look(*at) for at in ((0, 0), (5, 5), (3610, 10), (3615, 15), (20, 20))] == [0, 0, 3600, 0, -3600]


def test_a_slow_answer_and_a_long_pause_are_no_jumps() -> None:
    clocks = Watched()
    assert [clocks.look(*at) for at in ((0, 0), (4, 0), (604, 600), (600, 600))] == [0, 0, 0, 0]
    assert clocks.watch.is_trusted
    assert clocks.watch.is_settled


def test_leases_are_not_trusted_for_30_s_after_a_jump_and_people_are_told_for_an_hour() -> None:
    clocks = Watched()
    assert clocks.watch.is_first
    clocks.look(0, 0)
    assert not clocks.watch.is_first
    clocks.look(3600, 0)
    assert not clocks.watch.is_trusted
    clocks.look(3629, 29)
    assert not clocks.watch.is_trusted
    clocks.look(3630, 30)
    assert (clocks.watch.is_trusted, clocks.watch.is_settled) == (True, False)
    clocks.look(7200, 3600)
    assert clocks.watch.is_settled
