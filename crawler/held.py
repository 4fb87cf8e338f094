"""Postings that are read but not yet written: in memory while they are few, else in a file."""

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from io import BytesIO
from typing import IO, NamedTuple

import orjson

from crawler.wanted import Wanted
from jobalerts.domain.posting import Posting, from_json

MOST_BYTES = 4 * 2**20
"""In memory; a page of 60 MiB would fill twice as much."""


class _Line(NamedTuple):
    start: int
    size: int
    is_wanted: bool


class Held:
    """JSON lines by id; one that is put again replaces the one before."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._lines: dict[str, _Line] = {}
        self._file: IO[bytes] = BytesIO()
        self._is_on_disk = False

    def put(self, posting: Posting) -> None:
        line = orjson.dumps(posting, option=orjson.OPT_APPEND_NEWLINE)
        start = self._file.seek(0, os.SEEK_END)
        self._file.write(line)
        if not self._is_on_disk and start > MOST_BYTES:
            self._move_to_disk()
        self._lines[posting.external_id] = _Line(start, len(line), self._wanted.lets_through(posting))

    def get(self, external_id: str) -> Posting | None:
        line = self._lines.get(external_id)
        return from_json(orjson.loads(self._read(line))) if line is not None else None

    def unwanted(self) -> int:
        """How many of them nobody asked for."""
        return sum(not line.is_wanted for line in self._lines.values())

    def wanted(self) -> Iterator[bytes]:
        """The lines to be written, in the order in which their ids came."""
        return (self._read(line) for line in self._lines.values() if line.is_wanted)

    def clear(self) -> None:
        self._lines.clear()
        self._file.seek(0)
        self._file.truncate()

    def _move_to_disk(self) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object
        weakref.finalize(self, file.close)
        self._file.seek(0)
        shutil.copyfileobj(self._file, file)
        self._file, self._is_on_disk = file, True

    def _read(self, line: _Line) -> bytes:
        self._file.seek(line.start)
        return self._file.read(line.size)
