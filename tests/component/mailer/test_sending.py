"""What becomes of a mail, whatever the server does: the outcome table, against a real SMTP server."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from jobalerts.domain.mail_states import RETRY_DELAYS
from jobalerts.sql import mails, tokens
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.tables import mails as mail_rows
from jobalerts.sql.tables import matches as match_rows
from jobalerts.sql.tables import suppressions
from mailer.smtp import Timeouts
from tests import servers
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World, a_posting

ADA, BOB = "ada@example.org", "bob@example.org"

# what the server does, the mail's status afterwards, whether the server has it
OUTCOMES = [
    ("", "sent", True),
    ("450 4.2.1 busy", "waiting", False),
    ("421 4.3.2 shutting down", "waiting", False),
    ("drop", "waiting", False),
    ("hang", "waiting", False),
    ("550 5.1.1 no such user", "failed", False),
    ("550 5.7.1 not wanted", "failed", False),
    ("552 5.2.2 full", "failed", False),
    ("dot:451 4.3.0 try later", "waiting", False),
    ("dot:452 4.3.1 disk full", "waiting", False),
    ("dot:554 5.6.0 looks like spam", "failed", False),
    ("dot:drop", "unknown", True),
    ("dot:hang", "unknown", True),
]


@pytest.mark.parametrize(("mood", "status", "has_it"), OUTCOMES)
def test_what_the_server_does_decides_and_nobody_else_waits(
    world: World, mailbox: Mailbox, *, mood: str, status: str, has_it: bool
) -> None:
    world.timeouts = Timeouts(connect=5, command=0.5, final_dot=0.5)
    world.person(ADA)
    world.person(BOB)
    world.publish(a_posting())
    mailbox.moods[ADA] = [mood] if mood else []
    world.run()
    assert {mail.recipient: mail.status for mail in world.mails()} == {ADA: status, BOB: "sent"}
    assert len(mailbox.to(ADA)) == has_it
    assert len(mailbox.to(BOB)) == 1


def test_a_refused_connection_is_tried_again(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting())
    right_port, world.port = world.port, servers.free_port()
    world.run()
    (mail,) = world.mails()
    assert mail.status == "waiting"
    assert "cannot talk to the mail server" in mail.error
    world.port = right_port
    world.clock.move(seconds=1)
    assert world.send() == 1
    assert len(mailbox.to(ADA)) == 1


def test_retries_come_after_1_2_4_8_seconds_then_minutes_and_end_after_a_day(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting())
    mailbox.moods[ADA] = ["451 4.7.1 greylisted"] * 100
    world.run()
    for delay in RETRY_DELAYS:
        (mail,) = world.mails()
        assert mail.next_try_at == world.clock.now + delay
        world.clock.move(seconds=delay.total_seconds() - 0.5)
        assert world.send() == 0, "not before it is due"
        world.clock.move(seconds=0.5)
        assert world.send() == 1
    while (mail := world.mails()[0]).status == "waiting":
        world.clock.now = mail.next_try_at
        assert world.send() == 1
    assert mail.status == "failed"
    assert mail.error.startswith("given up after 24 hours: 451")
    assert timedelta(hours=22) < world.clock.now - mail.created_at <= timedelta(hours=24)
    assert not mailbox.taken


def test_what_a_given_up_digest_would_have_told_stands_in_the_next(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting())
    mailbox.moods[ADA] = ["451 4.7.1 greylisted"] * 100
    world.run()
    while (mail := world.mails()[0]).status == "waiting":
        world.clock.now = mail.next_try_at
        world.send()
    mailbox.moods.clear()
    world.run()
    assert [mail.status for mail in world.mails()] == ["failed", "sent"]
    assert len(mailbox.to(ADA)) == 1


def test_a_mail_in_doubt_is_sent_again_once_after_15_minutes_under_the_same_id(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting())
    mailbox.moods[ADA] = ["dot:drop"]
    world.run()
    world.clock.move(minutes=14, seconds=59)
    assert world.send() == 0
    world.clock.move(seconds=1)
    assert world.send() == 1
    first, second = mailbox.to(ADA)
    assert first["Message-ID"] == second["Message-ID"]
    assert world.mails()[0].status == "sent"


def test_a_mail_that_stays_in_doubt_is_not_sent_a_third_time_and_holds_nothing_up(
    world: World, mailbox: Mailbox
) -> None:
    world.person(ADA)
    world.publish(a_posting("1"))
    mailbox.moods[ADA] = ["dot:drop", "dot:drop"]
    world.run()
    world.clock.move(minutes=15)
    world.send()
    (mail,) = world.mails()
    assert mail.status == "failed"
    assert "never confirmed" in mail.error
    world.publish(a_posting("2"))
    world.clock.move(hours=5)
    world.run()
    assert [mail.status for mail in world.mails()] == ["failed", "sent"]
    assert len(mailbox.to(ADA)) == 3


def test_a_mailer_that_dies_after_the_dot_leaves_the_same_id_for_the_next(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting())
    world.match()
    world.plan()
    sender = world.sender()
    with write(world.engine) as connection:  # a mailer claims and sends, and is gone before it books
        mail = mails.claim(connection, host="jobs.example.org", now=world.clock.now)
    assert mail is not None
    sender._outcome(mail, lambda: True)
    assert world.send() == 0, "its lease holds"
    with write(world.engine) as connection:
        connection.execute(update(mail_rows).values(lease_until=clock(connection) - timedelta(seconds=1)))
    assert world.send() == 1
    first, second = mailbox.to(ADA)
    assert first["Message-ID"] == second["Message-ID"]
    sender._book(mail, sender._outcome(mail, lambda: True), stop=threading.Event())
    (row,) = world.mails()
    assert (row.status, row.epoch) == ("sent", 2), "the one that comes back books nothing"
    sender.connection.close()


def test_a_dead_address_gets_no_digest_until_a_mail_it_asked_for_arrives(world: World, mailbox: Mailbox) -> None:
    user_id = world.person(ADA)
    mailbox.moods[ADA] = ["550 5.1.1 no such user"]
    world.publish(a_posting("1"))
    world.run()
    world.publish(a_posting("2"))
    world.run()
    assert [mail.status for mail in world.mails()] == ["failed", "dropped"]
    with read(world.engine) as connection:
        assert ADA not in str(connection.execute(select(suppressions)).all())
    with write(world.engine) as connection:
        mails.plan(connection, kind="sign_in", recipient=ADA, user_id=user_id, now=world.clock.now)
    world.send()
    world.publish(a_posting("3"))
    world.run()
    assert [mail.status for mail in world.mails()] == ["failed", "dropped", "sent", "sent"]


def test_two_senders_at_once_send_each_mail_once(world: World, mailbox: Mailbox) -> None:
    people = [f"person{number}@example.org" for number in range(12)]
    for person in people:
        world.person(person)
    world.publish(a_posting())
    world.match()
    assert world.plan() == len(people)
    threads = [threading.Thread(target=world.send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(address for address, _ in mailbox.taken) == sorted(people)


def test_a_mail_somebody_waits_for_goes_before_the_digests(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    bob = world.person(BOB, confirmed=False)
    world.publish(a_posting())
    world.match()
    world.plan()
    with write(world.engine) as connection:
        mails.plan(connection, kind="confirm", recipient=BOB, user_id=bob, now=world.clock.now)
    world.send()
    assert [address for address, _ in mailbox.taken] == [BOB, ADA]


def test_a_mail_is_planned_once_a_dedupe_key(world: World, mailbox: Mailbox) -> None:
    user_id = world.person(ADA)
    for expected in (True, False):
        with write(world.engine) as connection:
            planned = mails.plan(
                connection, kind="welcome", recipient=ADA, user_id=user_id, now=world.clock.now,
                dedupe_key=f"welcome:{user_id}",
            )  # fmt: skip
        assert (planned is not None) is expected
        world.send()
    assert len(mailbox.taken) == 1


def test_a_link_by_mail_works_and_is_kept_nowhere_else(world: World, mailbox: Mailbox) -> None:
    user_id = world.person(ADA, confirmed=False)
    with write(world.engine) as connection:
        mails.plan(connection, kind="confirm", recipient=ADA, user_id=user_id, now=world.clock.now)
    world.send()
    (mail,) = mailbox.to(ADA)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    token = text.split("/confirm/")[1].split()[0]
    with write(world.engine) as connection:
        assert tokens.owner(connection, token, purpose="confirm", now=world.clock.now) == user_id
    assert token not in str(world.mails())


def test_a_deleted_account_gets_nothing_more(world: World, mailbox: Mailbox) -> None:
    user_id = world.person(ADA, confirmed=False)
    with write(world.engine) as connection:
        mails.plan(connection, kind="welcome", recipient=ADA, user_id=user_id, now=world.clock.now)
    world.send()
    assert [mail.status for mail in world.mails()] == ["dropped"], "a welcome needs a confirmed address"
    assert not mailbox.taken


def test_matches_and_mails_agree_afterwards(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(*(a_posting(str(number)) for number in range(3)))
    world.run()
    with read(world.engine) as connection:
        digested = select(func.count()).where(match_rows.c.digest_id == world.mails()[0].id)
        assert connection.execute(digested).scalar_one() == 3
    assert mailbox.to(ADA)[0]["Subject"].startswith("3 new postings: ")
