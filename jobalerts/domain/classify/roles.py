"""Job types of a posting: ordered rules over its title, its text only where the title says nothing."""

import re

from jobalerts.domain.classify.role_fallbacks import CUES, FALLBACKS, RANKS
from jobalerts.domain.classify.role_rules_business import BUSINESS, PRODUCT_AND_PROGRAM
from jobalerts.domain.classify.role_rules_east_asia import TRADES_IN_EAST_ASIA
from jobalerts.domain.classify.role_rules_leading import (
    ENGINEERING_LEADERS,
    ENGINEERS_OF_THINGS,
    EXCEPTIONS,
    LED_TEAMS,
    SPECIALITIES,
)
from jobalerts.domain.classify.role_rules_occupations import OCCUPATIONS_IN_OTHER_LANGUAGES
from jobalerts.domain.classify.role_rules_other_languages import RANKS_IN_OTHER_LANGUAGES, TRADES_IN_OTHER_LANGUAGES
from jobalerts.domain.classify.role_rules_people_facing import CARE_AND_TEACHING, CREATIVE_AND_TRADES, CUSTOMERS
from jobalerts.domain.classify.role_rules_special import SPECIAL
from jobalerts.domain.classify.role_rules_systems import SYSTEMS_AND_SCIENCE
from jobalerts.domain.classify.role_rules_technical import SOFTWARE
from jobalerts.domain.classify.title_text import clean_title, unaccented

Rules = tuple[tuple[str, re.Pattern[str]], ...]

_LONGEST_TITLE = 200


def _compiled(*tables: tuple[tuple[str, str], ...]) -> Rules:
    gap = r"(?: [\\w&/,-]+){0,4} "
    return tuple(
        (slug, re.compile(rf"(?<![a-z0-9])(?:{re.sub(' [.]{3} ', gap, unaccented(pattern))})s?(?![a-z0-9])"))
        for table in tables
        for slug, pattern in table
    )


_RULES = _compiled(
    SPECIAL,
    OCCUPATIONS_IN_OTHER_LANGUAGES,
    TRADES_IN_OTHER_LANGUAGES,
    EXCEPTIONS,
    ENGINEERING_LEADERS,
    PRODUCT_AND_PROGRAM,
    SOFTWARE,
    SYSTEMS_AND_SCIENCE,
    CARE_AND_TEACHING,
    BUSINESS,
    CUSTOMERS,
    CREATIVE_AND_TRADES,
)
_FALLBACKS = _compiled(TRADES_IN_EAST_ASIA, RANKS_IN_OTHER_LANGUAGES, FALLBACKS)
_RANKS = _compiled(RANKS)
_CUES = _compiled(CUES)
_SPECIALITIES = _compiled(SPECIALITIES)
_ENGINEERS_OF_THINGS = _compiled(ENGINEERS_OF_THINGS)
_LED_TEAMS = _compiled(LED_TEAMS)
_ENGINEER = re.compile(r"engineer|ingeni|engenheir|ingénieur|ingegner|architect")
_ENGINEERS = frozenset(("software_engineer", "hardware_engineer", "it_support"))
_TECHNICAL = frozenset(slug for table in (SOFTWARE, SYSTEMS_AND_SCIENCE) for slug, _ in table) - {
    "communications",
    "designer",
}
_ANY_ENGINEER = re.compile(
    r"(?:member of technical staff|^(?:(?:senior|staff|principal|lead|junior|associate|chief|distinguished) )*engineer"
    r"(?: (?:i{1,3}|iv|v|[1-5]))?)$"
)
_READ_TEXT = 4000
_CLEAR = 3  # mentions
_SPECIAL_ENOUGH = re.compile(r"backend|fullstack|platform|product|game|api|tools|compiler|kernel|graphics|simulation")
_HEAD_END = re.compile(
    r",| - | \| | @ |\(|: | / | to (?=the |our |c[a-z]o\b|vp|president|director|head|chief|executive)| at (?=[a-z])|;"
)


def job_types_of(title: str, text: str) -> tuple[str, ...]:
    """Return one or two slugs, the primary first; ("other",) when nothing fits."""
    cleaned = clean_title(title[:_LONGEST_TITLE])
    primary = _from_title(cleaned) or _from_text(cleaned, text) or _first(_RANKS, cleaned) or "other"
    secondary = _second(cleaned, primary)
    return (primary, secondary) if secondary else (primary,)


def _from_title(title: str) -> str | None:
    """The words before the first comma or dash name the role; those after them only say more about it."""
    head = _HEAD_END.split(title, maxsplit=1)[0].strip()
    slug = _first(_RULES, head)
    if _ANY_ENGINEER.search(head):
        return _engineer_of(title[len(head) :]) or slug
    if slug == "software_engineer" and head != title and not _SPECIAL_ENOUGH.search(head):
        return _first(_SPECIALITIES, title[len(head) :]) or slug
    return slug or _first(_RULES, title) or _first(_FALLBACKS, title)


def _engineer_of(words: str) -> str | None:
    """ "Member of Technical Staff" and "Senior Engineer" are any engineer; what follows may say which."""
    slugs = (_first(rules, words) for rules in (_RULES, _FALLBACKS, _SPECIALITIES, _ENGINEERS_OF_THINGS))
    return next((slug for slug in slugs if slug in _TECHNICAL), None)


def _from_text(title: str, text: str) -> str | None:
    """The field the text speaks of most, when it is clear enough; engineers stay engineers."""
    words = text[:_READ_TEXT].lower()
    is_engineer = _ENGINEER.search(title) is not None
    counts = sorted(
        ((len(pattern.findall(words)), slug) for slug, pattern in _CUES if not is_engineer or slug in _ENGINEERS),
        reverse=True,
    )
    (most, slug), (next_most, _) = counts[:2]
    return slug if most >= _CLEAR and most > next_most else None


def _second(title: str, primary: str) -> str | None:
    if primary != "engineering_manager":
        return None
    return _first(_LED_TEAMS, title)


def _first(rules: Rules, words: str) -> str | None:
    return next((slug for slug, pattern in rules if pattern.search(words)), None)
