"""Cities by folded name in one sorted text, because every crawl's process holds them and asks for few."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

TAB = b"\t"


class Row(NamedTuple):
    """What is known of one bearer of a name; `is_own` is False when the name is one of its others."""

    country: str
    region: str
    people: int
    is_own: bool


class CityTable:
    """A line for each name: the name and the four fields of each of its rows, between tabs."""

    def __init__(self, named: Iterable[tuple[str, Row]]) -> None:
        rows: dict[str, list[Row]] = {}
        for name, row in named:
            rows.setdefault(name, []).append(row)
        lines = sorted((name.encode(), _written(dict.fromkeys(found))) for name, found in rows.items())
        self._text = b"\n".join(key + TAB + written for key, written in lines)
        self._starts = array("I")
        start = 0
        for key, written in lines:
            self._starts.append(start)
            start += len(key) + len(TAB) + len(written) + 1

    def __len__(self) -> int:
        return len(self._starts)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a name, in the order in which they were given, each once; none when it is unknown."""
        wanted = name.encode("utf-8", "replace")
        at = bisect_left(self._starts, wanted, key=self._name_at)
        if at == len(self._starts) or self._name_at(self._starts[at]) != wanted:
            return ()
        end = self._starts[at + 1] - 1 if at + 1 < len(self._starts) else len(self._text)
        fields = self._text[self._starts[at] : end].decode().split("\t")[1:]
        return tuple(
            Row(country, region, int(people), is_own == "1")
            for country, region, people, is_own in zip(*(fields[n::4] for n in range(4)), strict=True)
        )

    def _name_at(self, start: int) -> bytes:
        return self._text[start : self._text.index(TAB, start)]


def _written(rows: Iterable[Row]) -> bytes:
    return TAB.join(f"{country}\t{region}\t{people}\t{own:d}".encode() for country, region, people, own in rows)
