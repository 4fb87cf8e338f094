"""Names of companies: what makes two of them the same, and how a typed list of them is taken apart."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

LEGAL_SUFFIXES = frozenset(
    {
        *("inc", "incorporated", "llc", "llp", "lp", "pllc", "ltd", "limited", "plc", "corp", "corporation", "co"),
        *("company", "cic", "gmbh", "mbh", "ggmbh", "ag", "kg", "kgaa", "ohg", "ug", "gbr", "se", "sa", "sas", "sasu"),
        *("sarl", "srl", "spa", "sl", "slu", "sau", "sca", "lda", "ltda", "bv", "nv", "vof", "cvba", "bvba", "ab"),
        *("as", "asa", "aps", "oy", "oyj", "ehf", "sro", "doo", "zrt", "kft", "oü", "pty", "pte", "pvt", "bhd", "sdn"),
        *("kk", "gk", "jsc", "pjsc", "ooo", "oao", "zao"),
    }
)
_JOINERS = frozenset({"and", "und", "et"})
_MARKS = str.maketrans("", "", "®™℠©")


@lru_cache(maxsize=2**16)
def name_key(name: str) -> str:
    """Return what names are compared by: NFKC, casefolded, without legal suffix, punctuation and spaces.

    Spaces go too, so that "Coca-Cola", "Coca Cola" and "A.B.C.", "ABC" each are one name. Accents stay: only what is
    certainly the same name is equal, the rest is for suggestions. A name that is nothing but a suffix keeps it.
    """
    words = _words(name)
    return "".join(_without_suffix(words) or words)


def split_names(text: str) -> list[str]:
    """Take a typed list apart at commas and new lines, never before a legal suffix ("Acme, Inc." is one name).

    A name that is given twice, however written, is kept once, as first written.
    """
    names: list[str] = []
    for piece in re.split(r"[,，、\r\n\v\f\x85\u2028\u2029]", text):
        name = " ".join(piece.split())
        if not name:
            continue
        if names and _is_suffix(name):
            names[-1] = f"{names[-1]}, {name}"
        else:
            names.append(name)
    return list({name_key(name): name for name in reversed(names)}.values())[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Employers:
    """The companies that are known, for telling under which keys a posting's employer may be followed."""

    by_key: Mapping[str, frozenset[str]]
    by_board: Mapping[str, frozenset[str]]

    def keys(self, company: str, board: str) -> frozenset[str]:
        """Every key of the employer: as the posting names it, and all names of that company and of the board's."""
        key = name_key(company)
        return frozenset({key}) | self.by_key.get(key, frozenset()) | self.by_board.get(board, frozenset())


def employers(names: Iterable[Iterable[str]], boards: Mapping[str, Iterable[str]]) -> Employers:
    """Build from each company's keys (its own and its aliases') and each board's ("greenhouse/stripe") company keys."""
    groups = [frozenset(group) for group in names]
    return Employers(
        by_key={key: group for group in groups for key in group},
        by_board={board: frozenset(keys) for board, keys in boards.items()},
    )


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name.translate(_MARKS)).casefold()
    words = ("".join(char for char in word if char.isalnum() or _is_symbol(char)) for word in plain.split())
    return [word for word in words if word]


def _is_symbol(char: str) -> bool:
    """Marks of letters and signs such as + and $ are part of a name; punctuation and control characters are not."""
    return unicodedata.category(char)[0] in "MS"


def _without_suffix(words: list[str]) -> list[str]:
    """Take suffixes from the end, and the "and" of "GmbH and Co. KG"; nothing may be left over."""
    end = len(words)
    while taken := _suffix_length(words[:end]):
        end -= taken
        if end and words[end - 1] in _JOINERS:
            end -= 1
    return words[:end]


def _suffix_length(words: list[str]) -> int:
    """Count the words of the suffix at the end; one that is spelled with spaces ("S. A.") has several."""
    if words and words[-1] in LEGAL_SUFFIXES:
        return 1
    for count in (2, 3, 4):
        tail = words[-count:]
        if len(tail) == count and all(len(word) == 1 for word in tail) and "".join(tail) in LEGAL_SUFFIXES:
            return count
    return 0


def _is_suffix(name: str) -> bool:
    words = _words(name)
    return bool(words) and not _without_suffix(words)
