"""The mailer as a process: woken by messages, stopped by SIGTERM, killed after the dot."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, update

from jobalerts.broker import ALERT_CHANGED, MAIL_SEND, POSTINGS_NEW, Message
from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.engine import clock, write
from jobalerts.sql.tables import mails, messages
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import Clock, World, a_posting

ADA = "ada@example.org"
PATIENCE_S = 40


@pytest.fixture
def world(sqlite_engine: Engine, mongo: PostingStore, smtp_port: int) -> World:
    from_now_on = Clock()
    with write(sqlite_engine) as connection:
        from_now_on.now = clock(connection)
    return World(engine=sqlite_engine, store=mongo, port=smtp_port, clock=from_now_on)


@pytest.fixture
def environment(world: World, mongodb_url: str, mongodb_database: str, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "JOBALERTS_HOME": str(tmp_path / "var"),
        "DATABASE_URL": str(world.engine.url),
        "MONGODB_URL": mongodb_url,
        "MONGODB_DATABASE": mongodb_database,
        "SMTP_URL": f"smtp://127.0.0.1:{world.port}",
        "MAIL_FROM": "jobalerts <alerts@jobs.example.org>",
    }


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        with (tmp_path / f"mailer-{len(started)}.log").open("wb") as log:
            command = [sys.executable, "-c", "from jobalerts.cli import main; main()", "mailer"]
            process = subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=log, stdout=log)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, f"waited {PATIENCE_S} s for: {what}"
        time.sleep(0.05)


def plan_a_mail(world: World) -> None:
    world.person(ADA)
    world.publish(a_posting())
    world.match()
    world.plan()


def in_doubt(
    world: World, mailbox: Mailbox, start: Callable[[], "subprocess.Popen[bytes]"]
) -> "subprocess.Popen[bytes]":
    """A mailer whose mail the server has taken, and to which it says nothing."""
    plan_a_mail(world)
    mailbox.moods[ADA] = ["dot:hang"]
    process = start()
    until(lambda: mailbox.taken, "the server to have the mail")
    return process


def statuses(world: World) -> list[str]:
    return [mail.status for mail in world.mails()]


def test_messages_lead_to_one_mail_and_sigterm_ends_it(
    world: World, mailbox: Mailbox, start: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    world.person(ADA)
    world.publish(a_posting())
    broker = EmbeddedBroker(world.engine)
    broker.publish(
        [
            Message(queue=POSTINGS_NEW, body={"v": 1, "board": "greenhouse/stripe"}),
            Message(queue=POSTINGS_NEW, body={"v": 1, "board": "greenhouse/stripe"}),
            Message(queue=ALERT_CHANGED, body={"v": 1, "alert_id": "nobody"}),
            Message(queue=MAIL_SEND, body={"v": 1}),
            Message(queue=POSTINGS_NEW, body={"v": 1, "board": 7}),
        ]
    )
    two = [start(), start()]
    until(lambda: statuses(world) == ["sent"], "the digest")
    until(lambda: broker.depth(POSTINGS_NEW) + broker.depth(MAIL_SEND) + broker.depth(ALERT_CHANGED) == 0, "queues")
    assert len(mailbox.to(ADA)) == 1
    dead: list[str] = []
    broker.take_dead(lambda _queue, _body, reason, _origin: dead.append(reason))
    assert sorted(dead) == ["a message of mail.send must name its mail_id",
                            "a message of postings.new must name its board"]  # fmt: skip
    begun = time.monotonic()
    for process in two:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=20) for process in two] == [0, 0]
    assert time.monotonic() - begun < 10


def test_a_mail_whose_message_was_lost_is_sent_all_the_same(
    world: World, mailbox: Mailbox, start: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    plan_a_mail(world)
    with write(world.engine) as connection:
        connection.execute(messages.delete())
    start()
    until(lambda: statuses(world) == ["sent"], "the mail")
    assert len(mailbox.taken) == 1


def test_killed_after_the_dot_the_next_one_sends_it_under_the_same_id(
    world: World, mailbox: Mailbox, start: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    process = in_doubt(world, mailbox, start)
    process.kill()
    process.wait()
    assert statuses(world) == ["sending"]
    with write(world.engine) as connection:  # the lease of 30 s is over
        connection.execute(update(mails).values(lease_until=clock(connection) - timedelta(seconds=1)))
    start()
    until(lambda: statuses(world) == ["sent"], "the second try")
    first, second = mailbox.to(ADA)
    assert first["Message-ID"] == second["Message-ID"]


def test_sigterm_while_the_server_is_silent_books_the_doubt(
    world: World, mailbox: Mailbox, start: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    process = in_doubt(world, mailbox, start)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert time.monotonic() - begun < 10
    assert statuses(world) == ["unknown"]


def test_an_idle_mailer_rests(start: Callable[[], "subprocess.Popen[bytes]"], world: World) -> None:
    process = psutil.Process(start().pid)
    until(lambda: process.num_threads() >= 8, "all threads")
    time.sleep(2)
    before = sum(process.cpu_times()[:2])
    time.sleep(4)
    assert (sum(process.cpu_times()[:2]) - before) / 4 < 0.25, "of one core"
    assert world.mails() == []


@pytest.mark.parametrize(
    ("variable", "value"), [("SMTP_URL", "smtp://"), ("MAIL_FROM", "nobody"), ("SMTP_URL", "smtp://host:port")]
)
def test_a_wrong_setting_is_one_line_and_exit_code_2(
    environment: dict[str, str], tmp_path: Path, *, variable: str, value: str
) -> None:
    command = [sys.executable, "-c", "from jobalerts.cli import main; main()", "mailer"]
    done = subprocess.run(
        command,
        env={**environment, variable: value},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert variable in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
