"""How often the text rules are right on labelled postings: `python -m benchmarks.quality [FOLDER]`.

FOLDER may hold `years.jsonl` ({"id", "title", "text", "min_years", "max_years", "also"}), `job_types.jsonl`
({"id", "title", "acceptable"}, and where known "seniority", a list of what is acceptable), `places.jsonl` and
`salaries.jsonl` (`field_labels` says their forms) and `duplicates.jsonl` (`duplicate_pairs` says its form); names may
have more to them (`years_dev.jsonl`). What the folder does not hold is left out. Every miss is listed.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.duplicate_pairs import duplicates_score
from benchmarks.field_labels import places_score, salaries_score
from benchmarks.score import Score
from jobalerts.domain.classify import experience_of, job_types_of, seniority_of

OWN_LABELS = Path(__file__).parent.parent / "tests" / "fixtures" / "labelled"


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


def seniority_score(titles: list[dict[str, Any]]) -> Score:
    """Right is a level among the acceptable ones, null for none; titles without a label are not counted."""
    judged = [posting for posting in titles if "seniority" in posting]
    misses = []
    for posting in judged:
        answer = seniority_of(posting["title"], posting.get("text", ""))
        if answer not in posting["seniority"]:
            misses.append(f"{posting['id']} {posting['title']!r}: expected {posting['seniority']}, got {answer}")
    return Score(total=len(judged), misses=tuple(misses))


def labelled(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of every file of that kind in the folder."""
    return [row for path in sorted(folder.glob(f"{name}*.jsonl")) for row in _rows(path)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Print the rate of each kind of labels in the folder, and every miss."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OWN_LABELS
    titles = labelled(folder, "job_types")
    scores = {
        "years of experience": years_score(labelled(folder, "years")),
        "job types": job_types_score(titles),
        "seniority": seniority_score(titles),
        "places": places_score(labelled(folder, "places")),
        "salaries": salaries_score(labelled(folder, "salaries")),
    }
    for name, score in scores.items():
        if score.total:
            print(f"{name}: {score.rate:.1%} of {score.total} right", *score.misses, sep="\n  ")
    pairs = duplicates_score(labelled(folder, "duplicates"))
    if pairs.total:
        print(f"duplicates: precision {pairs.precision:.1%}, recall {pairs.recall:.1%} of {pairs.total} pairs")
        print(*(f"  {miss}" for miss in pairs.misses), sep="\n", end="\n" if pairs.misses else "")


if __name__ == "__main__":
    main()
