"""A mail server that refuses everything is told from one that refuses a recipient; nothing is lost by the first."""

import pytest
from sqlalchemy import update

from jobalerts.domain.mail_states import BOUNCES_TO_PAUSE
from jobalerts.sql import alerts, bounces, mails, matches, notices, requeued_mails
from jobalerts.sql.engine import read, write
from jobalerts.sql.notices import Notice
from jobalerts.sql.tables import mails as mail_rows
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World, a_posting

PEOPLE = ("ada@example.org", "bob@example.org", "cyd@example.org", "dan@example.org")
ADA = PEOPLE[0]


def statuses(world: World) -> dict[str, str]:
    return {mail.recipient: mail.status for mail in world.mails()}


def open_notices(world: World) -> list[Notice]:
    with read(world.engine) as connection:
        return notices.open_notices(connection)


@pytest.mark.parametrize(
    "words",
    [
        "550 5.7.1 relaying denied",
        "554 no access",
        "530 5.7.0 authentication required",
        "mail:530 5.7.0 authentication required",
        "mail:550 5.7.1 not your address",
    ],
)
def test_mails_wait_for_a_server_that_refuses_all_and_the_operator_is_told(
    world: World, mailbox: Mailbox, words: str
) -> None:
    for person in PEOPLE:
        world.person(person)
    world.publish(a_posting())
    mailbox.says_to_all = words
    world.run()
    assert statuses(world) == dict.fromkeys(PEOPLE, "waiting")
    (notice,) = open_notices(world)
    assert notice.subject == "The mail server refuses our mails"
    assert words.removeprefix("mail:") in notice.text
    world.clock.move(days=2)
    world.send()
    assert statuses(world) == dict.fromkeys(PEOPLE, "waiting"), "somebody has to correct a setting first"

    mailbox.says_to_all = ""
    words_of_it = {"subject": "x", "lines": [], "next_step": "y"}
    with write(world.engine) as connection:
        mails.plan(
            connection, kind="operator", recipient="x@example.org", user_id=None, now=world.clock.now,
            context=words_of_it,
        )  # fmt: skip
    world.send()
    assert set(statuses(world).values()) == {"sent"}, "the first that is taken releases the others"
    assert open_notices(world) == []
    world.clock.move(hours=1)
    assert world.run() == 0


def test_after_five_days_the_postings_go_back_for_a_later_digest(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting())
    mailbox.says_to_all = "mail:535 5.7.8 wrong password"
    world.run()
    world.clock.move(days=5)
    world.send()
    assert statuses(world) == {ADA: "failed"}
    mailbox.says_to_all = ""
    world.run()
    assert [mail.status for mail in world.mails()] == ["failed", "sent"]


def test_two_recipients_that_are_refused_are_refused_themselves(world: World, mailbox: Mailbox) -> None:
    for person in PEOPLE:
        world.person(person)
    world.publish(a_posting())
    for person in PEOPLE[:2]:
        mailbox.moods[person] = ["550 5.7.1 not wanted"]
    world.run()
    assert statuses(world) == dict.fromkeys(PEOPLE[:2], "failed") | dict.fromkeys(PEOPLE[2:], "sent")
    assert open_notices(world) == []

    with write(world.engine) as connection:
        assert requeued_mails.requeue_all(connection, now=world.clock.now) == 2
    world.clock.move(seconds=1)
    world.send()
    assert statuses(world) == dict.fromkeys(PEOPLE, "sent")
    first, again = mailbox.to(PEOPLE[2]), mailbox.to(ADA)
    assert len(first) == len(again) == 1


def test_a_failed_mail_sent_again_has_a_day_of_its_own_and_the_same_message_id(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting())
    mailbox.moods[ADA] = ["550 5.7.1 not wanted", "451 4.3.0 later"]
    world.run()
    (failed,) = world.mails()
    world.clock.move(days=3)
    with write(world.engine) as connection:
        assert requeued_mails.requeue(connection, failed.id, now=world.clock.now)
        assert not requeued_mails.requeue(connection, failed.id, now=world.clock.now), "it has not failed any more"
    world.send()
    assert statuses(world) == {ADA: "waiting"}
    world.clock.move(seconds=2)
    world.send()
    assert [mail["Message-ID"] for mail in mailbox.to(ADA)] == [failed.message_id]


def test_a_failed_digest_goes_into_the_next_one_when_that_is_under_way(world: World, mailbox: Mailbox) -> None:
    world.person(ADA)
    world.publish(a_posting("1"))
    mailbox.moods[ADA] = ["550 5.7.1 not wanted"]
    world.run()
    world.publish(a_posting("2"))
    world.match()
    world.plan()
    failed, _planned = world.mails()
    with write(world.engine) as connection:
        requeued_mails.requeue(connection, failed.id, now=world.clock.now)
        assert matches.of_digest(connection, failed.id) == []
    world.run()
    world.run()
    assert [mail.status for mail in world.mails()] == ["dropped", "sent", "sent"]


def test_an_address_that_takes_nothing_for_days_pauses_its_alerts(world: World, mailbox: Mailbox) -> None:
    user_id = world.person(ADA)
    other = world.person(PEOPLE[1])
    world.publish(a_posting())
    mailbox.moods[ADA] = ["452 4.2.2 mailbox full"] * 500
    world.run()
    for _ in range(BOUNCES_TO_PAUSE):
        assert not paused(world, user_id)
        world.clock.move(hours=24)
        world.send()
        world.run()
    assert paused(world, user_id)
    assert not paused(world, other)
    world.clock.move(days=2)
    assert world.run() == 0, "nothing goes there any more"
    with read(world.engine) as connection:
        assert "mailbox full" in bounces.reason(connection, user_id)


def test_a_mail_that_is_taken_makes_earlier_ones_count_no_more(world: World, mailbox: Mailbox) -> None:
    user_id = world.person(ADA)
    with write(world.engine) as connection:
        for _ in range(BOUNCES_TO_PAUSE - 1):
            assert not bounces.bounced(connection, user_id, "full", now=world.clock.now)
    world.publish(a_posting())
    world.run()
    assert len(mailbox.to(ADA)) == 1
    with write(world.engine) as connection:
        assert not bounces.bounced(connection, user_id, "full", now=world.clock.now)
        connection.execute(update(mail_rows).values(tries=0))


def paused(world: World, user_id: str) -> bool:
    with read(world.engine) as connection:
        return all(alert.paused_at for alert in alerts.of(connection, user_id))
