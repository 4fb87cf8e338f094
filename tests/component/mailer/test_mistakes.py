"""A mistake about one person or posting stops nobody else, and the operator hears of it."""

from sqlalchemy import update

from jobalerts.sql import notices
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import alerts as alert_rows
from jobalerts.sql.tables import users as user_rows
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World, a_posting

ADA, BOB = "ada@example.org", "bob@example.org"


def subjects(world: World) -> list[str]:
    with read(world.engine) as connection:
        return [notice.subject for notice in notices.open_notices(connection)]


def test_a_person_whose_digest_cannot_be_planned_stops_nobody_else(world: World, mailbox: Mailbox) -> None:
    broken = world.person(ADA, frequency="daily", timezone="Nowhere/At_All")
    world.person(BOB)
    world.publish(a_posting())
    world.run()
    assert [len(mailbox.to(person)) for person in (ADA, BOB)] == [0, 1]
    assert subjects(world) == ["A digest cannot be planned"]

    with write(world.engine) as connection:
        connection.execute(update(user_rows).where(user_rows.c.id == broken).values(timezone="UTC"))
    world.clock.move(days=2)
    world.run()
    assert len(mailbox.to(ADA)) == 1
    assert subjects(world) == []


def test_an_alert_that_cannot_be_judged_stops_no_other(world: World, mailbox: Mailbox) -> None:
    broken = world.person(ADA)
    world.person(BOB)
    with write(world.engine) as connection:
        connection.execute(update(alert_rows).where(alert_rows.c.user_id == broken).values(years="x-y"))
    world.publish(a_posting("1"), a_posting("2"))
    world.run()
    assert [len(mailbox.to(person)) for person in (ADA, BOB)] == [0, 1]
    assert subjects(world) == ["Some postings could not be matched"]
    assert world.store.unmatched("greenhouse/stripe", 10) == []
