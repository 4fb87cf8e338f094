"""How alike two texts are: a bottom-k sketch of their three-word shingles, small enough to be kept beside a posting.

The k smallest of random-looking numbers of a set are a fair sample of it, and those of two sets tell how much they
share (Broder 1997, "On the resemblance and containment of documents"). Texts of up to k shingles are compared exactly.
The numbers come from BLAKE2, not from `hash()`, so they are the same in every process.
"""

import re
import unicodedata
from array import array
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from jobalerts.domain.duplicates.frames import without_frame

SHINGLE = 3
KEPT = 256  # a standard error of 0.03 at a resemblance of 0.6
MOST_WORDS = 4000
_MASK = (1 << 64) - 1
_FIRST, _SECOND, _THIRD, _LAST = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93
_WORD = re.compile(r"\w+")
_TEAM = re.compile(r"\b(?:team|squad|tribe|pod|crew|department|division)\b(?!\s*(?:members?|players?|leads?)\b)")
_BEFORE_TEAM = re.compile(r".*\b(?:our|the|join|as part of|member of|within)\s((?:[\w&+'’/-]+\s){1,4})$")
_LOOK_BACK = 60  # letters
_TEAM_LINE = re.compile(r"^[ *•-]*(?:team|squad|department|division|level|grade)[ ]?:[ ]?(.{1,60})$", re.M)
_PRAISE = """
a an and are be entire fast growing great hiring in is join leadership local management new of on our own people
recruiting recruitment small strong talent talented the this to whole wider with world class your global high
performing amazing awesome diverse international friendly passionate dedicated existing current best right cross
functional collaborative dynamic motivated experienced inclusive rest larger broader extended immediate
"""
_NO_TEAM = frozenset(_PRAISE.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The smallest numbers of a text's shingles, ascending, and how many shingles it has; none: no text."""

    smallest: tuple[int, ...]
    size: int

    def to_bytes(self) -> bytes:
        return array("I", self.smallest).tobytes()


def read_sketch(data: bytes, size: int) -> Sketch:
    """Read what `to_bytes` wrote."""
    numbers = array("I")
    numbers.frombytes(data)
    return Sketch(smallest=tuple(numbers), size=size)


def sketch_of(text: str, *, ignored: Collection[str]) -> Sketch:
    """Sketch what a text's first 4,000 words say about the position; `ignored` are words that differ by place."""
    words = [_number(word) for word in _words(text)[:MOST_WORDS] if word not in ignored]
    if 0 < len(words) < SHINGLE:
        words += [0] * (SHINGLE - len(words))
    shingles = {
        (((one * _FIRST + two * _SECOND + three * _THIRD) & _MASK) * _LAST & _MASK) >> 32
        for one, two, three in zip(words, words[1:], words[2:], strict=False)
    }
    return Sketch(smallest=tuple(sorted(shingles)[:KEPT]), size=len(shingles))


def resemblance(one: Sketch, other: Sketch) -> float:
    """The share of all shingles of two texts that both have, 0 to 1 (Jaccard)."""
    both = set(one.smallest) & set(other.smallest)
    sample = sorted({*one.smallest, *other.smallest})[: max(KEPT, 1)]
    return sum(number in both for number in sample) / len(sample) if sample else 1.0


def containment(one: Sketch, other: Sketch) -> float:
    """The share of the shorter text's shingles that the longer one has too, 0 to 1."""
    alike = resemblance(one, other)
    shared = alike * (one.size + other.size) / (1 + alike)
    shorter = min(one.size, other.size)
    return min(1.0, shared / shorter) if shorter else 0.0


def teams_in(text: str, *, ignored: Collection[str]) -> frozenset[str]:
    """The teams a text names ("join our Payments team", "Team: Payments"), without words of praise and places."""
    plain = _plain(text)
    before = (plain[max(0, found.start() - _LOOK_BACK) : found.start()] for found in _TEAM.finditer(plain))
    named = (_BEFORE_TEAM.match(" ".join(words.split("\n")[-1].split()) + " ") for words in before)
    names = [name[1] for name in named if name] + _TEAM_LINE.findall(plain)
    teams = (_WORD.findall(name) for name in names)
    kept = (" ".join(word for word in words if word not in _NO_TEAM and word not in ignored) for words in teams)
    return frozenset(team for team in kept if team)


def _words(text: str) -> list[str]:
    return _WORD.findall(without_frame(_plain(text)))


@lru_cache(maxsize=4)
def _plain(text: str) -> str:
    start = text[: MOST_WORDS * 12]
    return (start if start.isascii() else unicodedata.normalize("NFKC", start)).casefold()


@lru_cache(maxsize=2**16)
def _number(word: str) -> int:
    masked = "0" if word.isdigit() and len(word) > 2 else word  # pay, telephone and requisition numbers differ
    return int.from_bytes(blake2b(masked.encode(errors="replace"), digest_size=8).digest(), "big")
