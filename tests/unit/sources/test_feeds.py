"""XML of strangers, and what several answers say of one posting."""

import math
from typing import Any

import orjson
import pytest

from crawler.collector import Collector
from crawler.feeds import items_of, xml_of
from crawler.outcomes import Outcome, Unreadable
from crawler.shape import Answer, Ask, Board, Page
from crawler.sources import load_source
from crawler.sources.hackernews import draft as hiring_draft
from crawler.wanted import Wanted

BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
POSITION = "<position><id>{id}</id><name>Cook</name><jobDescriptions>{text}</jobDescriptions></position>"
TEXT = "<jobDescription><name>Tasks</name><value>{}</value></jobDescription>"


def answer(body: str | bytes, url: str = "https://acme.example/xml", *, is_detail: bool = False) -> Answer:
    return Answer(ask=Ask(url=url, is_detail=is_detail), url=url, body=body.encode() if isinstance(body, str) else body)


def read(source: str, *answers: Answer) -> tuple[list[dict[str, Any]], Outcome, list[Page]]:
    lines: list[bytes] = []
    kind = load_source(source)
    board = Board(source=source, token="acme", company="The list's name")
    collector = Collector(source=kind, board=board, wanted=Wanted(), write=lines.append, deadline=math.inf)
    pages = [kind.read(one) for one in answers]
    for page in pages:
        collector.answers += 1
        collector.take(page)
    outcome = collector.outcome()
    return [orjson.loads(line) for line in b"".join(lines).splitlines()], outcome, pages


def feed(*positions: str) -> str:
    return f"<workzag-jobs>{''.join(positions)}</workzag-jobs>"


@pytest.mark.parametrize(
    "body",
    [
        f"<!DOCTYPE rss [{BOMB}]><rss><channel><item><title>&a9;</title></item></channel></rss>",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><title>&x;</title></channel></rss>',
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]><rss><channel/></rss>',
        "<rss><channel><item>",
        "<a>" * 5000 + "</a>" * 5000,
        "<html><body>Not a feed</body></html>",
        "<rss/>",
        b"\xff\xfe<\x00",
    ],
)
def test_hostile_xml_is_malformed(body: str | bytes) -> None:
    with pytest.raises(Unreadable) as error:
        items_of(answer(body))
    assert error.value.name == "malformed"


def test_a_challenge_where_xml_is_due_is_blocked() -> None:
    with pytest.raises(Unreadable) as error:
        xml_of(answer("<html><p>Just a moment...<br></html>"), "rss")
    assert error.value.name == "blocked"


def test_control_characters_and_other_encodings_do_not_lose_a_feed() -> None:
    assert len(items_of(answer("<rss><channel><item><title>a\x01b</title></item></channel></rss>"))) == 1
    text = '<?xml version="1.0" encoding="UTF-16"?><rss><channel><item/></channel></rss>'
    assert len(items_of(answer(text.encode("utf-16")))) == 1


def test_languages_are_asked_for_only_when_a_description_is_empty() -> None:
    _, _, pages = read("personio", answer(feed(POSITION.format(id=1, text=TEXT.format("Cook.")))))
    assert pages[0].more == ()
    _, _, pages = read("personio", answer(feed(POSITION.format(id=1, text=""))))
    assert [ask.url for ask in pages[0].more] == [
        f"https://acme.example/xml?language={name}" for name in ("en", "es", "nl", "fr")
    ]


def test_another_language_fills_what_is_empty_and_replaces_and_adds_nothing() -> None:
    bare = feed(POSITION.format(id=1, text=TEXT.format("Kochen.")), POSITION.format(id=2, text=""))
    english = feed(*(POSITION.format(id=number, text=TEXT.format("Cook.")) for number in (1, 2, 3)))
    postings, outcome, _ = read("personio", answer(bare), answer(english, is_detail=True))
    assert [(one["external_id"], one["description_text"]) for one in postings] == [
        ("1", "Tasks\nKochen."),
        ("2", "Tasks\nCook."),
    ]
    assert (outcome.name, outcome.received) == ("success", 2)


def test_a_board_without_its_rss_feed_is_whole() -> None:
    item = {"id": "u-1", "title": "Cook", "url": "https://acme.example/jobs/1", "content_html": "<p>Cook.</p>"}
    first = answer(orjson.dumps({"title": "Acme", "items": [item]}), "https://acme.example/jobs.json")
    broken = answer("<html>", "https://acme.example/jobs.rss", is_detail=True)
    postings, outcome, pages = read("teamtailor", first, broken)
    assert [posting["title"] for posting in postings] == ["Cook"]
    assert outcome.name == "success"
    assert [ask.url for ask in pages[0].more] == [
        "https://acme.example/jobs.rss",
        "https://acme.example/jobs.json?page=2",
    ]


def test_postings_of_many_employers_keep_their_own() -> None:
    item = "<item><title>Bakery: Baker: nights</title><link>https://weworkremotely.com/1</link></item>"
    postings, _, _ = read("weworkremotely", answer(f"<rss><channel>{item}</channel></rss>"))
    assert [(posting["company"], posting["title"]) for posting in postings] == [("Bakery", "Baker: nights")]


@pytest.mark.parametrize(
    ("header", "company", "title", "workplace", "countries"),
    [
        ("Acme | Berlin | ONSITE | Data Engineer", "Acme", "Data Engineer", "onsite", ["DE"]),
        ("Acme (YC S20) | Full-Time | Remote (Canada) | Designer", "Acme", "Designer", "remote", ["CA"]),
        ("Acme GmbH | Hybrid, Munich | Head of Growth | 90k EUR", "Acme GmbH", "Head of Growth", "hybrid", ["DE"]),
        ("Acme | https://acme.example | REMOTE", "Acme", "Several roles", "remote", [None]),
    ],
)
def test_a_header_is_read_in_any_order(
    header: str, company: str, title: str, workplace: str, countries: list[str | None]
) -> None:
    found = hiring_draft({"id": 7, "text": f"{header}<p>Text"}, Board(source="hackernews", token="1"))
    assert found is not None
    assert (found.company, found.title, found.workplace) == (company, title, workplace)
    assert [place.location.country for place in found.locations if place] == countries


@pytest.mark.parametrize("text", ["Is there a tool?", None, "", "<p>", "|", "Hiring | ", 7])
def test_a_remark_is_no_posting(text: object) -> None:
    assert hiring_draft({"id": 7, "text": text}, Board(source="hackernews", token="1")) is None
