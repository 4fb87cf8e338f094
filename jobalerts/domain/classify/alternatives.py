"""What several stated spans ask for together: all of them, the smallest of several ways, or the lowest level."""

import re

from jobalerts.domain.classify.degree_words import DEGREE
from jobalerts.domain.classify.level_headings import by_level
from jobalerts.domain.classify.mentions import Mention
from jobalerts.domain.classify.plain_text import PlainText
from jobalerts.domain.classify.quantities import Quantity

_WISHED_DEGREE = re.compile(r"[^,;.]{0,40}\b(?:preferred|a plus|desired|desirable|is an asset|nice to have)\b")
_OR = (
    r"(?:\bor(?:\b|(?=master|bachelor|ph\.?d|doctora|associate))|\band/or\b|\boder\b|\bou\b|\balternatively\b"
    r"|\bin the alternative\b|\botherwise\b|(?<=\s)o\b)"
)
_FILLER = (
    r"(?:\s|,|\(|\)|:|-|\+|\b(?:at least|least|an?|the|minimum|min|of|with|without|over|more than|have|having"
    r"|has|alternatively|you|who|possess|additional|equivalent|else|must|only|about|total|mit|mindestens|avec"
    r"|con"
    r"|candidates?|for|those|relevant)\b)*"
)
_OR_RIGHT_BEFORE = re.compile(rf"(?:{_OR}|[/|]){_FILLER}$")
_OR_DEGREE_BEFORE = re.compile(rf"{_OR}(?P<words>[^;.]{{0,140}})$")
_OPENS_WITH_OR = re.compile(rf"[\s\W]*{_OR}")
_ONLY_OR = re.compile(rf"[\s\W]*{_OR}?[\s\W]*$")
_ENDS_WITH_OR = re.compile(rf"{_OR}[\s\W]*$")
_ONE_OF = re.compile(r"\b(?:one|any|either) of (?:the following|these)(?: \w+){0,4}\s?:")
_LIST_ENDS = re.compile(r"\n\s*\n|:\s*\n|[a-z]\.\s*\n?\s*[a-z]")
_LEVEL = re.compile(
    r"(?:\b(?:level|grade|tier|band|step)\s?(?:[ivx]{1,4}|\d)\b|\b(?:l|p|e|ic)\d\b|\b(?:junior|jr|mid"
    r"|mid[\s-]level|intermediate|senior|sr|staff|principal|lead|entry|entry[\s-]level|associate|expert"
    r"|experienced)"
    r"(?:[\s-]level)?\b|\b(?:engineer|developer|analyst|scientist|specialist|technician|manager|consultant"
    r"|designer|accountant|associate|coordinator|representative|nurse|planner)"
    r" (?:[ivx]{1,4}|\d)\b|\b(?:ii|iii|iv)\b)(?P<between>[^.;\n]{0,24})$"
)

_OPEN_BRACKET = re.compile(r"\((?P<words>[^)]*)$")
_PART_OF = re.compile(r"\bof (?:which|those|these|them|that)\b|\bincluding\b|\binclusive\b")
_OWN_DEGREE = re.compile(r"(?: of \w+)?(?: \w+)? (?:with|w/|if) (?:an? |the )?(?=\w)")
_WITH_A_DEGREE_IN = re.compile(r"\W{0,6}(?:with|for|(?:candidates|applicants|those) with) an? (?:\w+ )?degree in\b")
_AND = re.compile(r"\b(?:and|plus|including|of which)\b")
_LEVEL_LABEL = re.compile(
    r"\W*(?:[a-z]+ ){0,3}"
    r"(?:(?:level|grade|tier|band|[ivx]{1,4}|\d)\s?(?:[ivx]{1,4}|\d)?|(?:[ivx]{1,4}|\d) (?:level|grade))\s?[:(-]"
)


def asked_for(text: PlainText, mentions: list[Mention]) -> Mention | None:
    """Return the span that decides, its quantity being what must be met; None when nothing is required."""
    required = [mention for mention in mentions if mention.role == "required"]
    shared, levels = by_level(text, required or [mention for mention in mentions if mention.role == "either"])
    lowest = min((deciding for level in levels if (deciding := _deciding(text, level))), key=_low, default=None)
    deciding = _deciding(text, shared)
    return max((mention for mention in (deciding, lowest) if mention), key=_low, default=None)


def _deciding(text: PlainText, mentions: list[Mention]) -> Mention | None:
    groups = _groups(text, mentions)
    if not groups:
        return None
    smallest = [min((max(branch, key=_low) for branch in group), key=_low) for group in groups]
    return max(smallest, key=_low)


def _low(mention: Mention) -> float:
    return mention.quantity.low


def _groups(text: PlainText, mentions: list[Mention]) -> list[list[list[Mention]]]:
    """Requirements that must all hold, each a list of alternatives, each a list of spans that hold together."""
    groups: list[list[list[Mention]]] = []
    previous: Mention | None = None
    for mention in mentions:
        join = _join(text, previous, mention) if previous else "new"
        if join == "new":
            groups.append([[mention]])
        elif join == "or":
            groups[-1].append([mention])
        else:
            groups[-1][-1].append(mention)
        previous = mention
    return groups


def _join(text: PlainText, first: Mention, second: Mention) -> str:
    gap = text.lower[first.quantity.end : second.quantity.start]
    if second.item_start <= first.quantity.start:  # one sentence, even where it is longer than what is read of it
        before = text.lower[second.item_start : first.quantity.start]
        after = text.lower[second.quantity.end : second.item_end]
        return "or" if _is_alternative(before, gap, after) else "and"
    if len(gap) > 400:
        return "new"
    if _are_in_a_choice(text, first, second):
        return "or"
    if all(_WITH_A_DEGREE_IN.match(text.lower, mention.item_start) for mention in (first, second)):
        return "or"
    if _is_level_row(text, first, second) or _are_degree_rows(text, first, second) or _or_between(text, first, second):
        return "or"
    return "new"


def _are_in_a_choice(text: PlainText, first: Mention, second: Mention) -> bool:
    """Rows under "one of the following:", with no other heading or empty line between."""
    openings = list(_ONE_OF.finditer(text.lower, max(0, first.item_start - 400), first.item_start))
    return bool(openings) and not _LIST_ENDS.search(text.lower, openings[-1].end(), second.item_start)


def _is_alternative(before: str, gap: str, after: str) -> bool:
    if _ONE_OF.search(before):
        return True
    if _is_degree_in_brackets(gap, after):
        return True
    if _OR_RIGHT_BEFORE.search(gap) and not re.search(r"\bone or$", gap):
        return True
    worded = _OR_DEGREE_BEFORE.search(gap)
    if worded and _levels(worded["words"]) and not re.search(r"\b(?:required|preferred)\b", worded["words"]):
        return True
    if _LEVEL.search(before) and _LEVEL.search(gap):
        return True
    if _PART_OF.search(gap):
        return False
    around = _levels(before) | _levels(after)
    return bool((_levels(gap) or _OWN_DEGREE.match(after)) and around - _levels(gap) and _is_row(before, gap, after))


def _is_degree_in_brackets(gap: str, after: str) -> bool:
    """ "10 years (6 with a Master's)", "10 years (Master's with 6 years)": inside the brackets stands another way."""
    opened = _OPEN_BRACKET.search(gap)
    if not opened or _PART_OF.search(gap):
        return False
    return bool(_levels(opened["words"]) or _levels(after.partition(")")[0]))


def _is_row(before: str, gap: str, after: str) -> bool:
    """Degree and span by turns ("BS and 5 years, MS and 3"), not one degree with two spans."""
    if _levels(before) and _OWN_DEGREE.match(after) and not _AND.search(gap):  # "BS and 5 years; 3 years with an MS"
        return bool(_levels(after[:60]) - _levels(before))
    return bool(
        (_levels(before) and _levels(gap))
        or (_levels(gap) and re.match(r"[^,;.]{0,30}\b(?:with|w/|and|plus|if|for|\()", after) and _levels(after))
    )


def _levels(words: str) -> set[str]:
    found = set()
    for match in DEGREE.finditer(words):
        if not _WISHED_DEGREE.match(words, match.end()) and match.lastgroup:
            found.add(match.lastgroup)
    return found - {"some"} if len(found) > 1 else found


def level_rows(text: PlainText, mentions: list[Mention]) -> set[int]:
    """Where rows of levels begin ("Level 2: 2 years") when one of them speaks of experience."""
    rows = [mention for mention in mentions if _LEVEL_LABEL.match(text.lower, mention.item_start)]
    return {mention.item_start for mention in rows} if any(mention.sure for mention in rows) else set()


def _is_level_row(text: PlainText, first: Mention, second: Mention) -> bool:
    return all(
        _LEVEL.search(before) or _LEVEL_LABEL.match(before)
        for before in (text.lower[mention.item_start : mention.quantity.start] for mention in (first, second))
    )


def _are_degree_rows(text: PlainText, first: Mention, second: Mention) -> bool:
    """ "Bachelor's and 5 years" and, in the next sentence, "Master's and 3 years"."""
    one, two = (_levels(text.lower[mention.item_start : mention.item_end]) for mention in (first, second))
    near = second.item_start - first.item_end < 40
    opens = DEGREE.match(text.lower[second.item_start : second.item_end].lstrip(" -*•a\"'")) is not None
    short = text.lower.count("\n", first.item_end, second.item_start) <= 2
    return bool(
        near
        and short
        and one
        and two
        and one != two
        and not (two - one) <= set()
        and (opens or _ends_with_degree(text, second))
    )


def _ends_with_degree(text: PlainText, mention: Mention) -> bool:
    tail = text.lower[mention.quantity.end : mention.item_end]
    return re.search(r"\b(?:with|w/|and|plus|if|for)\b", tail) is not None and bool(_levels(tail))


def _or_between(text: PlainText, first: Mention, second: Mention) -> bool:
    between = text.lower[first.item_end : second.item_start]
    opening = text.lower[second.item_start : second.quantity.start]
    closing = text.lower[first.quantity.end : first.item_end]
    if len(between) > 60 or not _ONLY_OR.match(between):
        return False
    return bool(re.search(_OR, between) or _OPENS_WITH_OR.match(opening) or _ENDS_WITH_OR.search(closing))


def bare_branches(text: PlainText, mention: Mention) -> list[Quantity]:
    """Numbers beside a span that leave the unit out: "(or 2+ with a Master's)", "PhD with 2 or Master's with 5"."""
    item = text.lower[mention.item_start : mention.item_end]
    if not DEGREE.search(item):
        return []
    found = []
    for match in _BARE.finditer(item):
        start = mention.item_start + match.start("number")
        if not mention.quantity.start <= start < mention.quantity.end:
            found.append(_bare(match, mention.item_start))
    found.extend(_none(match, mention.item_start) for match in _DEGREE_ALONE.finditer(item))
    return found


_BARE = re.compile(
    r"(?:(?:degree|master'?s?|bachelor'?s?|ph\.?d\.?|\bbs|\bms|\bba|\bma|\bmba)\)?(?: degree)?\s?(?:with|and"
    r"|\+|plus|&|w/|,|:|-)\s?(?:at least |a minimum of |minimum |min )?|\bor |\((?=\d{1,2}\+? (?:with|w/|if|for)\b))"
    r"(?P<number>\d{1,2})(?P<plus>\+)?(?=\s?(?:$|[,;)(.]|\bor\b|\bwith\b|\bwithout\b|w/|\bif\b|\bfor\b"
    r"|\band (?:an?|bachelor|master)))"
)

# "or a PhD without experience": a way that asks for no years.
_DEGREE_ALONE = re.compile(
    r"\bor (?:an? |the )?(?:ph\.?d\.?|doctora\w+|master'?s?|m\.?s\.?|(?:advanced|graduate)(?= degree))(?: degree)?,? "
    r"(?:(?:with|and) no|without(?: any)?) "
    r"(?P<none>(?:(?:prior|relevant|related|additional|work|professional|industry) )*experience)"
)


def _none(match: re.Match[str], offset: int) -> Quantity:
    return Quantity(start=offset + match.start("none"), end=offset + match.end("none"), low=0.0, high=None)


def _bare(match: re.Match[str], offset: int) -> Quantity:
    return Quantity(
        start=offset + match.start("number"), end=offset + match.end(), low=float(match["number"]), high=None
    )
