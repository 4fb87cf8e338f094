"""Job types of a posting: ordered rules over its title, its text only where the title says nothing."""

import re

from jobalerts.domain.classify.role_rules_business import BUSINESS, PRODUCT_AND_PROGRAM
from jobalerts.domain.classify.role_rules_people_facing import (
    CARE_AND_TEACHING,
    CREATIVE_AND_TRADES,
    CUSTOMERS,
    FALLBACKS,
)
from jobalerts.domain.classify.role_rules_technical import ENGINEERING_LEADERS, LED_TEAMS, SPECIALITIES, TECHNICAL
from jobalerts.domain.classify.title_text import clean_title

Rules = tuple[tuple[str, re.Pattern[str]], ...]

_LONGEST_TITLE = 200


def _compiled(*tables: tuple[tuple[str, str], ...]) -> Rules:
    gap = r"(?: [\\w&/,-]+){0,4} "
    return tuple(
        (slug, re.compile(rf"(?<![a-z0-9à-ÿ])(?:{re.sub(' [.]{3} ', gap, pattern)})s?(?![a-z0-9à-ÿ])"))
        for table in tables
        for slug, pattern in table
    )


_RULES = _compiled(
    ENGINEERING_LEADERS, PRODUCT_AND_PROGRAM, TECHNICAL, CARE_AND_TEACHING, BUSINESS, CUSTOMERS, CREATIVE_AND_TRADES
)
_FALLBACKS = _compiled(FALLBACKS)
_SPECIALITIES = _compiled(SPECIALITIES)
_LED_TEAMS = _compiled(LED_TEAMS)
_HEAD_END = re.compile(r",| - | \| | @ |\(|: | / | at (?=[a-z])|;")


def job_types_of(title: str, text: str) -> tuple[str, ...]:
    """Return one or two slugs, the primary first; ("other",) when nothing fits."""
    cleaned = clean_title(title[:_LONGEST_TITLE])
    primary = _from_title(cleaned) or "other"
    secondary = _second(cleaned, primary)
    return (primary, secondary) if secondary else (primary,)


def _from_title(title: str) -> str | None:
    """The words before the first comma or dash name the role; those after them only say more about it."""
    head = _HEAD_END.split(title, maxsplit=1)[0].strip()
    slug = _first(_RULES, head)
    if slug == "software_engineer" and head != title:
        return _first(_SPECIALITIES, title[len(head) :]) or slug
    return slug or _first(_RULES, title) or _first(_FALLBACKS, title)


def _second(title: str, primary: str) -> str | None:
    if primary != "engineering_manager":
        return None
    return _first(_LED_TEAMS, title)


def _first(rules: Rules, words: str) -> str | None:
    return next((slug for slug, pattern in rules if pattern.search(words)), None)
