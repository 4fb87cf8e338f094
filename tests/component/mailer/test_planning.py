"""When digests are planned, and what is left out of them by then."""

from datetime import UTC, datetime, timedelta

import pytest

from jobalerts.sql import alerts
from jobalerts.sql.alerts import Wanted
from jobalerts.sql.engine import write
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World, a_posting


def test_at_once_is_ten_seconds_after_the_last_match(world: World) -> None:
    world.person()
    world.publish(a_posting("1"))
    world.match()
    world.clock.move(seconds=9)
    assert world.tick() == 0
    world.publish(a_posting("2"))
    world.match()
    world.clock.move(seconds=9)
    assert world.tick() == 0
    world.clock.move(seconds=1)
    assert world.tick() == 1
    assert world.tick() == 0


def test_at_once_is_at_most_a_minute_after_the_first_match(world: World) -> None:
    world.person()
    for number in range(10):
        world.publish(a_posting(str(number)))
        world.match()
        world.clock.move(seconds=6)
        assert world.tick() == (number == 9)


@pytest.mark.parametrize(
    ("frequency", "due"),
    [("daily", datetime(2026, 11, 20, 22, 0, tzinfo=UTC)), ("weekly", datetime(2026, 11, 23, 22, 0, tzinfo=UTC))],
)
def test_daily_and_weekly_wait_for_the_persons_hour_where_they_are(
    world: World, mailbox: Mailbox, *, frequency: str, due: datetime
) -> None:
    world.person(frequency=frequency, digest_hour=7, digest_weekday=1, timezone="Asia/Tokyo")
    world.publish(a_posting("1"))
    world.match()
    world.clock.now = due - timedelta(seconds=1)
    world.publish(a_posting("2"))
    world.match()
    assert world.tick() == 0
    world.clock.now = due
    assert world.tick() == 1
    world.send()
    assert mailbox.mails[0]["Subject"].startswith("2 new postings")


def test_a_user_has_one_digest_under_way_and_the_rest_goes_into_the_next(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org")
    mailbox.moods["ada@example.org"] = ["451 4.3.0 later"]
    world.publish(a_posting("1"))
    world.run()
    world.publish(a_posting("2", title="Second"))
    world.match()
    assert world.plan() == 0
    world.send()
    assert world.plan() == 1
    world.send()
    assert [mail["Subject"] for mail in mailbox.mails] == [
        "New posting: Software Engineer, Payments Core at Stripe",
        "New posting: Second at Stripe",
    ]


def test_what_has_closed_is_dropped_and_nothing_left_is_no_mail(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_posting("1"))
    world.match()
    world.close_all()
    assert world.plan() == 0
    assert world.mails() == []
    world.publish(a_posting("2", title="Still open"))
    world.run()
    (mail,) = mailbox.mails
    assert mail["Subject"] == "New posting: Still open at Stripe"


def test_what_closes_between_planning_and_sending_is_not_told(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_posting("1"))
    world.match()
    world.plan()
    world.close_all()
    world.send()
    assert not mailbox.taken
    assert [mail.status for mail in world.mails()] == ["dropped"]


@pytest.mark.parametrize("moment", ["before planning", "before sending"])
def test_what_was_not_told_for_it_had_closed_is_told_once_it_is_open_again(
    world: World, mailbox: Mailbox, *, moment: str
) -> None:
    world.person()
    world.publish(a_posting("1"), a_posting("2", board="acme", title="Stays open"))
    world.match()
    world.match("greenhouse/acme")
    if moment == "before sending":
        world.plan()
    world.close_all()
    world.plan()
    world.send()
    world.publish(a_posting("1"))
    world.run()
    world.run()
    assert [mail["Subject"] for mail in mailbox.mails] == [
        "New posting: Stays open at Stripe",
        "New posting: Software Engineer, Payments Core at Stripe",
    ]


def test_an_alert_of_after_a_posting_closed_gets_it_when_it_is_open_again(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org")
    world.publish(a_posting("1"))
    world.run()
    world.close_all()
    later = world.person("bob@example.org")
    world.matcher.match_alert(world.alert_ids(later)[0], now=world.clock.now)
    world.publish(a_posting("1"))
    world.run()
    assert len(mailbox.to("ada@example.org")) == 1
    assert len(mailbox.to("bob@example.org")) == 1


def a_match_that_waits(world: World, moment: str) -> tuple[str, str]:
    """The user and the alert; at the later moment the mail is planned."""
    user_id = world.person("ada@example.org")
    (alert_id,) = world.alert_ids(user_id)
    world.publish(a_posting("1"))
    world.match()
    if moment == "before sending":
        world.plan()
    return user_id, alert_id


@pytest.mark.parametrize("moment", ["before planning", "before sending"])
@pytest.mark.parametrize("change", ["paused", "narrowed", "removed"])
def test_an_alert_that_no_longer_wants_it_gets_no_mail(
    world: World, mailbox: Mailbox, *, change: str, moment: str
) -> None:
    user_id, alert_id = a_match_that_waits(world, moment)
    with write(world.engine) as connection:
        if change == "paused":
            alerts.pause(connection, user_id, alert_id, now=world.clock.now)
        elif change == "removed":
            alerts.remove(connection, user_id, alert_id)
        else:
            narrow = Wanted(job_types=("software_engineer",), years="0-1")
            alerts.change(connection, user_id, alert_id, narrow, now=world.clock.now)
    world.plan()
    world.send()
    assert not mailbox.taken


@pytest.mark.parametrize("moment", ["before planning", "before sending"])
def test_an_alert_that_is_resumed_gets_what_was_held_back(world: World, mailbox: Mailbox, *, moment: str) -> None:
    user_id, alert_id = a_match_that_waits(world, moment)
    with write(world.engine) as connection:
        alerts.pause(connection, user_id, alert_id, now=world.clock.now)
    world.plan()
    world.send()
    with write(world.engine) as connection:
        alerts.resume(connection, user_id, alert_id, now=world.clock.now)
    world.matcher.match_alert(alert_id, now=world.clock.now)
    world.plan()
    world.send()
    assert len(mailbox.to("ada@example.org")) == 1


def test_clusters_that_were_merged_after_matching_are_mailed_once(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_posting("1"), a_posting("2"))
    world.match()
    stored = world.store.by_keys(["greenhouse/stripe/1", "greenhouse/stripe/2"])
    one, other = (stored[f"greenhouse/stripe/{number}"].cluster_id for number in (1, 2))
    world.store.merge_clusters(other, into=one)
    world.plan()
    world.send()
    assert mailbox.mails[0]["Subject"].startswith("New posting: ")


def test_a_cluster_that_was_mailed_is_not_mailed_again_under_another_name(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_posting("1"))
    world.run()
    world.publish(a_posting("2"))
    world.match()
    stored = world.store.by_keys(["greenhouse/stripe/1", "greenhouse/stripe/2"])
    one, other = (stored[f"greenhouse/stripe/{number}"].cluster_id for number in (1, 2))
    world.store.merge_clusters(one, into=other)
    assert world.plan() == 0
    assert len(mailbox.taken) == 1
