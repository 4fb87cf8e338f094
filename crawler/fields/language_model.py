"""The languages' model, read from a file row by row: a crawl looks at few of its 70 MiB."""

import lzma
import os
import shutil
import tempfile
import weakref
from array import array
from typing import Any, Literal, TypeAlias

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

Values: TypeAlias = "np.ndarray[Any, Any]"
MOST_ROWS = 4_096
"""Of one table that are kept in memory; a row has a kilobyte at most."""


def load_model() -> LanguageIdentifier:
    """What `LanguageIdentifier.from_model_file` gives, with the same answers.

    Its tables lie in temporary files without names, which processes forked later share.
    """
    with tempfile.TemporaryFile() as unpacked:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
        unpacked.seek(0)
        with np.load(unpacked, allow_pickle=False) as data:
            return LanguageIdentifier(
                _Weights(data["ptc"]),
                data["pc"],
                data["classes"].tolist(),
                _Moves(data["nextmove"].reshape(-1, 256)),
                _array(data["out_feat"]),
                norm_probs=True,
                tk_row=_array(data["nextmove_row"]),
            )


def _array(values: Values) -> "array[int]":
    return array(values.dtype.char, values.tobytes())


class _Table:
    """Rows of equal length in a file, those used last in memory too.

    They are read by `pread`, since a mapped file would bring in the pages around each row as well.
    """

    def __init__(self, rows: Values, unit: Literal["B", "I"]) -> None:
        with tempfile.TemporaryFile() as file:
            rows.tofile(file)
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)
        self._size = rows.dtype.itemsize * rows.shape[1]
        self._unit: Literal["B", "I"] = unit
        self._rows: dict[int, memoryview] = {}

    def _row(self, number: int) -> memoryview:
        row = self._rows.get(number)
        if row is None:
            if len(self._rows) >= MOST_ROWS:
                self._rows.clear()
            row = memoryview(os.pread(self._file, self._size, number * self._size)).cast(self._unit)
            self._rows[number] = row
        return row


class _Moves(_Table):
    """The next state, by 256 times a row and a byte."""

    def __init__(self, moves: Values) -> None:
        super().__init__(moves.astype(np.uint32, copy=False), "I")

    def __getitem__(self, at: int) -> int:
        move: int = self._row(at >> 8)[at & 255]
        return move


class _Weights(_Table):
    """The languages' weights of several features."""

    def __init__(self, weights: Values) -> None:
        super().__init__(weights, "B")
        self._type = weights.dtype

    def __getitem__(self, features: Values) -> Values:
        rows = [self._row(feature) for feature in features.tolist()]
        return np.frombuffer(b"".join(rows), dtype=self._type).reshape(len(rows), -1)
