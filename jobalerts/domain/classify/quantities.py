"""Spans of years or months named in a text: "3-5 years", "five (5) yrs", "3年以上", "mindestens drei Jahre"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from jobalerts.domain.classify.number_words import ARTICLES, GLUED, NUMBER, value_of
from jobalerts.domain.classify.plain_text import PlainText

# Where a unit may stand: a plain search for these is far cheaper than trying a number at every character.
_HINTS = (
    "year", "yr", "yoe", "y+", "jahr", "jähr", " ans", "un an", "1 an", " an(s)", "anné", "año", " anos",
    "1 ano", "um ano", ") ano", ") an ", " anno", " anni", " jaar",
    " lat", " let", " лет", " год", " år", "年", "년", "month", "monat", " mois", " meses", " mesi", " maanden",
    "개월", "月", "decade",
)  # fmt: skip
_REACH_BACK, _REACH_ON = 90, 40
_UNITS = (
    r"(?P<years>years?(?:\(s\))?(?:(?![a-z])|(?=of\s|experience|relevant|professional))|yrs?(?![a-z])|yoe\b"
    r"|y(?=\s?\+)|jähr\w{0,6}|jahre?n?s?\b|ans\b|an\(s\)|(?:(?<=un )|(?<=1 )|(?<=\) ))an\b|années?\b"
    r"|años?\b|anos?\b|ann[io]\b|jaar\b|jaren\b|lata?\b|letni\w*|лет\b|года?\b|års?\b|年|년)"
    r"|(?P<months>months?(?:\(s\))?(?![a-z])|mos\b|monate?n?\b|mois\b|meses\b|mesi\b|maanden\b|개월|[ヶか个]月)"
)
_PLUS = r"(?:\s?\(?\+\)?|[\s-]plus(?![a-z]))"
_TO = (
    r"(?:[^\S\n]?-{1,3}\s?|\s?/\s?|[\s-]{1,2}(?:to|or|bis|oder|à|ou|o|y|e|et|und|en|a|and|tot|till|until|through"
    r"|do)[\s-]{1,2})"
)
_ECHO = rf"(?:\s{{0,2}}[(\[]\s?{NUMBER}\s?\+?\s?[)\]])?"
_QUANTITY = re.compile(
    rf"(?P<low>{NUMBER}|{GLUED}){_ECHO}(?P<plus>(?:{_PLUS}){{1,2}})?"
    rf"(?:(?:\s?(?P<unit>years?|yrs?|months?)(?![a-z]))?(?P<to>{_TO})(?P<high>{NUMBER}){_ECHO}(?P<plus2>{_PLUS})?)?"
    r"(?P<more>\s?(?:or|and|oder|ou|o|und)\s(?:more|greater|above|mehr|plus|más|mais))?"
    r"(?:-?ish)?\s{0,2}[)\]]?[\s-]{0,3}"
    r"(?:(?:full|solid|complete|consecutive|continuous|calendar|good|total|cumulative|progressive|recent"
    r"|volle|vollen)"
    rf"\s)?(?:{_UNITS})"
)
_LABELLED = re.compile(
    r"\b(?:years?|yrs?)'?(?: of)?(?: \w+)? exp\w*(?: (?:required|needed|range|level))*\s?[:=-]\s?"
    rf"(?P<low>{NUMBER})(?P<plus>\s?\+)?(?:\s?(?:-|to)\s?(?P<high>{NUMBER})(?P<plus2>\s?\+)?)?(?!\s?(?:\d"
    rf"|years?|yrs?|months?|%|(?:-|to)\s?\d))"
)
_DECADE = re.compile(r"\b(?P<low>a|one|two) decades?(?: or more)?\b")
# "half a year", "one and a half years", "a year and a half", "anderthalb Jahre", "año y medio".
_HALF_HINTS = ("half", "halb", "medio", "meio", "demi")
_HALVES = re.compile(
    rf"\b(?:(?P<zero>(?:half (?:an? )?|half-|halbe[sn]? |halb(?=jähr)|medio |meio )(?:year|jahr|jähr\w*|año|ano)s?)"
    rf"|(?P<before>{NUMBER})(?: and (?:an? )?| und ein(?:e|en)? )(?:half|halbe?s?n?) (?:years?|yrs?|jahren?)"
    rf"|(?P<after>{NUMBER})[\s-](?:years?|an|año|ano) (?:and a half|et demie?|y medio|e meio)"
    r"|(?P<words>anderthalb|eineinhalb|zweieinhalb)[\s-]?(?:jahren?|jährige\w?))\b"
)
_AT_MOST = re.compile(
    r"(?:\b(?:up ?to|maximum(?: experience)?(?: of|:)?|max\.?|no more than|not more than|at most"
    r"|(?<!no )(?<!not )(?:less|fewer) than|under|bis zu"
    r"|(?<!pas )(?<!au )(?<!al )(?<!lo )(?<!no )(?<!não )(?<!pelo )(?:moins|menos) de|(?<!nicht )weniger als"
    r"|jusqu'à|hasta|até|maximal|maximum:)|[<≤])\s?$"
)
_OR_LESS = re.compile(r"\s?(?:or|and) (?:less|fewer|under|below)\b|\smax(?:imum)?\b")
_OPEN = re.compile(
    r"'?\s?\+|\s(?:or|and) (?:more|above|over|up|greater|beyond)\b|\splus\b(?! (?:an?|some)\b)|\s?(?:以上|이상)"
    r"|,? (?:or|and) more\b"
)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra|fra|tussen|mellan)\s(?:\w+\s)?$")
_AND = frozenset(("and", "y", "e", "et", "und", "en"))
_OR = frozenset(("or", "oder", "ou", "o"))
_LONGEST = 50.0
_MOST = 300  # real postings name fewer than forty; the rest of a longer list is not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A span of time in years at text[start:end]; `high` None: no bound stated; `vague`: months, or "a year"."""

    start: int
    end: int
    low: float
    high: float | None
    vague: bool = False


def quantities(text: PlainText) -> list[Quantity]:
    """Return the spans of at most fifty years, in order."""
    found: list[Quantity] = []
    for start, end in _windows(text.lower):
        found.extend(_in_window(text, start, end))
        if len(found) > _MOST:
            break
    if any(hint in text.lower for hint in _HALF_HINTS):
        found = _with_halves(text.lower, found)
    return sorted(found, key=lambda quantity: quantity.start)


def _in_window(text: PlainText, start: int, end: int) -> Iterator[Quantity]:
    for match in islice(_QUANTITY.finditer(text.lower, start, end), _MOST):
        quantity = None if _is_end_of_a_word(text, match.start()) else _read(text.lower, match)
        if quantity:
            yield quantity
    for match in _DECADE.finditer(text.lower, start, end):
        low = 10 * value_of(match["low"])
        yield Quantity(start=match.start(), end=match.end(), low=low, high=None, vague=True)
    for match in _LABELLED.finditer(text.lower, start, end):
        high = value_of(match["high"]) if match["high"] and not match["plus2"] else None
        yield Quantity(start=match.start("low"), end=match.end(), low=value_of(match["low"]), high=high)


def _with_halves(lower: str, found: list[Quantity]) -> list[Quantity]:
    """Read "one and a half years" as one span instead of its parts."""
    halves = [_half(match) for start, end in _windows(lower) for match in _HALVES.finditer(lower, start, end)]
    others = [part for part in found if not any(half.start < part.end and part.start < half.end for half in halves)]
    return others + halves


def _half(match: re.Match[str]) -> Quantity:
    whole = 2.0 if (match["words"] or "").startswith("zwei") else 1.0 if match["words"] else 0.0
    number = match["before"] or match["after"]
    low = (value_of(number) if number else whole) + 0.5
    return Quantity(start=match.start(), end=match.end(), low=low, high=None, vague=True)


def _is_end_of_a_word(text: PlainText, start: int) -> bool:
    """ "someone years into": a number word glued to the word before counts with a capital only."""
    glued = start > 0 and text.lower[start].isalpha() and text.lower[start - 1].isalpha()
    return glued and not text.cased[start].isupper()


def _windows(lower: str) -> Iterator[tuple[int, int]]:
    places = sorted(place for hint in _HINTS for place in _places(lower, hint))
    start = end = -1
    for place in places:
        if place - _REACH_BACK > end:
            if end >= 0:
                yield start, end
            start = max(0, place - _REACH_BACK)
        end = min(len(lower), place + _REACH_ON)
    if end >= 0:
        yield start, end


def _places(lower: str, hint: str) -> Iterator[int]:
    place = lower.find(hint)
    while place >= 0:
        yield place
        place = lower.find(hint, place + len(hint))


def _read(lower: str, match: re.Match[str]) -> Quantity | None:
    is_range = bool(match["high"]) and _is_range(lower, match)
    first = "high" if match["high"] and not is_range else "low"
    scale = 12.0 if match["months"] else 1.0
    low = value_of(match[first]) / (_scale(match, scale) if is_range else scale)
    high = value_of(match["high"]) / scale if is_range else None
    opened, less = _OPEN.match(lower, match.end()), _OR_LESS.match(lower, match.end())
    if match["plus2"] or match["more"] or opened:
        high = None
    elif not is_range and not match["plus"] and (less or _is_at_most(lower, match.start(first))):
        low, high = 0.0, low
    if max(low, high or 0.0) > _LONGEST:
        return None
    return Quantity(
        start=match.start(first),
        end=(opened or less or match).end(),
        low=round(low, 2),
        high=None if high is None else round(high, 2),
        vague=bool(match["months"]) or match[first] in ARTICLES,
    )


def _scale(match: re.Match[str], last: float) -> float:
    """What the first number of a range is divided by: its own unit's twelfths, else those of the second."""
    unit = match["unit"] or ""
    return 12.0 if unit.startswith("month") else 1.0 if unit else last


def _is_range(lower: str, match: re.Match[str]) -> bool:
    """ "3 to 5", "between 3 and 5" and "two or three", but not "top 10 and 5 years" or "3 or 8 years"."""
    low, high = value_of(match["low"]), value_of(match["high"])
    if match["unit"]:
        low, high = low / _scale(match, 1.0), high / (12.0 if match["months"] else 1.0)
    joint = match["to"].strip(" -")
    if joint in _AND:
        return low < high and _BETWEEN.search(lower, max(0, match.start() - 24), match.start()) is not None
    if joint in _OR:
        return low < high <= low + 2
    return low <= high


def _is_at_most(lower: str, start: int) -> bool:
    return _AT_MOST.search(lower, max(0, start - 20), start) is not None
