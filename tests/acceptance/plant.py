"""The four programs on real servers behind gates, with a board, a mail sink and an admin who look on."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import urllib3
import uuid_utils
from pymongo import MongoClient

from tests.acceptance.gate import Gate
from tests.acceptance.mail_sink import MailSink
from tests.acceptance.numbered_board import NumberedBoard
from tests.acceptance.people import confirmed_person, numbers_mailed
from tests.acceptance.programs import STARTED_WITHIN_S, Programs, Visitor, link_in, wait_for

LONG_S = float(os.environ.get("OUTAGE_S", "0"))
"""OUTAGE_S=300 by hand: outages as long as the promise says; what is put off is then waited for, not hurried."""

PERSON = "engineer@people.example"
BOARD = "greenhouse/numbered"
COMPANIES = "companies:\n  - name: Numbered\n    boards: [greenhouse/numbered]\n"
PROGRAMS = ("web", "scheduler", "worker", "mailer")
ADDED = 12
PATIENCE_S = 60 + 4 * LONG_S


@dataclass(frozen=True, kw_only=True)
class Servers:
    """Where the servers are; `sql` is a database of the plant's own."""

    sql: str
    mongodb: str
    broker: str


@dataclass(frozen=True, kw_only=True)
class Plant:
    """The four programs, their ways to the servers, and who looks on."""

    programs: Programs
    pids: dict[str, int]
    gates: dict[str, Gate]
    board: NumberedBoard
    sink: MailSink
    admin: Visitor
    database: str

    def answer(self, path: str) -> tuple[int, str]:
        with urllib3.PoolManager(retries=False, timeout=30) as pool:
            answer = pool.request("GET", self.programs.site + path)
        return answer.status, answer.data.decode()

    def count(self, query: str) -> int:
        with psycopg.connect(self.database) as connection:
            row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return int(row[0])

    def lines(self) -> dict[str, int]:
        return {name: self.programs.log(name).count("\n") for name in PROGRAMS}

    def wait(self, condition: object, within_s: float, what: str) -> None:
        assert callable(condition)
        wait_for(condition, within_s=within_s, what=what, programs=self.programs)

    def publish(self) -> None:
        """The board has more postings."""
        self.board.numbers = range(self.board.numbers.stop + ADDED)

    def crawl(self) -> None:
        """Ask for a crawl, and return when the board is being read."""
        reads = self.board.reads
        asked = self.programs.command("boards", "crawl", BOARD)
        assert asked.returncode == 0, asked.stderr
        self.wait(lambda: self.board.reads > reads, 60, "the board is read")

    def run_what_waits(self) -> bool:
        """As an admin does who sees a task that would be tried again in five minutes; True is never."""
        status, body = self.admin.api("GET", f"tasks?status=retrying&board={BOARD}")
        for task in body["tasks"] if status == 200 and not LONG_S else []:
            if "MongoDB does not answer" in self.admin.get(f"/tasks/{task['task_id']}"):
                self.admin.submit(f"/tasks/{task['task_id']}")
        return False

    def expected(self) -> list[int]:
        """The postings that fit the person."""
        return [number for number in self.board.numbers if number % 3 == 0]

    def is_mailed(self) -> bool:
        return len(numbers_mailed(self.sink, PERSON)) >= len(self.expected())

    def all_is_told(self) -> None:
        """Every posting is stored and open, and every one that fits has been mailed exactly once."""
        expected = self.expected()
        self.wait(lambda: self.run_what_waits() or self.is_mailed(), PATIENCE_S, f"mails about {expected}")
        assert sorted(numbers_mailed(self.sink, PERSON)) == expected
        _status, figures = self.admin.api("GET", "task_stats")
        assert figures["postings"]["open"] == len(self.board.numbers)
        self.wait(lambda: self.admin.api("GET", "task_stats")[1]["running"] == 0, 30, "nothing running")


@contextmanager
def plant_on(servers: Servers, home: Path) -> Iterator[Plant]:
    """Start everything; a person who wants every third posting has confirmed."""
    (home / "companies.yaml").write_text(COMPANIES)
    postings = f"t{uuid_utils.uuid7().hex}"
    with ExitStack() as stack:
        board = stack.enter_context(NumberedBoard(range(ADDED)))
        sink = stack.enter_context(MailSink())
        urls = {"sql": servers.sql, "mongodb": servers.mongodb, "broker": servers.broker, "smtp": sink.url}
        gates = {name: stack.enter_context(_gate(url)) for name, url in urls.items()}
        ways = {name: _through(gates[name], url) for name, url in urls.items()}
        environment = {
            "DATABASE_URL": ways["sql"],
            "MONGODB_URL": ways["mongodb"],
            "MONGODB_DATABASE": postings,
            "BROKER_URL": ways["broker"],
            "SMTP_URL": ways["smtp"],
            "COMPANIES_FILE": str(home / "companies.yaml"),
        }
        programs = stack.enter_context(Programs(home, environment))
        pids = _started(programs, board)
        admin = Visitor(programs.site)
        admin.submit(link_in(programs.command("admin", "link").stdout, "/sign-in/"))
        confirmed_person(programs, sink, PERSON, company="Numbered")
        yield Plant(
            programs=programs, pids=pids, gates=gates, board=board, sink=sink, admin=admin, database=servers.sql
        )
    with MongoClient(servers.mongodb) as client:
        client.drop_database(postings)


@contextmanager
def away(plant: Plant, part: str, seconds: float) -> Iterator[None]:
    """The part cannot be reached for so long, or as long as the body takes."""
    until = time.monotonic() + seconds
    plant.gates[part].shut()
    try:
        yield
        time.sleep(max(0.0, until - time.monotonic()))
    finally:
        plant.gates[part].open()


def _gate(url: str) -> Gate:
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    return Gate((parts.hostname, parts.port))


def _through(gate: Gate, url: str) -> str:
    """The same address by way of the gate."""
    parts = urlsplit(url)
    user = parts.netloc.rpartition("@")[0]
    return parts._replace(netloc=f"{user}{'@' if user else ''}127.0.0.1:{gate.port}").geturl()


def _started(programs: Programs, board: NumberedBoard) -> dict[str, int]:
    words = ("boards", "add", "greenhouse", "numbered", "--company", "Numbered", "--base-url", board.url)
    for command in (("migrate",), (*words, "--no-activate")):
        done = programs.command(*command)
        assert done.returncode == 0, done.stderr
    pids = {name: programs.start(name, name) for name in PROGRAMS}
    visitor = Visitor(programs.site)
    wait_for(lambda: visitor.get("/"), within_s=STARTED_WITHIN_S, what="the site", programs=programs)
    return pids
