"""JSON boards: fetch + field map, ours beside a plain Scrapy spider that yields one item a posting.

Both read the same Lever-shaped board (PAGES answers of ROWS postings, 1 MB each) from one local server, in turns, each
in a new process whose imports are not counted. Equal means the same ids, titles, dates and pay. Sanitising and rules
cost the same in either, so they are no part of the ratio: they are shown as a line of their own.
"""

import hashlib
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import orjson
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from crawler.collector import Collector
from crawler.fetch import settings
from crawler.jobs import Job
from crawler.postings import posting_from
from crawler.shape import Ask, Board, JsonList, Source
from crawler.sources.lever import draft
from crawler.spider import BoardSpider
from crawler.wanted import Wanted

PAGES, ROWS, ROUNDS = 40, 500, 3
PARAGRAPH = "<p>You will build and run services that people rely on, and own them from the first line to the alarm.</p>"


def row(number: int) -> dict[str, Any]:
    """One posting as Lever writes it, about 2.3 kB."""
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


class Server(BaseHTTPRequestHandler):
    """`/v0/postings/bench?page=N`: rendered once, then bytes."""

    protocol_version = "HTTP/1.1"
    bodies: ClassVar[dict[int, bytes]] = {}

    def do_GET(self) -> None:
        page = int(parse_qs(urlsplit(self.path).query).get("page", ["0"])[0])
        body = self.bodies.get(page, b"User-agent: *\nAllow: /\n") if "postings" in self.path else b""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Plain(scrapy.Spider):
    """What the tutorial teaches: `response.json()` and one item a posting."""

    name = "plain"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.items: list[dict[str, Any]] = []

    async def start(self) -> AsyncIterator[Any]:
        for page in range(PAGES):
            yield scrapy.Request(f"{self.url}/v0/postings/bench?page={page}")

    def parse(self, response: Any) -> Iterator[dict[str, Any]]:
        for job in response.json():
            item = {
                "external_id": job["id"],
                "title": job["text"].strip(),
                "places": job["categories"]["allLocations"],
                "posted_at": job["createdAt"],
                "salary": job["salaryRange"],
                "html": job["description"] + job["additional"],
            }
            self.items.append(item)
            yield item


class Mapped(Collector):
    """Our collector up to the field map: drafts instead of finished postings."""

    drafts: ClassVar[list[Any]] = []

    def _posting(self, row: Any) -> None:
        self.drafts.append(self.source.draft(row, self.board))

    def take(self, page: Any, part: str = "") -> bool:
        super().take(page, part)
        return True


def plain(url: str) -> list[Any]:
    process = AsyncCrawlerProcess(
        {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}
    )
    crawler = process.create_crawler(Plain)
    process.crawl(crawler, url=url)
    process.start()
    items = crawler.spider.items
    return sorted((i["external_id"], i["title"], i["posted_at"], i["salary"]["min"]) for i in items)


def ours(url: str) -> list[Any]:
    job = Job(source="lever", token="bench", base_url=url, time_limit=600)
    read = JsonList(urls=("unused",), draft=draft).source()
    source = Source(start=_pages, read=read.read, draft=draft)
    board = Board(source="lever", token="bench", base_url=url)
    collector = Mapped(
        source=source,
        board=board,
        wanted=Wanted(job_type=None, location=None),
        write=len,
        deadline=time.monotonic() + 600,
    )
    process = AsyncCrawlerProcess(settings(job, collector.deadline) | {"CONCURRENT_REQUESTS_PER_DOMAIN": 8})
    crawler = process.create_crawler(BoardSpider)
    process.crawl(crawler, job=job, collector=collector)
    process.start()
    return sorted((d.external_id, d.title, d.posted_at, int(d.pays[0].low)) for d in collector.drafts)


def _pages(board: Board) -> tuple[Ask, ...]:
    return tuple(Ask(url=f"https://api.lever.co/v0/postings/{board.token}?page={page}") for page in range(PAGES))


def whole_pipeline() -> float:
    """Postings a second with everything: places, pay, sanitising, text rules, language."""
    board = Board(source="lever", token="bench", company="Bench")
    rows = [row(number) for number in range(400)]
    posting_from(draft(rows[0], board), board)
    began = time.perf_counter()
    for one in rows:
        posting_from(draft(one, board), board)
    return len(rows) / (time.perf_counter() - began)


def run(side: str, url: str) -> tuple[float, str]:
    out = subprocess.run(
        [sys.executable, "-m", "benchmarks.crawl_json", side, url], capture_output=True, check=True, text=True
    )
    seconds, digest = out.stdout.split()
    return float(seconds), digest


def main() -> None:
    Server.bodies = {page: orjson.dumps([row(page * ROWS + number) for number in range(ROWS)]) for page in range(PAGES)}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    rates: dict[str, list[float]] = {"plain": [], "ours": []}
    digests = set()
    for _ in range(ROUNDS):
        for side, found in rates.items():
            seconds, digest = run(side, url)
            found.append(PAGES * ROWS / seconds)
            digests.add(digest)
    server.shutdown()
    print(f"fetch + field map of {PAGES * ROWS} postings, medians of {ROUNDS}, results equal: {len(digests) == 1}")
    print(f"  Scrapy, one item a posting  {median(rates['plain']):>9,.0f} postings/s")
    print(f"  jobalerts                   {median(rates['ours']):>9,.0f} postings/s")
    print(f"  ratio                       {median(rates['ours']) / median(rates['plain']):>9.1f}")
    print(f"finished postings (sanitising, text rules)  {whole_pipeline():,.0f} postings/s")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        began = time.perf_counter()
        rows_read = {"plain": plain, "ours": ours}[sys.argv[1]](sys.argv[2])
        elapsed = time.perf_counter() - began
        print(elapsed, hashlib.sha256(repr(rows_read).encode()).hexdigest())
    else:
        main()
