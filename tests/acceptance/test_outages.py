"""Each server goes away in mid-crawl and in mid-digest: nothing is lost, doubled or closed, and people are told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import psycopg
import pytest
import uuid_utils
from psycopg import sql

from tests.acceptance.plant import BOARD, LONG_S, PATIENCE_S, PROGRAMS, Plant, Servers, away, plant_on

pytestmark = pytest.mark.timeout(300 + 12 * LONG_S)
PAGES = ("/", "/stats", "/boards", f"/boards/{BOARD}", "/tasks", "/register", "/api/v1/task_stats")
CRAWLING_S = max(7.0, LONG_S)  # longer than the board takes to answer
GATHERING_S = max(11.0, LONG_S)  # longer than a digest waits for more
MOST_LINES = 150 + LONG_S  # of one program's log in one outage


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
    servers = Servers(sql=database, mongodb=mongodb_url, broker=rabbitmq_url)
    with plant_on(servers, tmp_path_factory.mktemp("outages")) as found:
        yield found


@pytest.mark.parametrize("part", ["mongodb", "sql", "broker"])
def test_a_server_that_goes_away_in_mid_crawl_and_in_mid_digest_costs_nothing(plant: Plant, part: str) -> None:
    plant.all_is_told()
    before = plant.lines()
    plant.publish()
    plant.board.slow_for_s = 4
    plant.crawl()
    with away(plant, part, CRAWLING_S):
        _site_says_so(plant, part)
    plant.board.slow_for_s = 0

    plant.wait(
        lambda: plant.run_what_waits() or _waiting_matches(plant) or plant.is_mailed(),  # in a long outage, meanwhile
        PATIENCE_S, "matches of what is new",
    )  # fmt: skip
    with away(plant, part, GATHERING_S):
        pass

    plant.all_is_told()
    grown = {name: count - before[name] for name, count in plant.lines().items()}
    assert max(grown.values()) < MOST_LINES, grown
    assert all(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in plant.pids.values())
    assert all("Traceback" not in plant.programs.log(name) for name in PROGRAMS)


def test_a_mail_server_that_refuses_is_seen_and_delays_the_mail_only(plant: Plant) -> None:
    plant.all_is_told()
    plant.publish()
    plant.gates["smtp"].shut()
    plant.crawl()
    plant.wait(
        lambda: "cannot talk to the mail server" in plant.admin.get("/mails?status=waiting"), 60, "a waiting mail"
    )
    assert "cannot talk" not in plant.answer("/mails")[1], "that is for admins alone"
    assert plant.answer("/readyz")[0] == 200
    plant.gates["smtp"].open()
    plant.all_is_told()


def test_servers_that_hang_are_named_and_the_site_is_alive(plant: Plant) -> None:
    plant.all_is_told()
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
    plant.publish()
    plant.crawl()
    plant.all_is_told()


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


def _waiting_matches(plant: Plant) -> bool:
    return plant.count("SELECT count(*) FROM matches WHERE digest_id IS NULL") > 0
