"""Turns the rows of a crawl into written postings, and judges at the end whether they are the whole board."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from crawler.drafts import Draft
from crawler.fingerprint import Fingerprint
from crawler.held import Held
from crawler.large_lists import LONG
from crawler.outcomes import PRECEDENCE, SUCCESS, Outcome
from crawler.postings import merged, posting_from
from crawler.rejects import Rejects
from crawler.shape import UNREADABLE_ROW, Answer, Ask, Board, Json, Page, Source
from crawler.unchanged import Answers, HeldAnswers, is_list
from crawler.wanted import Wanted
from jobalerts.domain.posting import Posting

BATCH = 100
"""Postings written at a time."""
MOST_DETAILS = 300
"""Postings whose own page is asked for in one crawl, in the order of the list; a request takes about a quarter second,
and the time limit holds for all of them. What the list says of the others is kept."""
MOST_ALONE = 0.1
"""Share of postings without their own page up to which a crawl is whole: one may close between list and detail."""
FINAL = frozenset({"blocked", "timeout", "too_large"})
"""Failures of one posting's page that are the board's."""


class OutOfTime(Exception):
    """The crawl's time limit passed while rows were being read."""


@dataclass(slots=True, kw_only=True)
class Collector:
    """Takes pages as they come; `write` gets whole JSON lines. Ids written once are not written again."""

    source: Source
    board: Board
    wanted: Wanted
    write: Callable[[bytes], object]
    deadline: float
    began: float = field(default_factory=time.monotonic)
    failures: dict[str, str] = field(default_factory=dict)
    received: Counter[str] = field(default_factory=Counter)
    totals: dict[str, int] = field(default_factory=dict)
    partial: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    alone: Counter[str] = field(default_factory=Counter)
    trouble: dict[str, str] = field(default_factory=dict)
    answers: int = 0
    held: Held = field(init=False)
    is_board: bool = False
    retry_after: float | None = None
    robots: str | None = None
    skipped: int = 0
    lists: Answers = field(default_factory=Answers)
    rejects: Rejects = field(default_factory=Rejects)
    filtered: int = 0
    written: int = 0

    def __post_init__(self) -> None:
        self.held = Held(self.wanted)

    def fail(self, name: str, detail: str, part: str = "") -> None:
        self.failures.setdefault(name, detail)
        self.partial.add(part)

    def follow(self, answer: Answer) -> tuple[Ask, ...]:
        """Read an answer, or hold it while the list may be unchanged; what is to be asked for then.

        Raises Unreadable, OutOfTime.
        """
        page, ask = self.source.read(answer), answer.ask
        if not is_list(ask):
            return self.to_ask(page.more) if self.take(page, ask.part) else ()
        earlier = self.let_go() if len(answer.body) > LONG else ()  # too long to have it in memory twice
        self.lists.fingerprint.add_page(page, ask)
        if self.lists.held is not None:
            return self._hold(page, answer, self.lists.held)
        self.lists.fingerprint.add_details(page.more, self._draft)
        has_new = self.take(page, ask.part, of_list=True) or any(more.row is not None for more in page.more)
        return (*earlier, *(self.to_ask(page.more) if has_new else ()))

    def _hold(self, page: Page, answer: Answer, held: HeldAnswers) -> tuple[Ask, ...]:
        """Further pages are asked for until one says nothing new, so that paging has come round."""
        held.add(answer)
        fingerprint = self.lists.fingerprint
        before = len(fingerprint)
        fingerprint.add_rows(page.rows, self._draft)
        fingerprint.add_details(page.more, self._draft)
        further = tuple(ask for ask in page.more if is_list(ask))
        says_something = bool(page.rows) or len(further) < len(page.more)
        return further if len(fingerprint) > before or not says_something else ()

    def let_go(self) -> tuple[Ask, ...]:
        """Unless all of the list has come and is unchanged, read the pages held; what is to be asked for then."""
        held, self.lists.held = self.lists.held, None
        if held is None or self.lists.is_unchanged:
            return ()
        if not self.failures and self.lists.says_the_same():
            self.lists.is_unchanged = True
            return ()
        self.lists.fingerprint = Fingerprint()
        asks = [ask for answer in held for ask in self.follow(answer)]
        return tuple(ask for ask in asks if not is_list(ask))

    @property
    def is_late(self) -> bool:
        """Half of the time has passed: there may be none left to read what is held."""
        return time.monotonic() - self.began > (self.deadline - self.began) / 2

    def take(self, page: Page, part: str = "", *, of_list: bool = False) -> bool:
        """Read the rows of one page; False when not one of them is new, so that paging has come round."""
        if not page.only_fills:
            self.received[part] += len(page.rows) if page.listed is None else page.listed
        if page.total is not None:
            self.totals.setdefault(part, page.total)
        if page.is_partial:
            self.partial.add(part)
        self.skipped += page.unreadable
        self.is_board |= page.is_board
        before = len(self.ids)
        self._read(page.rows, only_fills=page.only_fills, of_list=of_list)
        if not self.source.is_scattered:
            self._write_held()
        return len(self.ids) > before or not page.rows

    def to_ask(self, asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
        """What is yet to be asked for; nothing when all postings listed are known, so that paging has come round."""
        listed = [ask for ask in asks if ask.row is not None]
        new = {ask.url: ask for ask in listed if ask.url not in self.asked}
        if listed and not new:
            return ()
        room = max(0, MOST_DETAILS - len(self.asked))
        self.asked |= new.keys()
        postings = list(new.values())
        self.take(Page(rows=tuple(ask.row for ask in postings[room:]), listed=0, is_board=False))
        return (*(ask for ask in asks if ask.row is None), *postings[:room])

    def take_alone(self, ask: Ask, name: str, detail: str) -> None:
        """Keep what the list says of a posting whose own page is gone (`not_found`, `robots`) or cannot be read."""
        if name in FINAL:
            self.fail(name, detail, ask.part)
            return
        self.take(Page(rows=(ask.row,), listed=0), ask.part)
        self.alone[ask.part] += 1
        if name not in {"not_found", "robots"}:
            self.trouble.setdefault(name, detail)

    def outcome(self) -> Outcome:
        """Judge the crawl; a part counts as whole when nothing of it failed and as many rows came as it declares."""
        self._write_held()
        self._judge_alone()
        short = {part for part, total in self.totals.items() if self.received[part] < total}
        for part in short:
            self.fail("short", f"{self.received[part]} of {self.totals[part]} came", part)
        got = sum(self.received.values())
        if self.skipped and not self.ids and self.skipped >= got:
            self.fail("malformed", f"none of {self.skipped} postings can be read")
        elif self.answers and not self.is_board and not self.failures and not self.lists.is_unchanged:
            self.fail("malformed", "no postings are found there")
        name = next((name for name in PRECEDENCE if name in self.failures), SUCCESS)
        return Outcome(
            name=name,
            detail=self.failures.get(name, ""),
            received=got,
            total=sum(self.totals.values()) if self.totals else None,
            seen=self.written,
            skipped=self.skipped,
            filtered=self.filtered,
            alone=self.alone.total(),
            seconds=time.monotonic() - self.began,
            retry_after=self.retry_after,
            parts={part: part not in self.partial for part in self.received.keys() | self.partial},
            robots=self.robots,
            is_unchanged=self.lists.is_unchanged,
            answer=self.lists.to_know,
            rejects=tuple(self.rejects.rows),
            rejected_ids=tuple(sorted(self.rejects.ids - self.ids)),
        )

    def _judge_alone(self) -> None:
        for part, count in self.alone.items():
            if count > MOST_ALONE * self.received[part]:
                self.partial.add(part)
                for name, detail in self.trouble.items():
                    self.fail(name, f"{count} of {self.received[part]} postings: {detail}", part)

    def _write_held(self) -> None:
        """Write what is wanted of the postings held, a batch at a time."""
        self.filtered += self.held.unwanted()
        lines = self.held.wanted()
        while batch := list(islice(lines, BATCH)):
            self.write(b"".join(batch))
            self.written += len(batch)
        self.held.clear()

    def _read(self, rows: Iterable[Json], *, only_fills: bool, of_list: bool) -> None:
        """Hold the new postings among the rows; rows that repeat an id, once a place, become one."""
        for row in rows:
            if time.monotonic() > self.deadline:
                raise OutOfTime
            posting = self._posting(row, of_list=of_list)
            if posting is None:
                continue
            known = self.held.get(posting.external_id)
            if known is not None:
                self.held.put(merged(known, posting))
            elif posting.external_id not in self.ids and not only_fills:
                self.held.put(posting)
                self.ids.add(posting.external_id)

    def _posting(self, row: Json, *, of_list: bool) -> Posting | None:
        try:
            draft = self._heard(row) if of_list else self._draft(row)
            board = replace(self.board, company=None) if self.source.has_many_employers else self.board
            return posting_from(draft, board) if draft is not None else None
        except UNREADABLE_ROW as error:
            self.skipped += 1
            self.rejects.add(row, error)
            return None

    def _heard(self, row: Json) -> Draft | None:
        try:
            draft = self._draft(row)
        except UNREADABLE_ROW:
            self.lists.fingerprint.add_unreadable()
            raise
        self.lists.fingerprint.add_draft(draft)
        return draft

    def _draft(self, row: Json) -> Draft | None:
        return self.source.draft(row, self.board)
