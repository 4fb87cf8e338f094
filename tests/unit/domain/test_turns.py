"""Turns: one claim in ten is the longest waiting task's, and only when somebody is passed over."""

from jobalerts.domain.turns import SHARE, Turns


def test_the_tenth_claim_that_passes_somebody_over_is_the_longest_waitings() -> None:
    turns = Turns()
    due = []
    for _ in range(30):
        due.append(turns.is_longest_waitings)
        turns.note(passes_over=not turns.is_longest_waitings)
    assert [number for number, is_due in enumerate(due, start=1) if is_due] == [SHARE, 2 * SHARE, 3 * SHARE]


def test_claims_that_pass_over_nobody_bring_no_turn_nearer() -> None:
    turns = Turns()
    for _ in range(SHARE - 2):
        turns.note(passes_over=True)
    turns.note(passes_over=False)
    turns.note(passes_over=True)
    assert not turns.is_longest_waitings
    assert turns.passed_over == 1


def test_a_turn_is_used_up_by_the_claim_that_had_it() -> None:
    turns = Turns(passed_over=SHARE - 1)
    assert turns.is_longest_waitings
    turns.note(passes_over=True)
    assert turns == Turns(passed_over=0)
