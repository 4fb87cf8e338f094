"""Postings of a site whose careers page names none: robots.txt, its sitemaps, the addresses in them (sitemaps.org)."""

import re
import zlib
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from crawler.fields.urls import canonical_url
from crawler.html import is_posting_path
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Page

MOST_BYTES = 50 * 2**20
"""Of one sitemap, unpacked; the protocol allows no more."""
MOST_SITEMAPS = 50
MOST_POSTING_PAGES = 200
PACKED = b"\x1f\x8b"
LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)
ROOT = re.compile(r"<(?:\w+:)?(urlset|sitemapindex)\b", re.I)
ADDRESS = re.compile(r"<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,2048})", re.I)
OF_POSTINGS = re.compile(r"job|career|vacanc|position|stelle|karriere|opening|posting", re.I)


def is_sitemap(answer: Answer) -> bool:
    """Whether the answer is a step of this search, and no page of the site."""
    path = urlsplit(answer.ask.url).path
    beginning = answer.body[:4096]
    is_named_so = path == "/robots.txt" or path.endswith((".xml", ".xml.gz"))
    return is_named_so or beginning.startswith(PACKED) or ROOT.search(beginning.decode("latin-1")) is not None


def first_step(page_url: str) -> Ask:
    """robots.txt; where there is none, the usual place of a sitemap."""
    usual = Ask(url=urljoin(page_url, "/sitemap.xml"), is_detail=True, is_step=True)
    return Ask(url=urljoin(page_url, "/robots.txt"), is_detail=True, is_step=True, instead=(usual,))


def next_step(answer: Answer) -> Page:
    """From robots.txt to sitemaps, from an index to its sitemaps, from a sitemap to the pages of postings."""
    if urlsplit(answer.ask.url).path == "/robots.txt":
        named = tuple(Ask(url=urljoin(answer.url, url)) for url in dict.fromkeys(LINE.findall(answer.text())))
        return Page(more=named[:MOST_SITEMAPS] or first_step(answer.url).instead, is_board=False)
    text = _text(answer)
    root = ROOT.search(text[:4096])
    if not root:
        raise Unreadable("malformed", f"{answer.url} is no sitemap")
    addresses = [url for found in ADDRESS.findall(text) if (url := canonical_url(unescape(found)))]
    if root[1].lower() == "sitemapindex":
        asks = tuple(Ask(url=url) for url in dict.fromkeys(_promising(addresses)))
        return Page(more=asks[:MOST_SITEMAPS], is_partial=len(asks) > MOST_SITEMAPS, is_board=False)
    pages = tuple(Ask(url=url, is_detail=True) for url in dict.fromkeys(_postings(addresses, answer.url)))
    return Page(more=pages[:MOST_POSTING_PAGES], is_partial=len(pages) > MOST_POSTING_PAGES, is_board=False)


def _promising(addresses: list[str]) -> list[str]:
    """Sitemaps named after postings, if there are such; else all."""
    return [url for url in addresses if OF_POSTINGS.search(urlsplit(url).path)] or addresses


def _postings(addresses: list[str], sitemap_url: str) -> Iterator[str]:
    host = _host(sitemap_url)
    for url in addresses:
        if _host(url) == host and is_posting_path(urlsplit(url).path):
            yield url


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _text(answer: Answer) -> str:
    """The body as text, unpacked when it is gzip; no more than a sitemap may hold."""
    if not answer.body.startswith(PACKED):
        return answer.text()
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(answer.body, MOST_BYTES)
    except zlib.error:
        raise Unreadable("malformed", f"{answer.url} cannot be unpacked") from None
    return unpacked.decode("utf-8", errors="replace")
