"""What is fuzzed: every parser of what strangers write, with seeds; an exception that has no name is a crash."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import orjson
from protego import Protego
from scrapy.http import Response

from crawler import robots, sitemaps
from crawler.collector import Collector
from crawler.feeds import items_of, said
from crawler.fields.dates import utc_time
from crawler.fields.html import as_html, describe
from crawler.fields.pay_text import pay_in_text, pay_in_words
from crawler.fields.places import place_from_fields, places_from_text
from crawler.jsonld import markup_of
from crawler.outcomes import PRECEDENCE, Unreadable
from crawler.patience import retry_after
from crawler.postings import posting_from
from crawler.schema_org import draft_of
from crawler.shape import UNREADABLE_ROW, Answer, Ask, Board
from crawler.sources import load_source, source_names
from crawler.wanted import Wanted
from jobalerts.domain.classify import classify
from jobalerts.domain.posting import from_json

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
PAGE = "https://acme.example/careers"
ROBOTS = (
    b"User-agent: jobalerts\nDisallow: /a*b$\nCrawl-delay: 2.5\nRequest-rate: 1/5s\nSitemap: https://a.example/s.xml"
)
BOARD = Board(source="jsonld", token="acme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`parse` takes any bytes."""

    name: str
    parse: Callable[[bytes], object]
    seeds: tuple[bytes, ...] = field(repr=False)


def targets() -> tuple[Target, ...]:
    """All of them: one a source, and those that sources share."""
    return (*_sources(), *_shared())


def _sources() -> Iterator[Target]:
    for name in source_names():
        folder = FIXTURES / "sources" / name
        case = orjson.loads((folder / "case.json").read_bytes())
        bodies = tuple((folder / file).read_bytes() for file in case["answers"].values())
        board = Board(source=name, token=case["token"])
        yield Target(name=f"source-{name}", parse=partial(_read_board, board), seeds=bodies)


def _shared() -> Iterator[Target]:
    lines = [orjson.loads(line) for line in (FIXTURES / "labelled" / "years.jsonl").read_bytes().splitlines()[:60]]
    texts = tuple(f"{line['title']}\n{line['text']}".encode() for line in lines)
    page = (FIXTURES / "sources" / "jsonld" / "nurse.html").read_bytes()
    feed = (FIXTURES / "sources" / "weworkremotely" / "feed.xml").read_bytes()
    sitemap = b"<urlset><url><loc>https://acme.example/jobs/cook-1</loc></url></urlset>"
    markup = tuple(orjson.dumps(posting) for posting in markup_of(page.decode(), PAGE).postings)
    pays = ("$120k–$150k", "€55.000 p.a.", "120,000+", "OTE 90k", "£20 per hour", "CHF 6'200 monthly", "Negotiable")
    places = ("NL", "Remote - Canada", "San Francisco, Seattle, or Remote (US)", "N/A", "Berlin / München", "US-CA")
    yield Target(name="sitemaps", parse=_sitemap, seeds=(sitemap, ROBOTS, sitemap.replace(b"urlset", b"sitemapindex")))
    yield Target(name="feeds", parse=_feed, seeds=(feed,))
    yield Target(name="schema-org", parse=_schema_org, seeds=markup)
    yield Target(name="json-ld", parse=lambda data: markup_of(_text(data), PAGE), seeds=(page,))
    yield Target(name="salary-words", parse=_pay, seeds=tuple(map(str.encode, pays)) + texts[:5])
    yield Target(name="place-words", parse=_places, seeds=tuple(map(str.encode, places)))
    yield Target(name="text-rules", parse=_classify, seeds=texts)
    yield Target(name="html", parse=lambda data: describe(as_html(_text(data))), seeds=(page, *texts[:5]))
    yield Target(name="dates", parse=lambda data: utc_time(_text(data)), seeds=(b"2026-11-20", b"Posted 3 Days Ago"))
    yield Target(name="robots", parse=_robots, seeds=(ROBOTS,))
    yield Target(name="retry-after", parse=lambda data: retry_after(data, datetime.now(UTC)), seeds=(b"120",))
    yield Target(name="posting", parse=_posting, seeds=((FIXTURES / "sources/lever/expected.json").read_bytes()[2:-2],))


def _read_board(board: Board, data: bytes) -> None:
    """As `fetch` does with the first answer; whatever comes has an outcome with a name."""
    source = load_source(board.source)
    first = source.start(board)[0]
    collector = Collector(source=source, board=board, wanted=Wanted(), write=len, deadline=math.inf)
    collector.answers += 1
    try:
        page = source.read(Answer(ask=first, url=first.url, body=data))
        collector.take(page)
        collector.to_ask(page.more)
    except Unreadable as error:
        collector.fail(error.name, str(error))
    if collector.outcome().name not in PRECEDENCE:
        raise AssertionError("an outcome without a name")


def _sitemap(data: bytes) -> None:
    for path in ("/robots.txt", "/sitemap.xml"):
        url = f"https://acme.example{path}"
        try:
            sitemaps.next_step(Answer(ask=Ask(url=url), url=url, body=data))
        except Unreadable:
            continue


def _feed(data: bytes) -> None:
    try:
        for item in items_of(Answer(ask=Ask(url=PAGE), url=PAGE, body=data)):
            said(item, "title")
    except Unreadable:
        return


def _schema_org(data: bytes) -> None:
    try:
        posting_from(draft_of(orjson.loads(data), page=PAGE, is_only_one=True), BOARD)
    except UNREADABLE_ROW:
        return


def _pay(data: bytes) -> None:
    text = _text(data)
    pay_in_text(text, frozenset({"US"}))
    pay_in_words(text, frozenset())


def _places(data: bytes) -> None:
    text = _text(data)
    places_from_text(text)
    place_from_fields(city=text, region=text[::-1], country=text[:2], text=text)


def _classify(data: bytes) -> None:
    title, _, text = _text(data).partition("\n")
    classify(title, text)


def _robots(data: bytes) -> None:
    rules = Protego.parse(robots.text_of(Response(PAGE, body=data)))
    rules.can_fetch(PAGE, robots.NAME)
    robots.delay_of(rules)


def _posting(data: bytes) -> None:
    try:
        from_json(orjson.loads(data))
    except UNREADABLE_ROW:
        return


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="surrogateescape").encode("utf-8", "replace").decode("utf-8", "replace")
