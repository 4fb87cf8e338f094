"""The shape of a source: what is asked for, how an answer is read into rows, how a row becomes a draft."""

import codecs
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

import orjson

from crawler.challenges import is_challenge
from crawler.drafts import Draft
from crawler.large_lists import LONG, Rows, rows_apart
from crawler.outcomes import Unreadable

JSON = "application/json"
UNREADABLE_ROW = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What reading one malformed row may raise; such a row is skipped and counted."""


Json: TypeAlias = Any
"""What a foreign server sent: anything at all, until it is looked at."""
Says: TypeAlias = Literal["salary", "remote", "dates", "years"]
"""What a source may have fields for; what it has none for is read from the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One board to be read; `company` is what people call the employer when the command or the list names it."""

    source: str
    token: str
    company: str | None = None
    base_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request; `part` names the slice of the board it belongs to, `seen` the rows already read of it."""

    url: str
    method: str = "GET"
    body: bytes | None = None
    part: str = ""
    seen: int = 0
    is_detail: bool = False
    is_step: bool = False
    """Though asked for like a detail (it may be missing), it leads to lists: robots.txt, a sitemap's usual place."""
    instead: tuple["Ask", ...] = ()
    """Asked when the answer is 404, before the board counts as not found."""
    is_bound: bool = False
    """A redirect to another host means that the board is gone from this one."""
    row: Json = None
    """What the list says of the one posting this asks for; it stands alone when the posting's own page is gone."""
    rules: Any = None
    """What a source that is told how to read needs to read the answer."""
    is_rendered: bool = False
    """Asked by Chromium, which runs the page's scripts."""
    accept: str | None = None
    """The media type to ask for, where the server would otherwise send a page for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response with status 200; `url` is the address at the source, whatever `--base-url` says."""

    ask: Ask
    url: str
    body: bytes
    content_type: str = ""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def text(self) -> str:
        """The body as text: by its mark, the declared charset, UTF-8, else Windows-1252; never an error."""
        for mark, name in (
            (codecs.BOM_UTF8, "utf-8-sig"),
            (codecs.BOM_UTF16_LE, "utf-16"),
            (codecs.BOM_UTF16_BE, "utf-16"),
        ):
            if self.body.startswith(mark):
                return self.body.decode(name, errors="replace")
        for charset in (self._declared(), "utf-8"):
            try:
                return self.body.decode(charset)
            except (LookupError, UnicodeError):
                continue
        return self.body.decode("cp1252", errors="replace")

    def json(self) -> Json:
        """The body as JSON; Unreadable ("blocked" or "malformed") when it is none."""
        if not self.body or self.body.isspace():
            raise Unreadable("malformed", "the answer is empty")
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return self._json_of(self.text())

    def _json_of(self, text: str) -> Json:
        try:
            return json.loads(text.lstrip("\ufeff"), strict=False)
        except (ValueError, RecursionError) as error:
            if is_challenge(text, where_json_is_due=True):
                raise Unreadable("blocked", "a challenge page came instead of the board") from None
            raise Unreadable("malformed", f"the answer is no JSON ({error})") from None

    def _declared(self) -> str:
        header = re.search(r"charset=[\"']?([\w.:-]+)", self.content_type, re.I)
        if header:
            return header[1]
        inside = re.search(rb"<meta[^>]{1,200}charset=[\"']?([\w.:-]+)", self.body[:4096], re.I)
        return inside[1].decode("ascii") if inside else "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one answer gave: rows, what to ask next, and how many rows the board says this part has (None: unsaid)."""

    rows: Sequence[Json] = ()
    more: tuple[Ask, ...] = ()
    total: int | None = None
    is_partial: bool = False
    """The rows are known to be fewer than the part holds, and the rest cannot be asked for."""
    unreadable: int = 0
    """Postings that are there but cannot even become rows."""
    listed: int | None = None
    """How many rows count as received, when they are not those of `rows`: a list whose details come later."""
    is_board: bool = True
    """Whether this is certainly (part of) a board: a crawl in which no answer is, was not of a board."""
    only_fills: bool = False
    """The rows say what is missing in postings already read (of a source `is_scattered`), and add none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A kind of board: where to begin, how to read an answer, and the field map of a row."""

    start: Callable[[Board], tuple[Ask, ...]]
    read: Callable[[Answer], Page]
    draft: Callable[[Json, Board], Draft | None]
    """None means: not a published posting. A malformed row raises one of UNREADABLE_ROW."""
    is_scattered: bool = False
    """Each posting has a page of its own, so that rows of one id come in different answers."""
    says: tuple[Says, ...] = ()
    named_by: str = "the board's name in its address"
    """What a TOKEN of it is."""
    has_many_employers: bool = False
    """Every posting names its own employer; the company a board is listed under is not it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonList:
    """A board that is one list in a JSON answer, with or without paging: made into a Source by `source()`."""

    urls: tuple[str, ...]
    """With {token}; each further one is asked when the one before answers 404."""
    draft: Callable[[Json, Board], Draft | None]
    rows: tuple[str, ...] = ()
    """Keys that lead to the list; none when the answer itself is the list."""
    total: tuple[str, ...] = ()
    next_asks: Callable[[Answer, Json, int], Iterable[Ask]] = field(default=lambda answer, data, count: ())
    """Further requests, given the answer, its data and the rows read so far of this part."""
    quote: Callable[[str], str] = field(default=lambda token: token)
    detail: Callable[[str, Json], str] | None = None
    """Where the posting itself is asked for, given the list's address and the row; what came lies in row["detail"]."""
    inside: tuple[str, ...] = ()
    """Keys that lead to the posting in such an answer."""
    also: Callable[[Answer, Json], dict[str, Json]] | None = None
    """What an answer says beside its list or posting; it is put into every row."""
    says: tuple[Says, ...] = ()
    named_by: str = "the board's name in its address"
    """What a TOKEN of it is."""

    def source(self) -> Source:
        return Source(start=self._start, read=self._read, draft=self.draft, says=self.says, named_by=self.named_by)

    def _start(self, board: Board) -> tuple[Ask, ...]:
        asks: tuple[Ask, ...] = ()
        for url in reversed(self.urls):
            asks = (Ask(url=url.format(token=self.quote(board.token)), instead=asks, accept=JSON),)
        return asks

    def _read(self, answer: Answer) -> Page:
        data, rows = self._apart(answer)
        if answer.ask.row is not None:
            return self._read_detail(answer, data)
        if not isinstance(rows, list | Rows):
            raise Unreadable("malformed", f"the list {'.'.join(self.rows) or 'of postings'} is missing")
        total = within(data, self.total) if self.total else None
        further = self.next_asks(answer, data, answer.ask.seen + len(rows))
        if self.also is not None:
            also = self.also(answer, data)
            rows = [{**row, **also} if isinstance(row, dict) else row for row in rows]
        whole, details = self._details(answer, rows)
        return Page(
            rows=whole if isinstance(whole, Rows) else tuple(whole),
            more=(*details, *further),
            total=total if isinstance(total, int) and not isinstance(total, bool) else None,
            listed=len(rows),
        )

    def _apart(self, answer: Answer) -> tuple[Json, Json]:
        """The answer and its list; of a very long answer the rows are read one by one."""
        if len(answer.body) >= LONG and not self.detail and not self.also and len(self.rows) < 2:
            found = rows_apart(answer.body, self.rows[0] if self.rows else None)
            if found is not None:
                return found
        data = answer.json()
        return data, within(data, self.rows)

    def _details(self, answer: Answer, rows: Sequence[Json]) -> tuple[Sequence[Json], list[Ask]]:
        """Rows that say everything (or are unreadable), and requests for the postings of the others."""
        if self.detail is None:
            return rows, []
        whole, asks = [], []
        for number, row in enumerate(rows, answer.ask.seen):
            try:
                url = self.detail(answer.url, row)
            except UNREADABLE_ROW:
                whole.append(row)
            else:
                asks.append(Ask(url=url, part=answer.ask.part, seen=number, is_detail=True, row=row, accept=JSON))
        return whole, asks

    def _read_detail(self, answer: Answer, data: Json) -> Page:
        detail, also = within(data, self.inside), self.also(answer, data) if self.also else {}
        if not isinstance(detail, dict) or not detail:
            raise Unreadable("malformed", f"{'.'.join(self.inside) or 'the posting'} is missing in its own answer")
        return Page(rows=({**answer.ask.row, "detail": detail, **also},), listed=0)


def within(data: Json, path: tuple[str, ...]) -> Json:
    """The value at `path`, None when a step is missing."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def text_of(data: Json, key: str, *further: str) -> str:
    """The string at a path of keys, stripped; "" when it is missing or no string."""
    value = data.get(key) if isinstance(data, dict) else None  # no call of `within`: a row is asked for ten strings
    if further:
        value = within(value, further)
    return value.strip() if isinstance(value, str) else ""


def list_of(data: Json, key: str, *further: str) -> list[Json]:
    """The list at a path of keys; empty when it is missing or no list."""
    value = data.get(key) if isinstance(data, dict) else None
    if further:
        value = within(value, further)
    return value if isinstance(value, list) else []
