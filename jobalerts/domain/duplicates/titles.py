"""What a title says about the position: its levels and its words, without places, marks and numbers of requisitions.

"Software Engineer, Payments - Berlin" and "Software Engineer (Payments), Dublin" have one signature; another level
("II", "Senior"), team ("Search") or segment ("SMB", "Enterprise") makes another.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from jobalerts.domain.duplicates.place_names import (
    AROUND_PLACES,
    LONGEST_NAME,
    MODES,
    ONLY_ALONE,
    PLACES,
    STATE_CODES,
)
from jobalerts.domain.places import country_name
from jobalerts.domain.posting import Location

Name = tuple[str, ...]

_GENDERS = re.compile(
    r"\(?\s*(?<![\w/])[mwfdxhi](?:\s*[/|*.]\s*[mwfdxhi]){1,3}(?![\w/])\.?\s*\)?"
    r"|\(?\b(?:all|any|alle) (?:genders?|geschlechter)\b\)?|(?<=\w)(?:[*:_·]|/-?|\()in(?:nen)?\b\)?"
)
_NAMED_REQUISITION = re.compile(
    r"\b(?:req|requisition|ref|job)\.? ?(?:id|no|nr|number|#)\.?\s*[:#-]?\s*[a-z]*[-_]?\d{3,}"
)
_REQUISITION = re.compile(r"(?:(?:jr|req|ref|id|r|nr|no)[-_#. ]*\d{3,}|#\s*[a-z]*[-_]?\d{3,}|\d{5,})[a-z]?")
"""Alone between two separators: elsewhere a number may tell two positions apart."""
_BRANCH = re.compile(r"\b(?:store|shop|branch|filiale)\s*(?:#|no\.?|nr\.?)?\s*\d+\b.*")
_OFFER = re.compile(
    r"(?:up to )?[$€£]\s?\d[\d.,]*k?(?:\s?[-–]\s?[$€£]?\d[\d.,]*k?)?\+?"
    r"(?:\s?(?:/|per)\s?(?:hr|hour|h|yr|year|annum)\b)?"
    r"|\b(?:with )?(?:sign[- ]?on|signing|hiring|retention) bonus\b|\b(?:\d{2,3}\s?%?\s?[-–]\s?)?100\s?%"
    r"|\b(?:urgent(?:ly)?(?: hiring| required)?|hiring now|now hiring|we are hiring|immediate (?:start|joiners?))\b!*"
)
"""What is paid, how much of a week and how soon: said of the offer, not of the position."""
_SEPARATOR = re.compile(r"\s[-‐-―/@]+\s|[-–—]\s|\s[-–—]|[()\[\]{}|,;:•·–—]")
_WORD = re.compile(r"(?:[^\W_]|(?<=\w)['’](?=\w)|[+#])+")
_JOINED = re.compile(r"\b(front|back|full|on|home)[\s-](end|stack|site|office)\b")
_EMPLOYER = re.compile(r"\s(?:at|@|bei|chez)\s")

LEVELS = frozenset(
    {
        *("intern", "trainee", "apprentice", "student", "graduate", "entry", "junior", "mid", "senior", "staff"),
        *("principal", "lead", "associate", "assistant", "distinguished", "fellow", "head", "director", "vp", "chief"),
        *("executive", "deputy", "expert"),
    }
)
_SAME = {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "internship": "intern", "interns": "intern",
    "grad": "graduate", "graduates": "graduate", "swe": "software engineer", "mgr": "manager", "svp": "senior vp",
    "evp": "executive vp", "avp": "associate vp", "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6",
    "&": "and", "midlevel": "mid", "engineers": "engineer", "developers": "developer",
}  # fmt: skip
_USUAL = (["full", "time"], ["vollzeit"], ["fulltime"], ["permanent"], ["unbefristet"], ["cdi"])
_PHRASES = (("vice president", "vp"), ("mid level", "mid"), ("entry level", "entry"), ("new graduate", "graduate"))
_LEVEL_NUMBER = re.compile(r"(?:l|ic|level|tier|grade)?([1-9])")
_SMALL = frozenset({"a", "an", "and", "of", "the", "for", "to", "level", "tier", "grade", "und", "et"})


def title_signature(title: str, locations: Sequence[Location], company: str) -> str:
    """Return what two titles of one position share: sorted levels, a bar, then the other words in their order."""
    own = own_places(locations)
    words: list[str] = []
    after_place = False
    for part in _parts(title, company):
        after_place = _is_place(part, own) or (after_place and len(part) == 1 and part[0] in STATE_CODES)
        if not after_place:
            words += _without_place_at_end(part, own)
    if not words:
        return " ".join(words_of(title))
    levels, others = _levels(words)
    return f"{' '.join(sorted(levels))}|{' '.join(others)}"


def own_places(locations: Iterable[Location]) -> frozenset[Name]:
    """The names of a posting's own places, as words: cities, regions, countries, and what stands between commas."""
    return frozenset().union(*(_place_names(place) for place in locations))


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=2**12)
def _place_names(place: Location) -> frozenset[Name]:
    texts = [place.city, place.region, country_name(place.country) if place.country else None]
    texts += re.split(r"[,;/|()–—]|\s-\s", place.text)
    names = (tuple(words_of(text)) for text in texts if text)
    return frozenset(name for name in names if name and any(len(word) > 2 for word in name) and name[0] not in MODES)


def _parts(title: str, company: str) -> Iterator[list[str]]:
    """The words between separators; requisition numbers, marks of gender and the employer's name are left out."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    for pattern in (_GENDERS, _BRANCH, _NAMED_REQUISITION, _OFFER):
        plain = pattern.sub(" ", plain)
    employer = words_of(company)
    for part in _SEPARATOR.split(_JOINED.sub(r"\1\2", plain.replace("&", " and "))):
        if _REQUISITION.fullmatch(part.strip()):
            continue
        role, *at = _EMPLOYER.split(part)
        words = words_of(role if at and words_of(at[-1]) == employer else part)
        if words and words != employer:
            yield words


def _is_place(words: list[str], own: frozenset[Name]) -> bool:
    """Nothing but places and words around them: "Berlin or Munich", "Remote, US", "Greater London area"."""
    if len(words) == 1 and words[0] in ONLY_ALONE:
        return True
    known = words[0] in MODES or words[-1] in MODES or words in _USUAL
    known = known or (words[-1] in ("location", "locations") and len(words) < 4)
    rest, at = [], 0
    while at < len(words):
        length = _place_at(words, at, own)
        if length:
            known = True
        elif not (words[at] in AROUND_PLACES or (known and words[at] in STATE_CODES)):
            rest.append(words[at])
        at += length or 1
    return known and not rest


def _place_at(words: list[str], at: int, own: frozenset[Name]) -> int:
    """How many words from there name a place."""
    for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        name = tuple(words[at : at + length])
        if name in PLACES or name in own:
            return length
    return 0


def _without_place_at_end(words: list[str], own: frozenset[Name]) -> list[str]:
    """Take "in Berlin", the posting's own city and "remote" from the end, "remote" from the beginning."""
    while len(words) > 1 and words[-1] == "remote":
        words = words[:-1]
    while len(words) > 1 and words[0] == "remote":
        words = words[1:]
    for length in range(min(LONGEST_NAME, len(words) - 1), 0, -1):
        name, before = tuple(words[-length:]), words[-length - 1]
        if name in own or (name in PLACES and before in ("in", "based")):
            return words[:-length] if before not in ("in", "based") else words[: -length - 1] or words
    return words


def _levels(words: list[str]) -> tuple[set[str], list[str]]:
    text = " ".join(_SAME.get(word, word) for word in words)
    for phrase, word in _PHRASES:
        text = re.sub(rf"\b{phrase}\b", word, text)
    levels: set[str] = set()
    others = []
    for word in text.split():
        number = _LEVEL_NUMBER.fullmatch(word)
        if number or word in LEVELS:
            levels.add(number[1] if number else word)
        elif word not in _SMALL:
            others.append(word)
    return levels, others
