"""Seniority, from the title's level words; from the text only where it says so plainly."""

import re
from typing import cast

from jobalerts.domain.classify.seniority_words import LEVELS, NOT_LEADERS, ROLE_NOUN, TRAPS
from jobalerts.domain.classify.title_text import clean_title, unaccented
from jobalerts.domain.posting import Seniority

_LONGEST_TITLE = 200
_TRAP = re.compile(rf"(?<!\w)(?:{unaccented('|'.join(TRAPS))})(?!\w)")
_SERVES = re.compile(
    r"\b(?:assistant|secretary|support|advis[eo]r|aide|partner|office|reporting|pa|ea),? (?:to|of"
    r"|for) (?:the |our )?.*$"
)
_LEVELS: tuple[tuple[Seniority, re.Pattern[str]], ...] = tuple(
    (cast(Seniority, level), re.compile(rf"(?<!\w)(?:{unaccented('|'.join(patterns))})(?!\w)"))
    for level, patterns in LEVELS
)
_RANK: dict[Seniority, int] = {"intern": 0, "junior": 1, "mid": 2, "senior": 3, "staff": 4}
_MANAGER = re.compile(
    r"(?P<before>(?:[\w&/~-]+ ){0,3})manager\b(?! (?:in training|trainee))"
    r"|^(?P<field>[\w&/ ~-]*?)\bmanagement(?=$|,| - )"
)
_NOT_LEADER = re.compile(rf"(?:^|\s|/|-){NOT_LEADERS}\s$")
_SOMEBODY = re.compile(rf"\b{ROLE_NOUN}\b")
_ALSO_LEADER = re.compile(r"\b(?:software|data (?:science|engineering)|engineering|general)\b")
_ENDS_IN_STAFF = re.compile(r"management, (?:senior )?(?:principal|staff|fellow)\b")
_NUMERAL = re.compile(rf"\b{ROLE_NOUN},? (?:level |grade |l)?(?P<numeral>i{{1,3}}|iv|v|vi|[1-6])(?=$|[\s,)(/|:-])")
_GRADES: dict[str, Seniority] = {
    "i": "junior", "1": "junior", "ii": "mid", "2": "mid", "iii": "senior", "3": "senior", "iv": "staff", "4": "staff",
    "v": "staff", "5": "staff", "vi": "staff", "6": "staff",
}  # fmt: skip
_EITHER = re.compile(
    r"\b(?P<low>junior|mid(?:[\s-]?level)?|senior|staff)\s?(?:/|-|to|or|&|and|a|o|y|e|ou|bis|oder)\s?(?:mid|senior"
    r"|staff|principal|lead|confirme|pleno)\b"
)
_PLAIN: tuple[tuple[Seniority, re.Pattern[str]], ...] = (
    ("junior", re.compile(
        r"\bentry[\s-]level (?:role|position|opportunity|job|opening)\b|\bjunior[\s-]level (?:role"
        r"|position)\b|\bthis is an? junior\b"
    )),
    ("mid", re.compile(r"\b(?:this is|is) an? mid[\s-]level (?:role|position|opportunity)\b")),
    ("senior", re.compile(
        r"\bthis is an? senior(?:[\s-]level)? (?:individual contributor |ic )?(?:role|position)\b"
    )),
    ("intern", re.compile(r"\bthis is an? (?:paid |unpaid )?internship\b")),
)  # fmt: skip


def seniority_of(title: str, text: str) -> Seniority | None:
    """Return the level the title names, else the one the text states of the role; None when neither does."""
    named = _of_title(clean_title(title[:_LONGEST_TITLE]))
    return named or _of_text(text.lower())


def _of_title(title: str) -> Seniority | None:
    words = _TRAP.sub(" ~ ", _SERVES.sub(" ~ ", title))
    choice = _EITHER.search(words)
    found = next((level for level, pattern in _LEVELS if pattern.search(words)), None)
    if found in ("intern", "executive", "director"):
        return found
    if found == "manager" or (_leads_people(words) and not (found == "staff" and _ENDS_IN_STAFF.search(words))):
        return "manager" if found != "junior" else found
    if choice:
        return cast(Seniority, choice["low"].split()[0].split("-")[0].removesuffix("level"))
    if found:
        return found
    numeral = _NUMERAL.search(words)
    return _GRADES[numeral["numeral"]] if numeral else None


def _leads_people(words: str) -> bool:
    for match in _MANAGER.finditer(words):
        before = match["before"] or ""
        if "~" in before or _SOMEBODY.search(match["field"] or ""):
            continue
        if not _NOT_LEADER.search(before) or (
            _ALSO_LEADER.search(before) and not re.search(r"\b(?:program|project)", before)
        ):
            return True
    return False


def _of_text(text: str) -> Seniority | None:
    if "level" not in text and "this is a" not in text:  # no pattern matches without one of them
        return None
    return next((level for level, pattern in _PLAIN if pattern.search(text)), None)
