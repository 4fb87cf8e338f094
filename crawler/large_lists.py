"""Lists in very long answers, read row by row: as objects all at once they would take three times the answer."""

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, overload

import orjson

LONG = 8 * 2**20
"""Bytes of an answer from which on it is worth the second reading."""
TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.S)
LIST_FOLLOWS = re.compile(rb"\s*:\s*\[")
IS_KEY = re.compile(rb"\s*:")
STEPS = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
BLANK = re.compile(rb"\s*")


class Rows(Sequence[Any]):
    """Objects between their marks in `body`; each is read whenever it is asked for."""

    def __init__(self, body: bytes, spans: "array[int]") -> None:
        self._body = memoryview(body)
        self._spans = spans

    def __len__(self) -> int:
        return len(self._spans) // 2

    def __iter__(self) -> Iterator[Any]:
        return (self[number] for number in range(len(self)))

    @overload
    def __getitem__(self, at: int) -> Any: ...  # noqa: ANN401 - what a foreign server sent
    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        number = range(len(self))[at]
        return orjson.loads(self._body[self._spans[2 * number] : self._spans[2 * number + 1]])


def rows_apart(body: bytes, key: str | None) -> tuple[Any, Rows] | None:
    """What the answer says with an empty list at `key` (None: it is the list itself), and the list's rows.

    None when the answer is not plainly that: then it is to be read as a whole, which also says what is wrong with it.
    """
    start = _list_start(body, key)
    found = _spans(body, start) if start is not None else None
    if start is None or found is None:
        return None
    spans, end = found
    rows = Rows(body, spans)
    try:
        around = orjson.loads(body[: start + 1] + body[end:])
        for _ in rows:
            pass
    except orjson.JSONDecodeError:
        return None
    return around, rows


def _list_start(body: bytes, key: str | None) -> int | None:
    """Where the bracket stands, if there is one only that it can be."""
    if key is None:
        at = BLANK.match(body).end()  # type: ignore[union-attr]  # it matches anything
        return at if body[at : at + 1] == b"[" else None
    wanted, depth, starts = orjson.dumps(key), 0, []
    for token in TOKEN.finditer(body):
        sign = token[0]
        depth += STEPS.get(sign, 0)
        if depth == 1 and sign == wanted and IS_KEY.match(body, token.end()):
            follows = LIST_FOLLOWS.match(body, token.end())
            starts.append(follows.end() - 1 if follows else None)
    return starts[0] if len(starts) == 1 else None


def _spans(body: bytes, start: int) -> "tuple[array[int], int] | None":
    """Begin and end of each object in the list at `start`, and where the list ends; None if it holds anything else."""
    spans, depth, last = array("Q"), 0, start + 1
    for token in TOKEN.finditer(body, start + 1):
        sign = token[0]
        if depth == 0:
            between = body[last : token.start()].strip()
            if sign == b"]":
                return None if between else (spans, token.start())
            if sign != b"{" or between != (b"," if spans else b""):
                return None
            spans.append(token.start())
        depth += STEPS.get(sign, 0)
        if depth == 0:
            last = token.end()
            spans.append(last)
    return None
