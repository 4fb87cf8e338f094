"""Two ways to do the same, measured in turns: each turn a new process whose imports are not counted."""

import contextlib
import hashlib
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import Any, ClassVar

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawler import launcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What one turn took: seconds on the clock, and of the processor (which a busy machine hardly changes)."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The turns of both sides; ratios are medians of those of each round."""

    plain: list[Took]
    ours: list[Took]
    is_equal: bool

    def show(self, things: int, names: tuple[str, str]) -> None:
        """Print rates and ratios."""
        rounds = list(zip(self.plain, self.ours, strict=True))
        clock = median(slow.clock / fast.clock for slow, fast in rounds)
        processor = median(slow.processor / fast.processor for slow, fast in rounds)
        for name, turns in zip(names, (self.plain, self.ours), strict=True):
            rate = things / median(took.clock for took in turns)
            print(
                f"  {name:<28} {rate:>9,.0f}/s, {1e6 * median(t.processor for t in turns) / things:>8,.1f} us CPU each"
            )
        print(f"  ratio {clock:.1f} by the clock, {processor:.1f} by processor time; results equal: {self.is_equal}")


def compare(module: str, url: str, *, rounds: int) -> Compared:
    """Run both sides of `module` against `url`, in turns."""
    turns: dict[str, list[Took]] = {"plain": [], "ours": []}
    digests = set()
    for _ in range(rounds):
        for name, found in turns.items():
            out = subprocess.run([sys.executable, "-m", module, name, url], stdout=subprocess.PIPE, check=True)
            clock, processor, digest = out.stdout.decode().split()
            found.append(Took(clock=float(clock), processor=float(processor)))
            digests.add(digest)
    return Compared(plain=turns["plain"], ours=turns["ours"], is_equal=len(digests) == 1)


def side(sides: dict[str, Callable[[str], tuple[Took, Any]]]) -> None:
    """Be the side that the arguments name, and print what it took and a digest of what was read."""
    launcher.preload()
    took, found = sides[sys.argv[1]](sys.argv[2])
    print(took.clock, took.processor, hashlib.sha256(repr(found).encode()).hexdigest())


def timed(work: Callable[[], Any]) -> tuple[Took, Any]:
    """What `work` took, and gave."""
    clock, processor = time.perf_counter(), time.process_time()
    found = work()
    return Took(clock=time.perf_counter() - clock, processor=time.process_time() - processor), found


def plain_crawl(spider: type[Spider], url: str) -> list[dict[str, Any]]:
    """Run a spider with Scrapy's own settings but for log and telnet, no delay, and as many requests as are useful."""
    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0})
    crawler = process.create_crawler(spider)
    process.crawl(crawler, url=url)
    process.start()
    items: list[dict[str, Any]] = crawler.spider.items  # type: ignore[union-attr]
    return items


@contextlib.contextmanager
def serve_pages(pages: dict[str, bytes], content_type: str) -> Iterator[str]:
    """The address of a server, in a process of its own, that has each page in memory."""
    Pages.bodies, Pages.content_type = pages, content_type
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    process = multiprocessing.get_context("fork").Process(target=server.serve_forever, daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        process.terminate()
        process.join()
        server.server_close()


class Pages(BaseHTTPRequestHandler):
    """A page by path and query; robots.txt allows everything."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes
    bodies: ClassVar[dict[str, bytes]] = {}
    content_type: ClassVar[str] = ""

    def do_GET(self) -> None:
        body = self.bodies.get(self.path, b"User-agent: *\nAllow: /\n" if self.path == "/robots.txt" else None)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", self.content_type)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: Any) -> None:
        pass
