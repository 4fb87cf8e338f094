"""Postings for several levels with a heading for each: "Basic Qualifications for Level 3:", then "… for Level 4:"."""

import re
from bisect import bisect_right

from jobalerts.domain.classify.mentions import Mention
from jobalerts.domain.classify.plain_text import PlainText

_HEADING = re.compile(
    r"(?:qualifications?|requirements?|experience)(?: required)? (?:for|to be considered for|as)(?: an?| the)?"
    r" (?P<who>(?:\w[\w/()-]* ){0,6}\w[\w/()-]*)\s?(?::|\n)"
    r"|(?:^|\n)\W{0,6}(?P<level>(?:level|grade|tier|band) (?:\d|[ivx]{1,4}))\b(?: (?:qualifications?"
    r"|requirements?))?\s?(?::|\n)"
    # A line of its own: "FULL PERFORMANCE", "Senior level:".
    r"|(?:^|\n)\W{0,6}(?P<grade>(?:entry|junior|mid|intermediate|senior|expert|principal)(?:[ -]level|\s?/\s?\w+)?"
    r"|full performance|developmental)\s?:?\s?\n"
)


def by_level(text: PlainText, mentions: list[Mention]) -> tuple[list[Mention], list[list[Mention]]]:
    """Return the mentions of every level alike and, where two levels or more have their own, those of each level."""
    headings = {match.start(): match["who"] or match["level"] or match["grade"] for match in _headings(text, mentions)}
    offsets = sorted(headings)
    shared: list[Mention] = []
    levels: dict[str, list[Mention]] = {}
    for mention in mentions:
        place = bisect_right(offsets, mention.quantity.start)
        if place:
            levels.setdefault(headings[offsets[place - 1]], []).append(mention)
        else:
            shared.append(mention)
    return (shared, list(levels.values())) if len(levels) > 1 else (mentions, [])


def _headings(text: PlainText, mentions: list[Mention]) -> list[re.Match[str]]:
    if len(mentions) < 2:
        return []
    return list(_HEADING.finditer(text.lower, 0, mentions[-1].quantity.start))
