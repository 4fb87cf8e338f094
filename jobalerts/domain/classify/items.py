"""Sentences and bullet points, also where they were glued together ("strong SQLMinimum of 3 years")."""

import re

_REACH = 420
# A full stop ends a sentence unless it belongs to an abbreviation or to initials such as Ph.D. and U.S.
_BOUNDARY = re.compile(
    r"\n|[!?•●▪◦‣∙|■►✓✔➢](?!\?)"
    r"|\.(?=\s|[A-Z\"(\[•]|\d+\s?\+|$)(?<!\b[A-Za-z]\.)(?<!\byrs\.)(?<!\bYrs\.)(?<!\byr\.)(?<!\bSr\.)(?<!\bJr\.)"
    r"(?<!\bexp\.)(?<!\bmin\.)(?<!\bMin\.)(?<!\bapprox\.)(?<!\betc\.)(?<!\bvs\.)(?<!\bInc\.)(?!(?<=\b(?:INC|Ltd|LTD)\.)\s[a-z])(?<!\bmos\.)"
    r"(?<!\bmind\.)(?<!\bbzw\.)(?<!\bca\.)(?<!\.[A-Za-z]\.)(?<!\bPh\.)"
    r"|(?<![A-Za-z])[a-z]{3,}(?=[A-Z][a-z ])|(?<=[)\]])(?=[A-Z][a-z])|(?<!\d)\s[-*·]\s(?=[A-Z\d])"
    r"|(?<=\w)\s{3,}(?=[A-Z\d])"
    r"|(?<=[A-Za-z)])(?=\d{1,2}\+?\s?(?:-\s?\d{1,2}\+?\s?)?(?:years|yrs))"
)


def item_around(cased: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence or bullet point that holds cased[start:end], within 420 characters."""
    first = max(0, start - _REACH)
    for boundary in _BOUNDARY.finditer(cased, first, start):
        first = boundary.end()
    if start and cased[start - 1].isascii() and cased[start - 1].isalpha():
        first = start
    found = _BOUNDARY.search(cased, end, min(len(cased), end + _REACH))
    if found is None:
        return first, min(len(cased), end + _REACH)
    return first, found.end() if cased[found.start()].islower() else found.start()
