"""Reads the beginning of a live board and keeps it as a fixture, without personal data, with what is expected."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from crawler.collector import Collector
from crawler.fetch import fetch
from crawler.jobs import Job
from crawler.outcomes import Outcome, Unreadable
from crawler.scrubbing import scrubbed
from crawler.shape import Answer, Ask, Board, Page, Source
from crawler.wanted import Wanted

ROWS = 3
"""Postings kept of an answer, and further requests followed from one."""
MOST_REPLAYS = 20


@dataclass(slots=True, kw_only=True)
class Recorder:
    """A source that keeps the answers it reads, and asks for little."""

    source: Source
    answers: dict[str, Answer] = field(default_factory=dict)

    def as_source(self) -> Source:
        return replace(self.source, read=self._read)

    def _read(self, answer: Answer) -> Page:
        page = self.source.read(answer)
        self.answers.setdefault(answer.ask.url, answer)
        return replace(page, rows=page.rows[:ROWS], more=page.more[:ROWS], total=None)


def record(job: Job, source: Source, folder: Path) -> tuple[Outcome, int]:
    """Save the fixture when the board could be read; return how that went, and how many postings are kept."""
    recorder = Recorder(source=source)
    outcome = fetch(job, _drop, source=recorder.as_source())
    if outcome.exit_code:
        return outcome, 0
    texts = {url: scrubbed(answer.body, answer.text(), rows=ROWS) for url, answer in recorder.answers.items()}
    postings, skipped = replay(source, job, {url: text.encode() for url, (text, _) in texts.items()})
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.*"):
        old.unlink()
    names = {url: f"answer{number}.{ending}" for number, (url, (_, ending)) in enumerate(texts.items(), 1)}
    for url, name in names.items():
        (folder / name).write_text(texts[url][0])
    most_exact_first = sorted(names, key=lambda url: len(urlsplit(url).query), reverse=True)
    case = {"token": job.token, "answers": {url: names[url] for url in most_exact_first}}
    _write_json(folder / "case.json", case | ({"skipped": skipped} if skipped else {}))
    _write_json(folder / "expected.json", [orjson.loads(line) for line in postings])
    return outcome, len(postings)


def replay(source: Source, job: Job, bodies: Mapping[str, bytes]) -> tuple[list[bytes], int]:
    """The postings, as JSON lines, that the kept answers give, and how many rows cannot be read."""
    lines: list[bytes] = []
    collector = Collector(
        source=source, board=Board(source=job.source, token=job.token), wanted=Wanted(), write=lines.append,
        deadline=math.inf,
    )  # fmt: skip
    waiting = list(source.start(collector.board))
    for _ in range(MOST_REPLAYS):
        if waiting:
            waiting += _replayed(waiting.pop(0), collector, bodies)
    collector.outcome()
    return b"".join(lines).splitlines(), collector.skipped


def _replayed(ask: Ask, collector: Collector, bodies: Mapping[str, bytes]) -> tuple[Ask, ...]:
    """Read one kept answer; what is asked for next."""
    if ask.url not in bodies:
        if ask.row is not None:
            collector.take_alone(ask, "not_found", "not kept")
        return ask.instead
    try:
        page = collector.source.read(Answer(ask=ask, url=ask.url, body=bodies[ask.url]))
    except Unreadable:
        return ()
    return collector.to_ask(page.more) if collector.take(page, ask.part) else ()


def _write_json(path: Path, document: object) -> None:
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")


def _drop(lines: bytes) -> None:
    """What is kept is read again from the trimmed answers."""
