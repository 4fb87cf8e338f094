"""How often the rules for duplicates are right on labelled pairs (`duplicates.jsonl`).

A pair is {"a", "b", "same", "why"}; a side has `source`, `board`, `title`, `company`, `text`, and may have `places`,
`department`, `employment_type`, `seniority`, `min_years`.
"""

from dataclasses import dataclass
from typing import Any

from jobalerts.domain.duplicates import compare, likeness_of
from jobalerts.domain.posting import Experience, Location, Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore:
    """`precision`: how many of the pairs found to be the same are; `recall`: how many of those that are, were found."""

    total: int
    precision: float
    recall: float
    misses: tuple[str, ...]


def duplicates_score(pairs: list[dict[str, Any]]) -> PairScore:
    """Judge every pair; an empty set is all right."""
    right = wrong = missed = 0
    misses = []
    for pair in pairs:
        verdict = compare(likeness_of(_posting(pair["a"])), likeness_of(_posting(pair["b"])))
        right += verdict.same and pair["same"]
        wrong += verdict.same and not pair["same"]
        missed += pair["same"] and not verdict.same
        if verdict.same != pair["same"]:
            expected = "same" if pair["same"] else "different"
            titles = f"{pair['a']['title']!r} / {pair['b']['title']!r}"
            misses.append(f"{titles}: expected {expected} ({pair['why']}), but {verdict.why}")
    return PairScore(
        total=len(pairs),
        precision=right / (right + wrong) if right + wrong else 1.0,
        recall=right / (right + missed) if right + missed else 1.0,
        misses=tuple(misses),
    )


def _posting(side: dict[str, Any]) -> Posting:
    years = side.get("min_years")
    return Posting(
        source=side["source"],
        board=side["board"],
        external_id=side.get("external_id", "1"),
        url="https://boards.example/1",
        apply_url=None,
        title=side["title"],
        company=side["company"],
        locations=tuple(Location(text=place, city=place.partition(",")[0]) for place in side.get("places", [])),
        workplace=None,
        remote_countries=None,
        department=side.get("department"),
        employment_type=side.get("employment_type"),
        salary=None,
        job_types=("other",),
        seniority=side.get("seniority"),
        experience=Experience(min_years=years, max_years=None, evidence="", source="text") if years else None,
        description_html="",
        description_text=side["text"],
        language=None,
        posted_at=None,
        updated_at=None,
        valid_through=None,
    )
