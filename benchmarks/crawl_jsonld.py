"""HTML pages with JSON-LD: fetch + read, ours beside a plain Scrapy spider with parsel; both inside Scrapy.

Each page is about 35 kB: one JobPosting and 300 links around it. Ours finds the block by pattern and takes the page
apart only when there is none; equal means the same ids, titles, companies, places, dates and HTML.
"""

import json
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy

from benchmarks.crawl_json import Mapped
from benchmarks.sides import Took, compare, plain_crawl, serve_pages, side, timed
from crawler import fetch
from crawler.jobs import Job
from crawler.shape import Ask, Board, Source
from crawler.sources.jsonld import SOURCE
from crawler.wanted import Wanted

PAGES, ROUNDS = 600, 3
PATH = "/careers/{}"
DESCRIPTION = "<p>You will build and run services that people rely on, and own them from end to end.</p>" * 12
LINK = '<li class="menu__item"><a class="menu__link" href="/about/topic-{0}">About topic {0} of ours</a></li>\n'
CHROME = "".join(LINK.format(number) for number in range(300))


def posting(number: int) -> dict[str, Any]:
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": f"Software Engineer {number}",
        "identifier": {"@type": "PropertyValue", "name": "Bench", "value": f"R-{number}"},
        "hiringOrganization": {"@type": "Organization", "name": "Bench"},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": "Berlin", "addressCountry": "DE"},
        },
        "description": DESCRIPTION,
        "datePosted": "2026-09-01",
        "employmentType": "FULL_TIME",
    }


def page(number: int) -> bytes:
    block = json.dumps(posting(number))
    head = f"<!doctype html><html><head><title>{number}</title>"
    script = f'<script type="application/ld+json">{block}</script>'
    return f"{head}{script}</head><body><ul>{CHROME}</ul></body></html>".encode()


class Plain(scrapy.Spider):
    """What tutorials teach: an XPath for the block, `json.loads`, one item a page."""

    name = "plain"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.items: list[dict[str, Any]] = []

    async def start(self) -> AsyncIterator[Any]:
        for number in range(PAGES):
            yield scrapy.Request(self.url + PATH.format(number))

    def parse(self, response: Any) -> Iterator[dict[str, Any]]:
        for text in response.xpath('//script[@type="application/ld+json"]/text()').getall():
            data = json.loads(text)
            if data.get("@type") == "JobPosting":
                item = {
                    "external_id": data["identifier"]["value"],
                    "title": data["title"],
                    "company": data["hiringOrganization"]["name"],
                    "city": data["jobLocation"]["address"]["addressLocality"],
                    "posted_at": data["datePosted"],
                    "html": data["description"],
                }
                self.items.append(item)
                yield item


def plain(url: str) -> tuple[Took, list[Any]]:
    took, items = timed(lambda: plain_crawl(Plain, url))
    return took, sorted(tuple(item.values()) for item in items)


def ours(url: str) -> tuple[Took, list[Any]]:
    source = Source(start=_pages, read=SOURCE.read, draft=SOURCE.draft, is_scattered=True)
    board = Board(source="jsonld", token="careers", base_url=url)
    collector = Mapped(source=source, board=board, wanted=Wanted(), write=len, deadline=time.monotonic() + 600)
    job = Job(source="jsonld", token="careers", base_url=url, time_limit=600)
    took, _ = timed(lambda: fetch.crawl(job, collector))
    return took, sorted(
        (d.external_id, d.title, d.company, d.locations[0].location.city, d.posted_at, d.html) for d in collector.drafts
    )


def _pages(board: Board) -> tuple[Ask, ...]:
    return tuple(Ask(url=f"{board.base_url}{PATH.format(number)}", is_detail=True) for number in range(PAGES))


def main() -> None:
    with serve_pages({PATH.format(number): page(number) for number in range(PAGES)}, "text/html; charset=utf-8") as url:
        found = compare("benchmarks.crawl_jsonld", url, rounds=ROUNDS)
    print(f"fetch + JSON-LD of {PAGES} pages of {len(page(1)) / 1000:.0f} kB, medians of {ROUNDS} rounds")
    found.show(PAGES, ("Scrapy with parsel", "jobalerts"))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        side({"plain": plain, "ours": ours})
    else:
        main()
