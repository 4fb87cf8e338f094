"""Starting a crawl: a fork of the loaded launcher, with lock, limits and pipes, beside a new Python process.

Both read the same board of one posting; the forked run stores it in MongoDB as well, the new process only prints it.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from benchmarks.crawl_json import row
from benchmarks.sides import serve_pages
from jobalerts import host_locks
from jobalerts.embedded import mongod
from jobalerts.mongo.store import open_store
from jobalerts.runs import RunOrder
from scheduler.launching import Launcher

ROUNDS, PATIENCE_S = 7, 60
BOARD = "lever/bench"


def main() -> None:
    pages = {"/v0/postings/bench?mode=json": orjson.dumps([row(1)])}
    with tempfile.TemporaryDirectory() as folder, serve_pages(pages, "application/json") as url:
        mongo = mongod.start(Path(folder) / "home")
        launcher = Launcher(Path(folder) / "tmp")
        try:
            store = open_store(mongo.url, "bench")
            store.prepare()
            store.close()
            launcher.start()
            _measure(launcher, Path(folder), mongo.url, url)
        finally:
            launcher.close()
            mongo.stop()


def _measure(launcher: Launcher, folder: Path, mongodb_url: str, url: str) -> None:
    job: dict[str, Any] = {"source": "lever", "token": "bench", "base_url": url}
    new, forked, seen = [], [], set()
    for number in range(1, ROUNDS + 1):
        began = time.perf_counter()
        command = [sys.executable, "-m", "crawler.fetch", orjson.dumps(job).decode()]
        out = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        new.append(time.perf_counter() - began)
        seen.add(orjson.loads(out.stdout.splitlines()[-1])["seen"])
        order = RunOrder(
            board=BOARD, epoch=number, mongodb_url=mongodb_url, mongodb_database="bench", time_limit=PATIENCE_S
        )
        began = time.perf_counter()
        seen.add(_forked(launcher, folder, job, order))
        forked.append(time.perf_counter() - began)
    ratio = median(slow / fast for slow, fast in zip(new, forked, strict=True))
    print(f"one crawl of a board of one posting, medians of {ROUNDS} rounds; postings read: {seen}")
    print(f"  a new Python process        {median(new) * 1000:>7,.0f} ms")
    print(f"  forked, and stored          {median(forked) * 1000:>7,.0f} ms")
    print(f"  ratio                       {ratio:>7.1f}; results equal: {len(seen) == 1}")


def _forked(launcher: Launcher, folder: Path, job: dict[str, Any], order: RunOrder) -> int:
    lock = host_locks.acquire(folder / "locks", f"crawl:{BOARD}", patience=PATIENCE_S, stop=threading.Event())
    if lock is None:
        raise SystemExit(f"{BOARD} stays locked")
    try:
        run = launcher.launch(f"{BOARD}:{order.epoch}", job, order, lock=lock)
    finally:
        os.close(lock)
    if not run.ended.wait(PATIENCE_S):
        raise SystemExit(f"a forked run does not end within {PATIENCE_S} s")
    result = orjson.loads(os.read(run.result, 64 * 1024))
    run.close()
    return int(result["counts"]["seen"])


if __name__ == "__main__":
    main()
