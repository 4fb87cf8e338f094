"""Reads one board: the process (`python -m crawler.fetch JOB`) that has no credentials and talks to the internet.

JOB is a job as JSON. Postings go to stdout as JSON lines, exactly what `jobalerts crawl … --dry-run` prints, then one
line `{"outcome": …}`. Scrapy itself ends well whatever happened, so the outcome is judged from what was received.
"""

import gc
import sys
import time
from collections.abc import Callable
from typing import Any, Self

import orjson
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawler.collector import Collector
from crawler.jobs import Job, job_from_json
from crawler.outcomes import Outcome
from crawler.robots import SAID
from crawler.shape import Board, Source
from crawler.sources import load_source
from crawler.spider import BoardSpider
from crawler.turns import TurnsOfCrawl
from crawler.unchanged import Answers
from crawler.wanted import Wanted

USER_AGENT = "jobalerts/1 (+{contact})"
MEMORY_LIMIT_MB = 512
OBJECTS_BEFORE_COLLECTING = 100_000
"""A long answer is so many objects that are no garbage; Python's own 700 would look at them a hundred times."""
OWN_MIDDLEWARES = {
    "crawler.guard.AddressGuard": 40,
    "crawler.robots.Robots": 100,
    "crawler.patience.Patience": 550,
    "crawler.rendering.Rendering": 900,
}
MIDDLEWARES = {
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
}
HANDLER = "crawler.asking.Asking"
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "crawler.memory.ResidentMemory": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}


class UncopiedSettings(Settings):
    """For a process that makes one crawler; copying all of Scrapy's defaults twice takes a third of its start."""

    def copy(self) -> Self:
        return self

    def frozencopy(self) -> Self:
        return self


def fetch(job: Job, write: Callable[[bytes], object], *, source: Source | None = None) -> Outcome:
    """Crawl one board; `write` gets whole JSON lines.

    `source` stands in for the one the job names. Raises BrokenPipeError when `write` did.
    """
    began = time.monotonic()
    collector = Collector(
        source=source or load_source(job.source),
        board=Board(source=job.source, token=job.token, company=job.company, base_url=job.base_url),
        wanted=Wanted(job_type=job.job_type, location=job.location),
        write=write,
        deadline=began + job.time_limit,
        began=began,
        lists=Answers(known=job.known),
    )
    return crawl(job, collector)


def crawl(job: Job, collector: Collector) -> Outcome:
    """Feed `collector` with the board's answers, once a process: Scrapy's reactor cannot start twice."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
    process = AsyncCrawlerProcess(UncopiedSettings(settings(job, collector.deadline)))
    crawler = process.create_crawler(BoardSpider)
    process.crawl(crawler, job=job, collector=collector)
    process.start()
    _judge_end(crawler, collector)
    return collector.outcome()


def settings(job: Job, deadline: float) -> dict[str, Any]:
    """Scrapy's settings; what differs from its defaults, and no more middlewares than are used."""
    return {
        "JOBALERTS_JOB": job,
        "JOBALERTS_DEADLINE": deadline,
        "JOBALERTS_TURNS": TurnsOfCrawl(job, deadline),
        "USER_AGENT": USER_AGENT.format(contact=job.contact),
        "DOWNLOAD_MAXSIZE": job.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": job.answer_timeout,
        "REDIRECT_MAX_TIMES": 5,
        "CONCURRENT_REQUESTS": 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4,  # never reached; it bounds the connections kept for the next request
        "CONCURRENT_ITEMS": 1,  # there are no items: 100, its default, is 100 tasks for each answer
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # it parses the source of the callback for every answer
        "AUTOTHROTTLE_ENABLED": job.is_throttled,
        "AUTOTHROTTLE_START_DELAY": 0.25,
        "AUTOTHROTTLE_MAX_DELAY": 10,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 2.0,
        "CLOSESPIDER_TIMEOUT": job.time_limit,
        "CLOSESPIDER_PAGECOUNT": job.max_pages + 100,
        "MEMUSAGE_LIMIT_MB": MEMORY_LIMIT_MB,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "RETRY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "TWISTED_DNS_RESOLVER": "crawler.guard.PublicResolver",
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER} | dict.fromkeys(("file", "data", "ftp", "s3")),
        "DOWNLOADER_MIDDLEWARES_BASE": MIDDLEWARES,
        "DOWNLOADER_MIDDLEWARES": OWN_MIDDLEWARES,
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": EXTENSIONS,
        "LOG_VERSIONS": [],  # they are looked up even when nothing is logged
        "LOG_ENABLED": bool(job.log_level),
        "LOG_LEVEL": job.log_level or "ERROR",
    }


def _judge_end(crawler: Crawler, collector: Collector) -> None:
    """What only Scrapy's stats tell: stopped at a limit, stopped by a signal, an error in our own code."""
    stats = crawler.stats.get_stats()
    reason = stats.get("finish_reason")
    collector.robots = stats.get(SAID)
    broken = sorted(key.rpartition("/")[2] for key in stats if key.startswith("spider_exceptions/"))
    if reason == "closespider_timeout":
        collector.fail("timeout", "the time limit passed")
    elif reason == "memusage_exceeded":
        collector.fail("too_large", f"more than {MEMORY_LIMIT_MB} MiB of memory")
    elif reason != "finished":
        collector.fail("timeout", f"stopped before the end ({reason})")
    if "BrokenPipeError" in broken:
        raise BrokenPipeError
    if broken:
        collector.fail("malformed", f"reading failed: {', '.join(broken)}")
    if not collector.failures and not collector.answers:
        collector.fail("network", "no answer came")


def main(arguments: list[str]) -> int:
    """Run the job given as the one argument; the exit code is that of its outcome."""
    output = sys.stdout.buffer
    outcome = fetch(job_from_json(orjson.loads(arguments[0])), output.write)
    output.write(orjson.dumps(outcome.to_json()) + b"\n")
    output.flush()
    return outcome.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
