"""Answers requests for rendered pages by a process of its own, which is killed with all of Chromium when it is late."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from typing import Any, Self

import orjson
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import HtmlResponse

from crawler.confinement import die_with_parent
from crawler.jobs import Job
from crawler.process_trees import end_tree
from crawler.turns import TurnsOfCrawl
from jobalerts import browsers

WAIT_S = 20.0
"""Seconds the page has to show what is waited for; starting and ending Chromium comes on top."""
LIMIT_S = 45.0


class Unrendered(IgnoreRequest):
    """The page cannot be rendered, and would not be if tried again at once."""


class Rendering:
    """Downloader middleware, last of all, so that the guard and robots.txt were asked before."""

    def __init__(self, job: Job, deadline: float, user_agent: str, *, turns: TurnsOfCrawl) -> None:
        self._turns = turns
        self._job = job
        self._deadline = deadline
        self._user_agent = user_agent
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        job, deadline, user_agent = settings["JOBALERTS_JOB"], settings["JOBALERTS_DEADLINE"], settings["USER_AGENT"]
        return cls(job, deadline, user_agent, turns=settings["JOBALERTS_TURNS"])

    async def process_request(self, request: Request) -> HtmlResponse | None:
        rules = request.meta.get("rules")
        if rules is None:
            return None
        async with self._one_at_a_time, self._turns.at(request.url):
            page = await self._render(request, rules)
        if len(page["html"]) > self._job.max_bytes:
            raise Unrendered(f"DOWNLOAD_MAXSIZE: the page has more than {self._job.max_bytes} bytes")
        return HtmlResponse(request.url, status=page["status"], body=page["html"].encode(), encoding="utf-8")

    async def _render(self, request: Request, rules: Any) -> Any:  # noqa: ANN401 - what the process writes
        limit = min(LIMIT_S, self._deadline - time.monotonic())
        is_list = request.cb_kwargs["ask"].row is None
        with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as folder:
            origin = self._job.origin
            order = {
                "url": request.url,
                "wait_for": ", ".join(filter(None, (rules.item, rules.empty))) if is_list else "body *",
                "hosts": rules.hosts,
                "exempt": [origin.host, origin.port] if origin else None,
                "user_agent": self._user_agent,
                "seconds": min(WAIT_S, max(1.0, limit - 5)),
                "folder": folder,
            }
            process = _start(order, folder)
            try:
                out, errors = await asyncio.to_thread(process.communicate, timeout=max(1.0, limit))
            except subprocess.TimeoutExpired:
                raise DownloadTimeoutError(f"{request.url} was not rendered within {limit:.0f} s") from None
            finally:
                end_tree(process.pid)
                process.wait()
        if process.returncode:
            raise Unrendered((errors.decode(errors="replace").strip().splitlines() or ["Chromium ended"])[-1])
        return orjson.loads(out)


def _start(order: dict[str, Any], folder: str) -> subprocess.Popen[bytes]:
    environment = {"PATH": browsers.PATH, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.chromium", orjson.dumps(order).decode()],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509 - it ends with this process, come what may
    )
