"""`python -m crawler.launcher FD`: forks runs for one worker, with everything of Scrapy loaded once.

Single-threaded and without a reactor, so that forking is safe. Each order on the Unix socket FD is one message: a JSON
object with the file descriptors of the run as ancillary data. Answers are JSON lines. When the worker is gone, so is
every run: each watches its own beat, and what is left of them is ended here.
"""

import array
import contextlib
import ctypes
import gc
import importlib
import os
import selectors
import signal
import socket
import sys
import time
import traceback
from typing import Any

import orjson

from crawler import fetch
from crawler.confinement import adopt_orphans, confine
from crawler.fields.modes import language_of
from crawler.postings import posting_from
from crawler.process_trees import end_descendants, end_tree
from crawler.run import Pipes, run
from crawler.shape import Board
from crawler.sources import load_source

LARGEST_MESSAGE = 64 * 1024
DESCRIPTORS = ("output", "result", "order", "beat", "lock")  # in this order in every message that starts a run
GOODBYE_S = 5.0
PRELOADED = (
    "protego",
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.engine",
    "scrapy.core.scheduler",
    "scrapy.core.scraper",
    "scrapy.dupefilters",
    "scrapy.logformatter",
    "scrapy.pipelines",
    "scrapy.spiderloader",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "twisted.internet.asyncioreactor",
)
SAMPLE = {  # a posting that has every part read
    "id": "sample",
    "text": "Software Engineer",
    "hostedUrl": "https://jobs.example/sample",
    "createdAt": 0,
    "categories": {"location": "Paris, Texas", "allLocations": ["Paris, Texas"], "commitment": "Full-time"},
    "description": "<p>You have at least 3 years of experience. The salary is $100,000 a year.</p>",
    "lists": [{"text": "Requirements", "content": "<li>5+ years of experience with Python</li>"}],
}
NO_SENTENCE = "Python, Kubernetes, PostgreSQL, Terraform, Kafka, Grafana, Prometheus, Ansible, GraphQL. " * 2
"""Text without function words, whose language is asked of the model."""


class Launcher:
    """Runs by the id their worker gave them."""

    def __init__(self, worker: socket.socket) -> None:
        self._worker = worker
        self._runs: dict[int, str] = {}  # pid: id

    def serve(self) -> None:
        """Until the worker is gone."""
        selector = selectors.DefaultSelector()
        selector.register(self._worker, selectors.EVENT_READ)
        wake_up = _wake_up_on_child()
        selector.register(wake_up, selectors.EVENT_READ)
        while True:
            for key, _events in selector.select(1.0):
                if key.fileobj is wake_up:
                    wake_up.recv(4096)
                elif not self._take_message():
                    self._say_goodbye()
                    return
            self._reap()

    def _take_message(self) -> bool:
        data, descriptors = _receive(self._worker)
        if not data:
            return False
        message: dict[str, Any] = orjson.loads(data)
        if "end" in message:
            self._end(str(message["end"]))
            self._tell({"answer": message["end"]})
            return True
        try:
            pid = self._fork(message, dict(zip(DESCRIPTORS, descriptors, strict=True)))
            self._runs[pid] = str(message["id"])
            self._tell({"answer": message["id"], "pid": pid})
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return True

    def _fork(self, message: dict[str, Any], given: dict[str, int]) -> int:
        pid = os.fork()
        if pid == 0:
            self._worker.close()
            _become_run(orjson.dumps(message["job"]), given)
        return pid

    def _end(self, name: str) -> None:
        for pid in [pid for pid, run_name in self._runs.items() if run_name == name]:
            end_tree(pid)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                name = self._runs.pop(ended[0], None)
                if name is not None:
                    end_descendants(os.getpid(), spare=frozenset(self._runs))  # what it left behind is ours now
                    self._tell({"ended": name, "code": os.waitstatus_to_exitcode(ended[1])})

    def _tell(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # the worker is gone: noticed at the next read
            self._worker.sendall(orjson.dumps(message) + b"\n")

    def _say_goodbye(self) -> None:
        """Runs end by themselves when their beat ends; what has not after 5 s is ended."""
        deadline = time.monotonic() + GOODBYE_S
        while self._runs and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.05)
        end_descendants(os.getpid())


def preload() -> None:
    """Load what a fetch would load, once for all of them: modules, place names, the languages' model."""
    own = (*fetch.OWN_MIDDLEWARES, *fetch.MIDDLEWARES, *fetch.EXTENSIONS, fetch.HANDLER)
    for name in (*PRELOADED, *(path.rpartition(".")[0] for path in own)):
        importlib.import_module(name)
    if "twisted.internet.reactor" in sys.modules:
        raise RuntimeError("a reactor was installed while preloading: forked crawls would share it")
    board = Board(source="lever", token="sample", company=None)  # noqa: S106 - the name of a board
    draft = load_source("lever").draft(SAMPLE, board)
    if draft is not None:
        posting_from(draft, board)
    language_of(NO_SENTENCE)
    gc.collect()
    _give_back()
    gc.freeze()  # what is loaded now stays shared: no fork's collector touches, and so copies, these pages


def _give_back() -> None:
    """Free memory that making the tables has left in the C library's heap; every fork would seem to hold it."""
    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def _become_run(job: bytes, given: dict[str, int]) -> None:
    """Never returns. The lock's descriptor stays open in the run and in its fetch, until the last of them is gone."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(given["output"], 1)
        os.dup2(given["output"], 2)
        os.close(given["output"])
        confine()
        code = run(job, Pipes(order=given["order"], beat=given["beat"], result=given["result"]))
    except BaseException:  # noqa: BLE001 - nothing of the launcher may run on in the child
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _receive(worker: socket.socket) -> tuple[bytes, list[int]]:
    """One message and its descriptors; empty when the worker is gone. It waits for an answer before the next."""
    descriptors = array.array("i")
    space = socket.CMSG_SPACE(len(DESCRIPTORS) * descriptors.itemsize)
    try:
        data, ancillary, _flags, _address = worker.recvmsg(LARGEST_MESSAGE, space)
    except ConnectionError:
        return b"", []
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(content[: len(content) - len(content) % descriptors.itemsize])
    return data, list(descriptors)


def _wake_up_on_child() -> socket.socket:
    ours, signals = socket.socketpair()
    ours.setblocking(False)
    signals.setblocking(False)
    signal.set_wakeup_fd(signals.detach())
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    return ours


def main(arguments: list[str]) -> int:
    """Serve the worker at the other end of the socket whose descriptor is the one argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the worker, which ends us by closing the socket
    preload()
    adopt_orphans()
    worker = socket.socket(fileno=int(arguments[0]))
    with contextlib.suppress(OSError):  # the worker died while we loaded: noticed at the first read
        worker.sendall(orjson.dumps({"ready": os.getpid()}) + b"\n")
    Launcher(worker).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
