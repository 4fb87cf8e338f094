"""One spelling for dashes, spaces, quotes and letter case, every character at its old offset."""

import re
from dataclasses import dataclass

_SPELLINGS: dict[str, str] = (
    dict.fromkeys("‐‑‒–—―−﹘﹣－〜～~", "-")
    | dict.fromkeys("\t\r\v\f\u00a0\u200b\u202f\u3000\ufeff", " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
    | dict.fromkeys("’‘ʼ＇´`′", "'")
    | dict.fromkeys("“”„«»", '"')
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | dict.fromkeys("。\u2028\u2029\x85", "\n")
    | {"＋": "+", "（": "(", "）": ")", "：": ":", "、": ",", "，": ",", "İ": "I", "\\": " "}
)
# A search for the few characters to replace is far cheaper than str.translate, which looks up every one.
_OTHERS = re.compile(f"[{re.escape(''.join(_SPELLINGS))}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """`cased` and `lower` have the length of `original`, so an offset found in one holds in all."""

    original: str
    cased: str
    lower: str


def plain_text(original: str) -> PlainText:
    """Unify without moving a character ("İ", the one letter whose lower case is longer, becomes "I")."""
    cased = _OTHERS.sub(lambda match: _SPELLINGS[match[0]], original)
    return PlainText(original=original, cased=cased, lower=cased.lower())
