"""JSON boards: fetch + field map, ours beside a plain Scrapy spider that yields one item a posting.

Both read the same Lever-shaped board from one local server, in turns, each in a process of its own whose imports are
not counted. Equal means the same ids, titles, places, pay, dates and HTML. Sanitising and text rules are no part of the
ratio, since a plain spider has none: they are shown in parts of their own.
"""

import sys
import time
from collections.abc import AsyncIterator, Iterator
from html import escape
from typing import Any, ClassVar

import orjson
import scrapy

from benchmarks.pipeline import show_parts
from benchmarks.sides import Took, compare, plain_crawl, serve_pages, side, timed
from crawler import fetch
from crawler.collector import Collector
from crawler.jobs import Job
from crawler.shape import Ask, Board, JsonList, Source
from crawler.sources.lever import draft
from crawler.wanted import Wanted

PAGES, ROWS, ROUNDS = 40, 500, 3
PATH = "/v0/postings/bench?page={}"
PARAGRAPH = "<p>You will build and run services that people rely on, and own them from the first line to the alarm.</p>"


def row(number: int) -> dict[str, Any]:
    """One posting as Lever writes it, about 1.9 kB."""
    return {
        "id": f"{number:08x}-0000-4000-8000-000000000000",
        "text": f"Software Engineer {number}",
        "hostedUrl": f"https://jobs.lever.co/bench/{number:08x}",
        "applyUrl": f"https://jobs.lever.co/bench/{number:08x}/apply",
        "createdAt": 1_790_000_000_000 + number,
        "country": "DE",
        "workplaceType": "hybrid",
        "categories": {"location": "Berlin, Germany", "allLocations": ["Berlin, Germany"], "team": "Core",
                       "department": "Engineering", "commitment": "Full-time"},
        "description": PARAGRAPH * 8,
        "lists": [{"text": "You have", "content": "<li>3+ years of experience</li><li>Care</li>" * 6}],
        "additional": PARAGRAPH * 2,
        "salaryRange": {"currency": "EUR", "interval": "per-year-salary", "min": 70_000 + number, "max": 190_000},
    }  # fmt: skip


class Plain(scrapy.Spider):
    """What the tutorial teaches: `response.json()` and one item a posting."""

    name = "plain"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.items: list[dict[str, Any]] = []

    async def start(self) -> AsyncIterator[Any]:
        for page in range(PAGES):
            yield scrapy.Request(self.url + PATH.format(page))

    def parse(self, response: Any) -> Iterator[dict[str, Any]]:
        for job in response.json():
            lists = "".join(f"<h3>{escape(part['text'])}</h3><ul>{part['content']}</ul>" for part in job["lists"])
            item = {
                "external_id": job["id"],
                "title": job["text"],
                "url": job["hostedUrl"],
                "apply_url": job["applyUrl"],
                "places": job["categories"]["allLocations"],
                "workplace": job["workplaceType"],
                "department": job["categories"]["department"],
                "employment_type": job["categories"]["commitment"],
                "salary": (
                    float(job["salaryRange"]["min"]),
                    float(job["salaryRange"]["max"]),
                    job["salaryRange"]["currency"],
                ),
                "html": job["description"] + lists + job["additional"],
                "posted_at": job["createdAt"],
            }
            self.items.append(item)
            yield item


class Mapped(Collector):
    """Our collector up to the field map: drafts instead of finished postings."""

    drafts: ClassVar[list[Any]] = []

    def _posting(self, row: Any, *, of_list: bool) -> None:
        self.drafts.append(self.source.draft(row, self.board))

    def take(self, page: Any, part: str = "", *, of_list: bool = False) -> bool:
        super().take(page, part, of_list=of_list)
        return True


def plain(url: str) -> tuple[Took, list[Any]]:
    took, items = timed(lambda: plain_crawl(Plain, url))
    return took, sorted(
        (i["external_id"], i["title"], i["url"], i["apply_url"], i["places"], i["workplace"], i["department"],
         i["employment_type"], i["salary"], i["html"], i["posted_at"])
        for i in items
    )  # fmt: skip


def ours(url: str) -> tuple[Took, list[Any]]:
    board = Board(source="lever", token="bench", base_url=url)
    source = Source(start=_pages, read=JsonList(urls=("unused",), draft=draft).source().read, draft=draft)
    deadline = time.monotonic() + 600
    collector = Mapped(source=source, board=board, wanted=Wanted(), write=len, deadline=deadline)
    job = Job(source="lever", token="bench", base_url=url, time_limit=600)
    took, _ = timed(lambda: fetch.crawl(job, collector))
    return took, sorted(
        (d.external_id, d.title, d.url, d.apply_url, [place.location.text for place in d.locations], d.workplace,
         d.department, d.employment_type[0], (d.pays[0].low, d.pays[0].high, d.pays[0].currency), d.html, d.posted_at)
        for d in collector.drafts
    )  # fmt: skip


def _pages(board: Board) -> tuple[Ask, ...]:
    return tuple(Ask(url="https://api.lever.co" + PATH.format(page)) for page in range(PAGES))


def main() -> None:
    pages = {PATH.format(page): orjson.dumps([row(page * ROWS + n) for n in range(ROWS)]) for page in range(PAGES)}
    with serve_pages(pages, "application/json") as url:
        found = compare("benchmarks.crawl_json", url, rounds=ROUNDS)
    print(f"fetch + field map of {PAGES * ROWS} postings, medians of {ROUNDS} rounds")
    found.show(PAGES * ROWS, ("Scrapy, one item a posting", "jobalerts"))
    show_parts([row(number) for number in range(400)])


if __name__ == "__main__":
    if len(sys.argv) == 3:
        side({"plain": plain, "ours": ours})
    else:
        main()
