"""The main job on real parts: two people register, a worker dies in mid-crawl, each gets exactly what fits, once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.mail_sink import MailSink, text_of
from tests.acceptance.numbered_board import NumberedBoard
from tests.acceptance.programs import STARTED_WITHIN_S, Programs, Visitor, link_in, wait_for

TAKEOVER_S = 45
ENGINEER, SELLER = "engineer@people.example", "seller@people.example"
COMPANIES = "companies:\n  - name: Numbered\n    boards: [greenhouse/numbered]\n"


@pytest.fixture
def board() -> Iterator[NumberedBoard]:
    with NumberedBoard(range(30)) as board:
        yield board


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


@pytest.fixture(params=["embedded", "postgresql-rabbitmq"])
def programs(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    mongodb_url: str,
    mongodb_database: str,
    sink: MailSink,
    board: NumberedBoard,
) -> Iterator[Programs]:
    (tmp_path / "companies.yaml").write_text(COMPANIES)
    environment = {
        "MONGODB_URL": mongodb_url,
        "MONGODB_DATABASE": mongodb_database,
        "SMTP_URL": sink.url,
        "COMPANIES_FILE": str(tmp_path / "companies.yaml"),
        "LOG_LEVEL": "INFO",
    }
    if request.param != "embedded":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres_url")
        environment["BROKER_URL"] = request.getfixturevalue("rabbitmq_url")
    with Programs(tmp_path, environment) as programs:
        migrated = programs.command("migrate")
        assert migrated.returncode == 0, migrated.stderr
        added = programs.command(
            "boards", "add", "greenhouse", "numbered", "--company", "Numbered", "--base-url", board.url, "--no-activate"
        )
        assert added.returncode == 0, added.stderr
        for name in ("web", "scheduler", "mailer"):
            programs.start(name, name)
        programs.start("worker-1", "worker")
        yield programs


def _register(visitor: Visitor, sink: MailSink, email: str, job_type: str) -> str:
    status, _body = visitor.api(
        "POST",
        "register",
        {
            "username": email.split("@", 1)[0],
            "email": email,
            "job_types": [job_type],
            "years_of_experience": "3-5",
            "companies": ["Numbered"],
            "locations": ["Germany"],
        },
    )
    assert status == 201
    confirm = wait_for(lambda: sink.to(email), within_s=30, what=f"the confirm mail to {email}")[0]
    return Visitor(visitor.site).submit(link_in(text_of(confirm), "/confirm/"))


def _digests(sink: MailSink, email: str) -> list[list[int]]:
    """The numbers of the postings in each digest that reached the address."""
    found = [[int(n) for n in re.findall(r"numbered\.example/jobs/(\d+)", text_of(mail))] for mail in sink.to(email)]
    return [sorted(set(numbers)) for numbers in found if numbers]


def _crawls(visitor: Visitor, status: str) -> list[dict[str, object]]:
    code, body = visitor.api("GET", f"tasks?status={status}&board=greenhouse/numbered")
    assert code == 200
    return list(body["tasks"])


def test_each_person_gets_exactly_what_fits_once_though_a_worker_is_killed_midway(
    programs: Programs, board: NumberedBoard, sink: MailSink
) -> None:
    visitor = Visitor(programs.site)
    wait_for(
        lambda: visitor.api("GET", "task_stats")[0] == 200,
        within_s=STARTED_WITHIN_S,
        what="the site",
        programs=programs,
    )
    board.slow_for_s = 8
    page = _register(visitor, sink, ENGINEER, "software_engineer")
    assert "Numbered" in page
    _register(visitor, sink, SELLER, "sales")
    wait_for(
        lambda: board.reads and _crawls(visitor, "running"), within_s=60, what="a running crawl", programs=programs
    )

    programs.kill("worker-1")
    programs.start("worker-2", "worker")
    board.slow_for_s = 0

    wait_for(
        lambda: _digests(sink, ENGINEER) and _digests(sink, SELLER),
        within_s=TAKEOVER_S + 90,
        what="both digests",
        programs=programs,
    )
    assert _digests(sink, ENGINEER) == [[n for n in range(30) if n % 3 == 0]]
    assert _digests(sink, SELLER) == [[n for n in range(30) if n % 3 == 1]]
    assert len(_crawls(visitor, "success")) == 1

    board.numbers = range(3, 33)
    again = programs.command("boards", "crawl", "greenhouse/numbered")
    assert again.returncode == 0, again.stderr
    wait_for(
        lambda: len(_digests(sink, SELLER)) == 2, within_s=90, what="the digests of what is new", programs=programs
    )
    wait_for(lambda: len(_digests(sink, ENGINEER)) == 2, within_s=30, what="the other digest", programs=programs)
    assert _digests(sink, ENGINEER)[1:] == [[30]]
    assert _digests(sink, SELLER)[1:] == [[31]]

    programs.command("boards", "crawl", "greenhouse/numbered")
    wait_for(lambda: len(_crawls(visitor, "success")) == 3, within_s=60, what="the third crawl", programs=programs)
    wait_for(lambda: visitor.api("GET", "task_stats")[1]["running"] == 0, within_s=10, what="nothing running")
    assert [len(_digests(sink, ENGINEER)), len(_digests(sink, SELLER))] == [2, 2]
