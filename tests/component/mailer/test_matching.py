"""Who is matched with what, and that it happens once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobalerts.domain.posting import Posting
from jobalerts.errors import TemporaryError
from jobalerts.sql import alerts
from jobalerts.sql.alerts import Wanted
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import matches
from mailer.matcher import Matcher
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World, a_posting

STRIPE = Wanted(job_types=("software_engineer",), years="3-5", companies=("Stripe, Inc.",))
ANYTHING = Wanted(job_types=("any",), years="3-5")


def found(world: World, user_id: str) -> list[str]:
    """The keys of the user's matches."""
    with read(world.engine) as connection:
        rows = connection.execute(select(matches.c.posting_key).where(matches.c.user_id == user_id))
        return sorted(rows.scalars())


def test_new_postings_meet_all_alerts_of_confirmed_people(world: World) -> None:
    ada, eve = world.person("ada@example.org"), world.person("eve@example.org", confirmed=False)
    seller = world.person("bob@example.org", Wanted(job_types=("sales",), years="3-5"))
    world.publish(a_posting("1"), a_posting("2", job_types=("sales",)))
    assert world.match() == 2
    assert found(world, ada) == ["greenhouse/stripe/1"]
    assert found(world, seller) == ["greenhouse/stripe/2"]
    assert found(world, eve) == []


def test_one_posting_in_two_alerts_is_one_match_with_both_reasons(world: World) -> None:
    world.person("ada@example.org", STRIPE, ANYTHING)
    world.publish(a_posting())
    assert world.match() == 1
    with read(world.engine) as connection:
        (reasons,) = connection.execute(select(matches.c.reasons)).scalars()
    assert sorted(reason["text"] for reason in reasons) == [
        "any job type; asks for 3+ years",
        "you follow Stripe; job type Software; asks for 3+ years",
    ]
    assert {reason["evidence"] for reason in reasons} == {"3+ years of building software"}


def test_an_alert_that_comes_later_adds_its_reason_to_what_waits(world: World) -> None:
    ada = world.person("ada@example.org", STRIPE)
    world.publish(a_posting())
    world.match()
    with write(world.engine) as connection:
        second = alerts.add(connection, ada, ANYTHING, now=world.clock.now)
    assert world.matcher.match_alert(second.id, now=world.clock.now) == 0
    with read(world.engine) as connection:
        (reasons,) = connection.execute(select(matches.c.reasons)).scalars()
    assert len(reasons) == 2


def test_matching_twice_changes_nothing(world: World) -> None:
    ada = world.person("ada@example.org")
    world.publish(a_posting())
    assert world.match() == 1
    assert world.match() == 0
    (alert_id,) = world.alert_ids(ada)
    assert world.matcher.match_alert(alert_id, now=world.clock.now) == 0
    assert found(world, ada) == ["greenhouse/stripe/1"]


def test_two_matchers_at_once_make_one_match_each(world: World) -> None:
    people = [world.person(f"person{number}@example.org") for number in range(5)]
    world.publish(*(a_posting(str(number)) for number in range(40)))
    together = threading.Barrier(3)

    def match() -> None:
        together.wait()
        world.match()

    def match_one_alert() -> None:
        (alert_id,) = world.alert_ids(people[0])
        together.wait()
        world.matcher.match_alert(alert_id, now=world.clock.now)

    threads = [threading.Thread(target=work) for work in (match, match, match_one_alert)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in people:
        assert len(found(world, person)) == 40
    assert world.match() == 0


def test_a_changed_alert_meets_the_open_postings_of_the_last_30_days(world: World) -> None:
    def posted(external_id: str, days_ago: int) -> Posting:
        moment = world.clock.now - timedelta(days=days_ago)
        return a_posting(external_id, posted_at=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))

    world.publish(posted("recent", 29), posted("old", 31), first=True)
    world.match()
    ada = world.person("ada@example.org")
    (alert_id,) = world.alert_ids(ada)
    assert world.matcher.match_alert(alert_id, now=world.clock.now) == 1
    assert found(world, ada) == ["greenhouse/stripe/recent"]


@pytest.mark.parametrize("state", ["paused", "unconfirmed", "gone"])
def test_an_alert_that_is_off_is_not_matched(world: World, state: str) -> None:
    ada = world.person("ada@example.org", confirmed=state != "unconfirmed")
    (alert_id,) = world.alert_ids(ada)
    with write(world.engine) as connection:
        if state == "paused":
            alerts.pause(connection, ada, alert_id, now=world.clock.now)
        if state == "gone":
            alerts.remove(connection, ada, alert_id)
    world.publish(a_posting())
    assert world.match() == 0
    assert world.matcher.match_alert(alert_id, now=world.clock.now) == 0


def test_demo_postings_are_for_demo_users_alone(world: World) -> None:
    ada = world.person("ada@example.org", ANYTHING)
    demo = world.person("demo@example.org", ANYTHING, demo=True)
    world.publish(a_posting("made-up", board="demo"), demo=True)
    world.match("greenhouse/demo")
    assert found(world, ada) == []
    assert found(world, demo) == ["greenhouse/demo/made-up"]


def test_a_company_is_followed_by_its_alias_and_by_its_boards_name(world: World) -> None:
    world.company("Meta", "greenhouse/meta", aliases=["Facebook"])
    ada = world.person("ada@example.org", Wanted(job_types=("any",), years="3-5", companies=("Facebook",)))
    bob = world.person("bob@example.org", Wanted(job_types=("any",), years="3-5", companies=("meta",)))
    world.publish(a_posting(board="meta", company="Meta Platforms Ireland"))
    world.match("greenhouse/meta")
    assert found(world, ada) == found(world, bob) == ["greenhouse/meta/1"]


def test_a_name_nobody_knew_matches_once_the_company_comes(world: World, mailbox: Mailbox) -> None:
    ada = world.person("ada@example.org", Wanted(job_types=("any",), years="3-5", companies=("Zebra Works",)))
    world.publish(a_posting())
    world.run()
    assert found(world, ada) == []
    world.publish(a_posting(board="zebra", company="ZEBRA WORKS GmbH"))
    world.run()
    assert found(world, ada) == ["greenhouse/zebra/1"]
    assert len(mailbox.taken) == 1


def test_a_second_posting_of_a_merged_cluster_is_no_second_match(world: World) -> None:
    ada = world.person("ada@example.org")
    world.publish(a_posting("1"))
    world.match()
    world.publish(a_posting("2"))
    stored = world.store.by_keys(["greenhouse/stripe/1", "greenhouse/stripe/2"])
    one, other = (stored[f"greenhouse/stripe/{number}"].cluster_id for number in (1, 2))
    world.store.merge_clusters(other, into=one)
    assert world.match() == 0
    assert found(world, ada) == ["greenhouse/stripe/1"]


def test_what_a_lost_message_left_is_found_after_a_minute(world: World) -> None:
    ada = world.person("ada@example.org")
    world.publish(a_posting())
    assert world.matcher.match_forgotten(now=world.clock.now + timedelta(seconds=59)) == 0
    assert world.matcher.match_forgotten(now=world.clock.now + timedelta(seconds=61)) == 1
    assert found(world, ada) == ["greenhouse/stripe/1"]


def test_a_matcher_that_stops_leaves_the_rest_unstamped(world: World) -> None:
    world.person("ada@example.org")
    world.publish(a_posting())
    stopping = Matcher(engine=world.engine, store=world.store, stopping=lambda: True)
    with pytest.raises(TemporaryError):
        stopping.match_board("greenhouse/stripe", now=world.clock.now)
    assert world.match() == 1


def test_a_posting_that_fits_only_once_its_page_could_be_read_is_matched_then_and_once(world: World) -> None:
    world.person("ada@example.org")
    world.person("any@example.org", Wanted(job_types=("any",), years="3-5"))
    world.publish(a_posting("1", job_types=(), experience=None, description_text=""))
    assert world.match() == 1
    world.publish(a_posting("1"))
    assert world.match() == 1
