"""Which part of a posting words stand in: its requirements, its wishes, or neither; read from the headings."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from jobalerts.domain.classify import heading_words as words

Section = Literal["required", "preferred", "neutral"]

_DIGIT = re.compile(r"\d")
_ENDS = ":?.;,)"
_ORNAMENTS = re.compile(r"^[^\w(]+|[^\w:?.;,)\]'\"…]+$")  # "✨ Nice to have ✨"
_LONGEST_HEADING = 90
_OPEN_END = re.compile(r"(?: if| have| who| you| are| with|…|\.\.\.)$")
_LONGEST_BARE_HEADING = 7  # words, without a colon


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """Headings in order of their offsets."""

    offsets: list[int]
    kinds: list[Section]

    def at(self, offset: int) -> Section:
        """Return the section the offset stands in; before any heading it is neutral."""
        place = bisect_right(self.offsets, offset)
        return self.kinds[place - 1] if place else "neutral"

    def bounds(self, offset: int) -> tuple[int, int | None]:
        """Return where the section of the offset begins, and where the next one does (None: not before the end)."""
        place = bisect_right(self.offsets, offset)
        begins = self.offsets[place - 1] if place else 0
        return begins, self.offsets[place] if place < len(self.offsets) else None


def sections(cased: str, lower: str, last: int) -> Sections:
    """Find the headings before the offset `last`."""
    found = Sections(offsets=[], kinds=[])
    start = 0
    while start < min(last, len(lower)):
        end = lower.find("\n", start)
        end = len(lower) if end < 0 else end
        if end > start:
            _read_line(found, cased, lower, (start, end))
        start = end + 1
    return found


def _read_line(found: Sections, cased: str, lower: str, span: tuple[int, int]) -> None:
    start, end = span
    line = lower[start:end].strip(" *#_•·-–=~>[]【】■▪<")
    if not line:
        return
    if not (line[0].isalnum() and (line[-1].isalnum() or line[-1] in _ENDS)):
        line = _ORNAMENTS.sub("", line)
    previous: Section = found.kinds[-1] if found.kinds else "neutral"
    label = words.WISH_LABEL.match(lower, start, end)
    kind = heading_kind(line, previous)
    if label:  # "Nice to have: Kafka" speaks of its own line only
        found.offsets.append(start)
        found.kinds.append("preferred")
        known = len(found.kinds)
        _read_running(found, cased, (label.end(), end))
        if len(found.kinds) == known:
            found.offsets.append(end)
            found.kinds.append(previous)
    elif kind:
        found.offsets.append(start)
        found.kinds.append(kind)
        digit = _DIGIT.search(lower, start, end)
        if digit:  # the line goes on after its heading, and may hold a second one
            _read_running(found, cased, (digit.start(), end))
    else:
        _read_running(found, cased, span)


def _read_running(found: Sections, cased: str, span: tuple[int, int]) -> None:
    start, end = span
    read_to = start
    for opening in words.OPENINGS.finditer(cased, start, end):
        match = words.RUNNING.match(cased, opening.start(), end) if opening.start() >= read_to else None
        if match and _begins(cased, match.start()) and (match.start() > start or not words.WEAK.match(match[0])):
            read_to = match.end()
            found.offsets.append(match.start())
            found.kinds.append(_kind_of(match))


def _begins(cased: str, start: int) -> bool:
    """A heading in running text follows an end, is glued to a word, or stands after plain words."""
    before = cased[max(0, start - 5) : start]
    joined = before.rstrip().endswith((",", "/", "&", "-", "(", '"'))
    return not joined and not before.endswith((" the ", "/or ", "/OR "))


def _kind_of(match: re.Match[str]) -> Section:
    if match["preferred"]:
        return "preferred"
    return "required" if match["required"] else "neutral"


def heading_kind(line: str, previous: Section) -> Section | None:
    """Return what a line in lower case opens, or None when it is no heading."""
    if not line or len(line) > _LONGEST_HEADING or (line[-1] in ".;," and line[-3:] != "...") or line[0].isdigit():
        return None
    wishes = words.OF_WISHES.search(line) is not None
    if wishes and words.BOTH.search(line) and not words.NOT_REQUIRED.search(line):
        return "required"
    if words.PREFERRED_LINE.match(line) or (wishes and words.PREFERRED_END.search(line)):
        return "preferred"
    if words.SUB_LINE.match(line) and previous == "preferred":
        return None
    if words.SUB_LINE.match(line) and line.count(" ") < _LONGEST_BARE_HEADING:
        return "required"
    is_short = line.endswith((":", "?")) or _OPEN_END.search(line) or line.count(" ") < _LONGEST_BARE_HEADING
    if is_short and words.REQUIRED_LINE.match(line):
        return "required"
    if is_short and words.NEUTRAL_LINE.match(line):
        return "neutral"
    return None
