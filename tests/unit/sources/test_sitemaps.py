"""A careers page that names no posting: sitemaps, and boards of vendors that it shows."""

import gzip

import pytest

from crawler.known_boards import boards_linked
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Page
from crawler.sources.jsonld import read

HOME = "https://acme.example/careers"


def answered(url: str, body: str | bytes, *, is_detail: bool = False) -> Page:
    return read(
        Answer(ask=Ask(url=url, is_detail=is_detail), url=url, body=body.encode() if isinstance(body, str) else body)
    )


def urls(page: Page) -> list[str]:
    return [ask.url for ask in page.more]


def sitemap(*addresses: str, root: str = "urlset", item: str = "url") -> str:
    inside = "".join(f"<{item}><loc>{address}</loc><lastmod>2026-11-01</lastmod></{item}>" for address in addresses)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{root}>'


def index_of(*addresses: str) -> str:
    return sitemap(*addresses, root="sitemapindex", item="sitemap")


def test_a_page_without_postings_leads_to_robots_txt_or_the_usual_sitemap() -> None:
    page = answered(HOME, "<html><h1>Work with us</h1></html>")
    assert urls(page) == ["https://acme.example/robots.txt"]
    assert [ask.url for ask in page.more[0].instead] == ["https://acme.example/sitemap.xml"]
    assert not page.is_board


def test_robots_txt_names_sitemaps() -> None:
    text = "User-agent: *\nDisallow: /x\nSitemap: https://acme.example/a.xml\n sitemap:/b.xml.gz\n"
    page = answered("https://acme.example/robots.txt", text)
    assert urls(page) == ["https://acme.example/a.xml", "https://acme.example/b.xml.gz"]
    assert urls(answered("https://acme.example/robots.txt", "User-agent: *\n")) == ["https://acme.example/sitemap.xml"]


def test_of_an_index_the_sitemaps_of_postings_are_read_if_there_are_any() -> None:
    index = sitemap(
        "https://acme.example/blog.xml", "https://acme.example/jobs-1.xml", root="sitemapindex", item="sitemap"
    )
    assert urls(answered("https://acme.example/sitemap.xml", index)) == ["https://acme.example/jobs-1.xml"]
    index = index_of("https://acme.example/1.xml", "https://acme.example/2.xml")
    assert len(answered("https://acme.example/sitemap.xml", index).more) == 2


@pytest.mark.parametrize("is_packed", [True, False])
def test_addresses_of_postings_on_the_same_host_are_read_packed_or_not(is_packed: bool) -> None:
    text = sitemap(
        "https://acme.example/jobs/cook-1",
        "https://www.acme.example/careers/waiter-2?a=1&amp;b=2",
        "<![CDATA[https://acme.example/o/baker-m-w-d]]>",
        "https://acme.example/blog/jobs-we-love",
        "https://elsewhere.example/jobs/cook-1",
        "https://acme.example/jobs",
        "javascript:alert(1)",
    )
    body = gzip.compress(text.encode()) if is_packed else text.encode()
    page = answered("https://acme.example/sitemap.xml.gz", body)
    assert urls(page) == [
        "https://acme.example/jobs/cook-1",
        "https://www.acme.example/careers/waiter-2?a=1&b=2",
        "https://acme.example/o/baker-m-w-d",
    ]
    assert all(ask.is_detail for ask in page.more)


def test_more_postings_than_are_read_make_the_board_partial() -> None:
    page = answered("https://acme.example/s.xml", sitemap(*(f"https://acme.example/jobs/cook-{n}" for n in range(201))))
    assert (len(page.more), page.is_partial) == (200, True)


def test_a_gzip_bomb_is_not_unpacked_whole() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 120_000_000)
    assert answered("https://acme.example/sitemap.xml.gz", bomb).more == ()


@pytest.mark.parametrize("body", [b"\x1f\x8bnot packed", b"<html>404</html>", b"", b"[]"])
def test_what_is_no_sitemap_is_malformed(body: bytes) -> None:
    with pytest.raises(Unreadable) as error:
        answered("https://acme.example/sitemap.xml", body)
    assert error.value.name == "malformed"


def test_a_posting_page_without_markup_searches_no_further() -> None:
    assert answered("https://acme.example/jobs/cook-1", "<h1>Cook</h1>", is_detail=True).more == ()


@pytest.mark.parametrize(
    ("html", "board"),
    [
        ('<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>', "greenhouse/acme"),
        ('<a href="https://job-boards.greenhouse.io/acme/jobs/1">Cook</a>', "greenhouse/acme"),
        ('<iframe src="https://jobs.lever.co/acme-co?x=1">', "lever/acme-co"),
        ('<a href="//acme.jobs.personio.de/">', "personio/acme"),
        (
            '<a href="//acme.teamtailor.com/"><img src="//assets.teamtailor.com/x.png">',
            "teamtailor/acme",
        ),
    ],
)
def test_a_page_that_shows_a_vendor_s_board_names_it(html: str, board: str) -> None:
    assert boards_linked(html) == (board,)
    with pytest.raises(Unreadable, match=f"it shows the board {board}"):
        answered(HOME, html)
