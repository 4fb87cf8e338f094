"""Each server goes away in mid-crawl and in mid-digest: nothing is lost, doubled or closed, and people are told."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
import urllib3
import uuid_utils
from psycopg import sql
from pymongo import MongoClient

from tests.acceptance.gate import Gate
from tests.acceptance.mail_sink import MailSink
from tests.acceptance.numbered_board import NumberedBoard
from tests.acceptance.people import confirmed_person, numbers_mailed
from tests.acceptance.programs import STARTED_WITHIN_S, Programs, Visitor, link_in, wait_for

PERSON = "engineer@people.example"
BOARD = "greenhouse/numbered"
COMPANIES = "companies:\n  - name: Numbered\n    boards: [greenhouse/numbered]\n"
PROGRAMS = ("web", "scheduler", "worker", "mailer")
PAGES = ("/", "/stats", "/boards", f"/boards/{BOARD}", "/tasks", "/register", "/api/v1/task_stats")
CRAWLING_S = 7  # longer than the board takes to answer
GATHERING_S = 11  # longer than a digest waits for more
MOST_LINES = 150  # of one program's log in one outage
ADDED = 12


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


@pytest.fixture(scope="module")
def database(postgres_server: str) -> Iterator[str]:
    """DATABASE_URL of an empty database."""
    name = f"t{uuid_utils.uuid7().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield f"{postgres_server.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def plant(
    tmp_path_factory: pytest.TempPathFactory, database: str, mongodb_url: str, rabbitmq_url: str
) -> Iterator[Plant]:
    home = tmp_path_factory.mktemp("outages")
    (home / "companies.yaml").write_text(COMPANIES)
    postings = f"t{uuid_utils.uuid7().hex}"
    with (
        NumberedBoard(range(ADDED)) as board,
        MailSink() as sink,
        _gate(database) as sql_gate,
        _gate(mongodb_url) as mongodb_gate,
        _gate(rabbitmq_url) as broker_gate,
        _gate(sink.url) as smtp_gate,
    ):
        environment = {
            "DATABASE_URL": _through(sql_gate, database),
            "MONGODB_URL": _through(mongodb_gate, mongodb_url),
            "MONGODB_DATABASE": postings,
            "BROKER_URL": _through(broker_gate, rabbitmq_url),
            "SMTP_URL": _through(smtp_gate, sink.url),
            "COMPANIES_FILE": str(home / "companies.yaml"),
        }
        with Programs(home, environment) as programs:
            pids = _started(programs, board)
            admin = Visitor(programs.site)
            admin.submit(link_in(programs.command("admin", "link").stdout, "/sign-in/"))
            confirmed_person(programs, sink, PERSON, company="Numbered")
            gates = {"sql": sql_gate, "mongodb": mongodb_gate, "broker": broker_gate, "smtp": smtp_gate}
            yield Plant(
                programs=programs, pids=pids, gates=gates, board=board, sink=sink, admin=admin, database=database
            )
    with MongoClient(mongodb_url) as client:
        client.drop_database(postings)


@pytest.mark.parametrize("part", ["mongodb", "sql", "broker"])
def test_a_server_that_goes_away_in_mid_crawl_and_in_mid_digest_costs_nothing(plant: Plant, part: str) -> None:
    _all_is_told(plant)
    before = plant.lines()
    plant.board.numbers = range(plant.board.numbers.stop + ADDED)
    plant.board.slow_for_s = 4
    _crawl(plant)
    with _away(plant, part, CRAWLING_S):
        _site_says_so(plant, part)
    plant.board.slow_for_s = 0

    plant.wait(lambda: _run_what_waits(plant) or _waiting_matches(plant), 40, "matches of what is new")
    with _away(plant, part, GATHERING_S):
        pass

    _all_is_told(plant)
    grown = {name: count - before[name] for name, count in plant.lines().items()}
    assert max(grown.values()) < MOST_LINES, grown
    assert all(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in plant.pids.values())
    assert all("Traceback" not in plant.programs.log(name) for name in PROGRAMS)


def test_a_mail_server_that_refuses_is_seen_and_delays_the_mail_only(plant: Plant) -> None:
    _all_is_told(plant)
    plant.board.numbers = range(plant.board.numbers.stop + ADDED)
    plant.gates["smtp"].shut()
    _crawl(plant)
    plant.wait(
        lambda: "cannot talk to the mail server" in plant.admin.get("/mails?status=waiting"), 60, "a waiting mail"
    )
    assert "cannot talk" not in plant.answer("/mails")[1], "that is for admins alone"
    assert plant.answer("/readyz")[0] == 200
    plant.gates["smtp"].open()
    _all_is_told(plant)


def test_servers_that_hang_are_named_and_the_site_is_alive(plant: Plant) -> None:
    _all_is_told(plant)
    stores = ("sql", "mongodb", "broker")
    for name in stores:
        plant.gates[name].freeze()
    try:
        status, body = plant.answer("/readyz")
        assert (status, [name in body for name in stores]) == (503, [True] * 3)
        assert plant.answer("/healthz")[0] == 200
    finally:
        for name in stores:
            plant.gates[name].open()
    plant.wait(lambda: plant.answer("/readyz")[0] == 200, 30, "ready again")
    plant.board.numbers = range(plant.board.numbers.stop + ADDED)
    _crawl(plant)
    _all_is_told(plant)


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


@contextmanager
def _away(plant: Plant, part: str, seconds: float) -> Iterator[None]:
    until = time.monotonic() + seconds
    plant.gates[part].shut()
    try:
        yield
        time.sleep(max(0.0, until - time.monotonic()))
    finally:
        plant.gates[part].open()


def _crawl(plant: Plant) -> None:
    """Ask for a crawl, and return when the board is being read."""
    reads = plant.board.reads
    asked = plant.programs.command("boards", "crawl", BOARD)
    assert asked.returncode == 0, asked.stderr
    plant.wait(lambda: plant.board.reads > reads, 60, "the board is read")


def _site_says_so(plant: Plant, part: str) -> None:
    """No page breaks: it is whole, or says in words which part is away."""
    with ThreadPoolExecutor(len(PAGES) + 2) as pool:
        alive, ready = pool.submit(plant.answer, "/healthz"), pool.submit(plant.answer, "/readyz")
        answers = dict(zip(PAGES, pool.map(plant.answer, PAGES), strict=True))
    assert alive.result()[0] == 200
    status, body = ready.result()
    assert status == 503
    assert f'"{part}":"no answer"' in body
    for path, (status, page) in answers.items():
        assert status in (200, 503), (path, status)
        assert "Traceback" not in page
        if status == 503:
            assert {"sql": "SQL database", "mongodb": "MongoDB"}[part] in page, (path, page)


def _run_what_waits(plant: Plant) -> bool:
    """As an admin does who sees a task that would be tried again in five minutes; True is never."""
    status, body = plant.admin.api("GET", f"tasks?status=retrying&board={BOARD}")
    for task in body["tasks"] if status == 200 else []:
        if "MongoDB does not answer" in plant.admin.get(f"/tasks/{task['task_id']}"):
            plant.admin.submit(f"/tasks/{task['task_id']}")
    return False


def _waiting_matches(plant: Plant) -> bool:
    return plant.count("SELECT count(*) FROM matches WHERE digest_id IS NULL") > 0


def _all_is_told(plant: Plant) -> None:
    """Every posting is stored and open, and every one that fits has been mailed exactly once."""
    expected = [number for number in plant.board.numbers if number % 3 == 0]
    plant.wait(lambda: len(numbers_mailed(plant.sink, PERSON)) >= len(expected), 60, f"mails about {expected}")
    assert sorted(numbers_mailed(plant.sink, PERSON)) == expected
    _status, figures = plant.admin.api("GET", "task_stats")
    assert figures["postings"]["open"] == len(plant.board.numbers)
    plant.wait(lambda: plant.admin.api("GET", "task_stats")[1]["running"] == 0, 30, "nothing running")
