"""Memory of one crawl: a paged board of 10,000 postings, and one answer of 60 MiB.

Each is read in a process forked from one that has everything loaded, as the launcher does it. What counts is the peak
of its resident memory (VmHWM, what `ps` shows), with all that it was born with and shares with the launcher. Beside it:
what the crawl itself added, and its share (PSS), in which a page that two processes share counts half.
"""

import re
import subprocess
import sys
from pathlib import Path

import orjson

from benchmarks.crawl_json import PARAGRAPH, PATH, row
from benchmarks.sides import serve_pages
from crawler import fetch, fetching, launcher
from crawler.jobs import MIB, Job
from crawler.shape import Ask, Board, JsonList, Source
from crawler.sources.lever import draft

PAGE, PAGES = 100, 100
LARGE = "/v0/postings/large"
GOALS = {"paged": ("10,000 postings on 100 pages", 150), "large": ("one answer of 60 MiB", 300)}


def large_page() -> bytes:
    """Postings of about 5 kB, 60 MiB of them."""
    one = orjson.dumps(row(0) | {"description": PARAGRAPH * 40})
    count = 60 * MIB // (len(one) + 1)
    return orjson.dumps([row(number) | {"description": PARAGRAPH * 40} for number in range(count)])


def source(kind: str) -> Source:
    def start(board: Board) -> tuple[Ask, ...]:
        paths = [LARGE] if kind == "large" else [PATH.format(page) for page in range(PAGES)]
        return tuple(Ask(url=f"https://api.lever.co{path}") for path in paths)

    return Source(start=start, read=JsonList(urls=("unused",), draft=draft).source().read, draft=draft)


def crawl(kind: str, url: str) -> int:
    """In the fork: read the board, and print MiB at birth, at the peak and its share at the end, and what was read."""
    born = _held("status", "VmRSS")
    job = Job(source="lever", token="bench", base_url=url, time_limit=900)
    outcome = fetch.fetch(job, len, source=source(kind))
    peak, share = _held("status", "VmHWM"), _held("smaps_rollup", "Pss")
    print(born, peak, share, outcome.name, outcome.seen, flush=True)
    return 0


def _held(file: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/self/{file}").read_text(), re.M)
    return int(found[1]) // 1024 if found else 0


def side(kind: str, url: str) -> None:
    launcher.preload()
    forked = fetching.start(lambda: crawl(kind, url))
    sys.stdout.buffer.write(forked.lines.read())
    sys.exit(forked.wait())


def main() -> None:
    if sys.platform != "linux":
        print("memory is measured on Linux only")
        return
    pages = {PATH.format(page): orjson.dumps([row(page * PAGE + n) for n in range(PAGE)]) for page in range(PAGES)}
    with serve_pages(pages | {LARGE: large_page()}, "application/json") as url:
        for kind, (what, goal) in GOALS.items():
            command = [sys.executable, "-m", "benchmarks.memory", kind, url]
            words = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode().split()
            born, peak, share, outcome, seen = words
            print(f"{what}: {outcome}, {int(seen):,} postings")
            verdict = "kept" if int(peak) <= goal else "missed"
            added = int(peak) - int(born)
            print(f"  peak RSS {peak} MiB, {added} of them by the crawl; goal: at most {goal} MiB, {verdict}")
            print(f"  PSS at the end {share} MiB")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        side(sys.argv[1], sys.argv[2])
    else:
        main()
