"""One position, however often it is published, is one line of one mail."""

from collections.abc import Callable, Iterable
from typing import Any

from jobalerts.domain.posting import Location, Posting
from jobalerts.mongo.connection import open_database
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.alerts import Wanted
from mailer.planner import Planner
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World, a_posting

CITIES = {"Berlin": "DE", "Dublin": "IE", "Paris": "FR", "Madrid": "ES", "Rome": "IT", "Oslo": "NO"}


def a_role(city: str, external_id: str = "", **changes: Any) -> Posting:
    place = Location(text=city, city=city, country=CITIES[city])
    return a_posting(external_id or city, locations=(place,), department="Payments", **changes)


def text_of(mailbox: Mailbox, number: int = 0) -> str:
    body = mailbox.mails[number].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_many_cities_are_one_line_with_their_places(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(*(a_role(city) for city in CITIES))
    world.run()
    [mail] = mailbox.mails
    assert mail["Subject"] == "New posting: Software Engineer, Payments Core at Stripe"
    assert text_of(mailbox).count("Software Engineer, Payments Core") == 1
    words = " ".join(text_of(mailbox).split())
    assert "Stripe · Berlin, Germany; Dublin, Ireland; Madrid, Spain and 3 more" in words


def test_the_place_that_fits_stands_first_and_is_linked(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org", Wanted(job_types=("software_engineer",), years="3-5", countries=("NO",)))
    world.publish(*(a_role(city) for city in CITIES))
    world.run()
    assert "Stripe · Oslo, Norway; Berlin, Germany" in text_of(mailbox)
    assert "https://boards.example/stripe/Oslo" in text_of(mailbox)


def test_a_further_city_of_a_mailed_position_is_not_mailed_again(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_role("Berlin"))
    world.run()
    world.publish(a_role("Berlin"), a_role("Dublin"))
    world.publish(a_role("Paris", source="lever", board="stripe-jobs"))
    world.run()
    assert len(mailbox.mails) == 1


def test_a_position_that_closed_in_one_city_is_told_by_the_one_still_open(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_role("Berlin"))
    world.publish(a_role("Dublin", source="lever"))
    world.match("greenhouse/stripe")
    world.match("lever/stripe")
    world.close_all("greenhouse/stripe")
    world.plan()
    world.send()
    assert "Stripe · Dublin, Ireland" in text_of(mailbox)
    assert "Berlin" not in text_of(mailbox)


def test_a_position_that_is_over_by_its_own_page_is_not_mailed(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_role("Berlin", valid_through="2026-11-20T12:00:30Z"))
    world.match()
    world.clock.move(seconds=31)
    assert world.store.close_expired(world.clock.now) == 1
    world.plan()
    assert world.send() == 0


def test_clusters_that_become_one_after_the_mail_are_not_mailed_twice(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_role("Berlin"))
    world.run()
    other = a_role("Dublin", title="Software Engineer, Money Movement")
    world.publish(a_role("Berlin"), other)
    stored = world.store.by_keys([a_role("Berlin").key, other.key])
    world.store.merge_clusters(stored[a_role("Berlin").key].cluster_id, into=stored[other.key].cluster_id)
    world.run()
    assert len(mailbox.mails) == 1


def test_a_repost_is_mailed_and_marked(world: World, mailbox: Mailbox) -> None:
    world.person()
    world.publish(a_role("Berlin"))
    world.run()
    world.close_all()
    world.clock.move(days=61)
    world.publish(a_role("Berlin", "another-id"))
    world.run()
    assert "Stripe · Berlin, Germany · published again" in text_of(mailbox, 1)
    assert "again" not in text_of(mailbox, 0)


class BusyStore(PostingStore):
    """Between a planner's reading and its writing, something happens."""

    def __init__(self, url: str, database: str, happens: Callable[[], object]) -> None:
        super().__init__(open_database(url, database))
        self._happens = [happens]

    def clusters_of(self, ids: Iterable[str]) -> dict[str, str]:
        while self._happens:
            self._happens.pop()()
        return super().clusters_of(ids)


def test_a_match_that_comes_while_its_digest_is_planned_is_judged_with_the_next(
    world: World, mailbox: Mailbox, mongodb_url: str, mongodb_database: str
) -> None:
    world.person()
    world.publish(a_posting("1"))
    world.run()
    world.publish(a_posting("2"), a_posting("3", board="acme", title="Mailed already, under another id"))
    world.match()
    stored = world.store.by_keys(["greenhouse/stripe/1", "greenhouse/acme/3"])
    mailed, late = (stored[f"greenhouse/{key}"].cluster_id for key in ("stripe/1", "acme/3"))
    world.store.merge_clusters(mailed, into=late)
    world.store = BusyStore(mongodb_url, mongodb_database, lambda: world.match("greenhouse/acme"))
    world.planner = Planner(world.engine, world.store)
    for _ in range(2):
        world.plan()
        world.send()
    world.store.close()
    assert len(mailbox.taken) == 2
    assert "Mailed already" not in text_of(mailbox, 1)
