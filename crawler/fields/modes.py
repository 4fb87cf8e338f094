"""Short vocabularies: workplace, employment type, language."""

import re
from functools import cache
from types import MappingProxyType

from crawler.fields.function_words import plain_language
from crawler.fields.language_model import load_model
from crawler.fields.places import workplace_in
from crawler.fields.workplace_words import (
    HYBRID_SAID,
    NOT_REMOTE,
    OF_DAYS,
    OF_HYBRID,
    OF_ONSITE,
    OF_REMOTE,
    ONSITE_SAID,
    REMOTE_SAID,
    SPEAKS_OF_IT,
)
from jobalerts.domain.posting import EmploymentType, Workplace

FIELD_WORKPLACES: MappingProxyType[str, Workplace] = MappingProxyType(
    {
        "remote": "remote", "fully": "remote", "fully remote": "remote", "telecommute": "remote", "virtual": "remote",
        "remote only": "remote", "home office": "remote", "hybrid": "hybrid", "hybrid remote": "hybrid",
        "flexible": "hybrid",
        "onsite": "onsite", "on site": "onsite", "office": "onsite", "in office": "onsite", "in person": "onsite",
    }
)  # fmt: skip
EMPLOYMENT: tuple[tuple[EmploymentType, re.Pattern[str]], ...] = (
    (
        "internship",
        re.compile(
            r"\bintern(?:ship)?s?\b|apprentice|trainee|working student|werkstudent|co op\b|stage\b|praktik", re.I
        ),
    ),
    ("volunteer", re.compile(r"volunteer", re.I)),
    ("per_diem", re.compile(r"per diem|\bprn\b", re.I)),
    ("contract", re.compile(r"contract(?:or)?\b|freelance|\b1099\b|consultant|self employed", re.I)),
    ("temporary", re.compile(r"temp(?:orary)?\b|fixed term|seasonal|interim|befristet", re.I)),
    ("part_time", re.compile(r"part time|parttime|teilzeit", re.I)),
    ("full_time", re.compile(r"full time|fulltime|permanent|vollzeit|full or part time", re.I)),
    ("other", re.compile(r"^other$", re.I)),
)
ENOUGH_LETTERS = 120
ENOUGH_TO_JUDGE = 400
"""Characters that are looked at; more makes it slower, not surer."""
SURE = 0.95


def workplace_from_field(value: object) -> Workplace | None:
    """What a field such as `workplaceType` says ("on-site", "OnSite", "Hybrid - 3 days"); None when unspecified."""
    if not isinstance(value, str) or not value.strip():
        return None
    words = re.sub(r"[\s_-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", value)).strip().lower()
    return FIELD_WORKPLACES.get(words) or workplace_in(words)


def workplace_from_text(text: str) -> Workplace | None:
    """What a description says of the role itself; hybrid beats remote, a denial is no statement."""
    lower = text.lower()
    said = {words for words in SPEAKS_OF_IT if words in lower}
    if not said:
        return None
    pairs = zip(text.split("\n"), lower.split("\n"), strict=True)
    hinting = [line for line, in_lower_case in pairs if any(words in in_lower_case for words in said)]
    lines = "\n".join(line for line in hinting if not NOT_REMOTE.search(line))
    is_of_days = any(words in lower for words in OF_DAYS)
    if (is_of_days or said.intersection(OF_HYBRID)) and HYBRID_SAID.search(lines):
        return "hybrid"
    if said.intersection(OF_REMOTE) and REMOTE_SAID.search(lines):
        return "remote"
    return "onsite" if said.intersection(OF_ONSITE) and ONSITE_SAID.search("\n".join(hinting)) else None


def employment_type(*values: object) -> EmploymentType | None:
    """The first of `values` (a string, or a list of strings) that says it: "FullTime", "Fixed Term", "CONTRACTOR"."""
    for value in values:
        for text in value if isinstance(value, list | tuple) else (value,):
            if isinstance(text, str):
                words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()).strip()
                found = next((kind for kind, pattern in EMPLOYMENT if pattern.search(words)), None)
                if found:
                    return found
    return None


def language_code(value: object) -> str | None:
    """ISO 639-1 of a language field ("en", "en-US", "pt_BR"); None when it holds none."""
    found = re.match(r"\s*([a-zA-Z]{2})(?:[-_]|\s*$)", value) if isinstance(value, str) else None
    return found[1].lower() if found else None


def language_of(text: str) -> str | None:
    """The language `text` is written in; None when it is short or the guess is not sure."""
    if sum(char.isalpha() for char in text[: 4 * ENOUGH_LETTERS]) < ENOUGH_LETTERS:
        return None
    text = text[:ENOUGH_TO_JUDGE]
    return plain_language(text) or _by_model(text)


def _by_model(text: str) -> str | None:
    language, probability = _model().classify(text)
    return str(language) if probability >= SURE and len(language) == 2 else None


_model = cache(load_model)
