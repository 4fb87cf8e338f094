"""What becomes of the postings of a board that an admin has disabled."""

from datetime import timedelta

from jobalerts.sql import boards
from jobalerts.sql.engine import write
from mailer.expiry import close_what_is_over
from tests.component.mailer.world import World, a_posting


def _disable(world: World) -> None:
    with write(world.engine) as connection:
        boards.disable(connection, "greenhouse/stripe", world.clock.now)


def test_nobody_is_mailed_what_is_not_looked_after(world: World) -> None:
    world.company("Stripe", "greenhouse/stripe")
    ada = world.person()
    world.publish(a_posting())
    assert world.match() == 1
    _disable(world)
    assert world.plan() == 0, "what waited is let go"
    late = world.person("bob@example.org")
    assert world.matcher.match_alert(world.alert_ids(late)[0], now=world.clock.now) == 0
    assert ada != late


def test_its_postings_close_after_thirty_days_and_not_before(world: World) -> None:
    world.company("Stripe", "greenhouse/stripe")
    world.publish(a_posting())
    _disable(world)
    moment = world.clock.now + timedelta(days=30)
    assert close_what_is_over(world.engine, world.store, now=moment) == 0
    assert close_what_is_over(world.engine, world.store, now=moment + timedelta(seconds=1)) == 1
    with write(world.engine) as connection:
        boards.enable(connection, "greenhouse/stripe", moment)
    world.publish(a_posting())
    assert close_what_is_over(world.engine, world.store, now=moment + timedelta(days=31)) == 0
