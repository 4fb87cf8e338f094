"""Plain strings: white space, control characters, mojibake."""

import re

from ftfy import fix_encoding

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
MOJIBAKE = re.compile(r"[ÂÃÄÅÐÑâã][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
"""What UTF-8 read as Windows-1252 leaves behind; only such text is handed to the repair."""


def one_line(value: object) -> str:
    """White space collapsed, control characters gone, mojibake repaired; "" for what is no text."""
    return " ".join(clean(value).split())


def clean(value: object) -> str:
    """Control characters gone (lines and tabs stay) and mojibake repaired, line by line."""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
    if MOJIBAKE.search(value):
        value = "".join(fix_encoding(line) for line in value.splitlines(keepends=True))
    return CONTROL.sub("", value)


def name_from_token(token: str) -> str:
    """A name to show when nothing says one: "acme-robotics" is "Acme Robotics"; capitals that are there stay."""
    word = (
        re.sub(r"^https?://(?:(?:www|careers?|jobs|apply)\.)*([^./:]+).*$", r"\1", token).strip("/").rpartition("/")[2]
    )
    words = re.sub(r"[-_.+\s]+", " ", word).split()
    return " ".join(word if any(char.isupper() for char in word) else word.capitalize() for word in words) or token
