"""`python -m tests.component.crawl.fetching_server`: reading processes forked with Scrapy loaded, as the launcher does.

Each line of standard input is a job; its answer is a line with the exit code and where output and errors are.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler import fetch
from crawler.launcher import preload


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A reading process that has ended."""

    exit_code: int
    output: bytes
    errors: bytes


class FetchingServer:
    """The tests' side of it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.component.crawl.fetching_server"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def fetch(self, job: dict[str, Any]) -> Done:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            self._process.stdin.write(json.dumps({"job": job, "folder": folder}).encode() + b"\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
            output, errors = (Path(folder, name).read_bytes() for name in ("output", "errors"))
            return Done(exit_code=answer["exit_code"], output=output, errors=errors)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def serve() -> None:
    preload()
    for line in sys.stdin.buffer:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                for number, name in ((1, "output"), (2, "errors")):
                    os.dup2(os.open(Path(order["folder"], name), os.O_WRONLY | os.O_CREAT), number)
                code = fetch.main([json.dumps(order["job"])])
            except BaseException:  # noqa: BLE001 - nothing of the server may run on in the child
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        sys.stdout.write(json.dumps({"exit_code": code}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
