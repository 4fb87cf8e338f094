"""How often the text rules are right on labelled postings: `python -m benchmarks.quality [FOLDER]`.

FOLDER holds `years.jsonl` ({"id", "title", "text", "min_years", "max_years", "also"}) and `job_types.jsonl`
({"id", "title", "acceptable"}), and may hold `duplicates.jsonl` (`duplicate_pairs` says its
form); names may have more to them (`years_dev.jsonl`). Every miss is listed.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.duplicate_pairs import duplicates_score
from jobalerts.domain.classify import experience_of, job_types_of

OWN_LABELS = Path(__file__).parent.parent / "tests" / "fixtures" / "labelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`misses` name the posting, what was expected and what was answered."""

    total: int
    misses: tuple[str, ...]

    @property
    def rate(self) -> float:
        """The share that is right, 1.0 for an empty set."""
        return 1 - len(self.misses) / self.total if self.total else 1.0


def years_score(postings: list[dict[str, Any]]) -> Score:
    """Right is the exact minimum and maximum, or a minimum listed in `also`."""
    misses = []
    for posting in postings:
        found = experience_of(posting["title"], posting["text"])
        answer = (found.min_years, found.max_years) if found else (None, None)
        expected = (posting["min_years"], posting["max_years"])
        if answer != expected and answer[0] not in posting.get("also", []):
            words = found.evidence if found else "nothing"
            misses.append(f"{posting['id']} {posting['title']!r}: expected {expected}, got {answer} from {words!r}")
    return Score(total=len(postings), misses=tuple(misses))


def job_types_score(titles: list[dict[str, Any]]) -> Score:
    """Right is a primary type among the acceptable ones."""
    misses = []
    for posting in titles:
        answer = job_types_of(posting["title"], posting.get("text", ""))
        if answer[0] not in posting["acceptable"]:
            misses.append(f"{posting['id']} {posting['title']!r}: expected {posting['acceptable']}, got {answer}")
    return Score(total=len(titles), misses=tuple(misses))


def labelled(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of every file of that kind in the folder."""
    return [row for path in sorted(folder.glob(f"{name}*.jsonl")) for row in _rows(path)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Print both rates and every miss."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OWN_LABELS
    scores = {
        "years of experience": years_score(labelled(folder, "years")),
        "job types": job_types_score(labelled(folder, "job_types")),
    }
    for name, score in scores.items():
        print(f"{name}: {score.rate:.1%} of {score.total} right")
        for miss in score.misses:
            print(f"  {miss}")
    pairs = duplicates_score(labelled(folder, "duplicates"))
    print(f"duplicates: precision {pairs.precision:.1%}, recall {pairs.recall:.1%} of {pairs.total} pairs")
    for miss in pairs.misses:
        print(f"  {miss}")


if __name__ == "__main__":
    main()
