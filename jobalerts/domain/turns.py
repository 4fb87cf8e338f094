"""Whose turn it is: strictly the highest priority, but for one claim in ten that the longest waiting task gets."""

from dataclasses import dataclass

SHARE = 10  # one claim in so many


@dataclass(slots=True)
class Turns:
    """Counts the claims that passed over a task of lower priority that had waited longer.

    Every worker counts for itself, so that no row is written by all of them. Nothing is counted while nobody is
    passed over: a high task that comes after a long backlog of low ones starts next.
    """

    passed_over: int = 0

    @property
    def is_longest_waitings(self) -> bool:
        """The next claim takes the longest waiting task, whatever its priority."""
        return self.passed_over >= SHARE - 1

    def note(self, *, passes_over: bool) -> None:
        """Count a claim; one that passes over nobody begins anew."""
        self.passed_over = self.passed_over + 1 if passes_over and not self.is_longest_waitings else 0
