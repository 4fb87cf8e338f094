"""What a rating of labelled postings comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`misses` name the posting, what was expected and what was answered."""

    total: int
    misses: tuple[str, ...]

    @property
    def rate(self) -> float:
        """The share that is right, 1.0 for an empty set."""
        return 1 - len(self.misses) / self.total if self.total else 1.0
