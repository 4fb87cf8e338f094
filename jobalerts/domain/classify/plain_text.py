"""One spelling for dashes, spaces, quotes and letter case, every character at its old offset."""

from dataclasses import dataclass

_TRANSLATION = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－〜～~", "-")
    | dict.fromkeys("\t\r\v\f\u00a0\u200b\u202f\u3000\ufeff", " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
    | dict.fromkeys("’‘ʼ＇´`′", "'")
    | dict.fromkeys("“”„«»", '"')
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | dict.fromkeys("。\u2028\u2029\x85", "\n")
    | {"＋": "+", "（": "(", "）": ")", "：": ":", "、": ",", "，": ",", "İ": "I", "\\": " "}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """`cased` and `lower` have the length of `original`, so an offset found in one holds in all."""

    original: str
    cased: str
    lower: str


def plain_text(original: str) -> PlainText:
    """Unify without moving a character ("İ", the one letter whose lower case is longer, becomes "I")."""
    cased = original.translate(_TRANSLATION)
    return PlainText(original=original, cased=cased, lower=cased.lower())
