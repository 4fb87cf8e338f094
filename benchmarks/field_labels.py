"""How often places and pay are read right on labelled texts (`places.jsonl`, `salaries.jsonl`).

A place's text is {"id", "text", "places": [{"city", "region", "country", "workplace"}]}: what is left out must be read
as null, a list holds all that is acceptable, names are compared without accents and capitals. A text on pay is {"id",
"text", "countries", "pay"}: `countries` are those of the posting's places, `pay` is null or has `min`, `max`,
`currency` and `period`.
"""

from typing import Any

from benchmarks.score import Score
from crawler.fields.pay_text import pay_in_text
from crawler.fields.places import Place, places_from_text
from jobalerts.domain.places import folded

PAY = ("min", "max", "currency", "period")
PARTS = ("city", "region", "country", "workplace")


def places_score(texts: list[dict[str, Any]]) -> Score:
    """Right is every place of the text in its order, with city, region, country and workplace, and no other."""
    misses = []
    for row in texts:
        answer = [_told(place) for place in places_from_text(row["text"])]
        expected = row["places"]
        if len(answer) != len(expected) or not all(map(_is_place, answer, expected)):
            misses.append(f"{row['id']} {row['text']!r}: expected {expected}, got {answer}")
    return Score(total=len(texts), misses=tuple(misses))


def salaries_score(texts: list[dict[str, Any]]) -> Score:
    """Right is the exact minimum, maximum, currency and period, or none where the text states no pay."""
    misses = []
    for row in texts:
        found = pay_in_text(row["text"], frozenset(row["countries"]))
        answer = {name: getattr(found, name) for name in PAY} if found else None
        if answer != row["pay"]:
            misses.append(f"{row['id']} {row['text']!r}: expected {row['pay']}, got {answer}")
    return Score(total=len(texts), misses=tuple(misses))


def _told(place: Place) -> dict[str, str]:
    at = place.location
    said = {"city": at.city, "region": at.region, "country": at.country, "workplace": place.workplace}
    return {part: value for part, value in said.items() if value}


def _is_place(answer: dict[str, str], expected: dict[str, Any]) -> bool:
    return all(_folded(answer.get(part)) in _acceptable(expected.get(part)) for part in PARTS)


def _acceptable(value: str | list[str | None] | None) -> list[str | None]:
    return [_folded(one) for one in (value if isinstance(value, list) else [value])]


def _folded(value: str | None) -> str | None:
    return folded(value) if value else None
