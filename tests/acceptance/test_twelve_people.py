"""Twelve made-up people and what each is mailed, by hand, from the rules of "Which postings fit a person".

On the real parts: SQLite, a mongod, the matcher, the digests, an SMTP server. Every rule has a posting on either side
of its boundary for somebody.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from jobalerts.domain.posting import Experience, Location, Posting
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.alerts import Wanted
from tests.component.mailer.mailbox import Mailbox, serve
from tests.component.mailer.world import World, a_posting

# "3+": at least 3; "0-2": 0 to 2; "": not stated. Places: countries, "?" cannot be read.
# title, company, job types, years asked for, level, places, workplace, remote from
POSTINGS = [
    ("Ledger Engineer", "Stripe", "software_engineer", "3+", "", "DE", "onsite", None),
    ("Starter Engineer", "Stripe", "software_engineer", "0-2", "", "DE", "onsite", None),
    ("Payments Engineer", "Ramp", "software_engineer", "5+", "", "FR", "onsite", None),
    ("Platform Engineer", "Stripe", "data_engineer software_engineer", "6+", "", "US", "onsite", None),
    ("Pipeline Engineer", "Ramp", "data_engineer", "1+", "", "US", "remote", None),
    ("Model Engineer", "Ramp", "data_scientist software_engineer", "1.5-2.5", "", "PT", "remote", "ES"),
    ("Engineering Intern", "Stripe", "software_engineer", "0+", "intern", "DE", "onsite", None),
    ("Junior Seller", "Acme", "sales", "", "junior", "DE", "hybrid", None),
    ("Senior Seller", "Acme", "sales", "", "senior", "DE", "hybrid", None),
    ("Brand Designer", "Figma", "designer", "", "", "FR", "onsite", None),
    ("Somewhere Engineer", "Stripe", "software_engineer", "4+", "", "?", "onsite", None),
    ("Club Director", "Figma", "other", "", "director", "GB", "onsite", None),
    ("Lighthouse Keeper", "Figma", "other", "12-15", "", "GB", "onsite", None),
    ("Principal Architect", "Acme", "software_engineer", "8-12", "", "DE", "onsite", None),
    ("Sales Manager", "Acme", "sales", "", "manager", "FR DE", "onsite", None),
    ("Staff Engineer", "Ramp", "software_engineer", "", "staff", "US", "hybrid", None),
    ("Rover Engineer", "Stripe", "software_engineer", "", "mid", "FR", "hybrid", None),
    ("Made-up Engineer", "Demo Co", "software_engineer", "3+", "", "DE", "onsite", None),
    ("Gone Engineer", "Gone", "software_engineer", "3+", "", "DE", "onsite", None),
]


def wants(job_types: str, years: str, companies: str = "", countries: str = "", *, remote_only: bool = False) -> Wanted:
    return Wanted(
        job_types=tuple(job_types.split()), years=years, companies=tuple(filter(None, companies.split("; "))),
        countries=tuple(countries.split()), remote_only=remote_only,
    )  # fmt: skip


# who, what they want, what they are mailed
PEOPLE: list[tuple[str, list[Wanted], set[str]]] = [
    # 3-5: 3+, 5+ (5 ≤ 5) and a mid level fit; 6+, 0-2, 1.5-2.5, the intern, staff (7) and 8-12 do not
    ("ada", [wants("software_engineer", "3-5")],
     {"Ledger Engineer", "Payments Engineer", "Somewhere Engineer", "Rover Engineer"}),
    # 1-3: 3+ (3 ≤ 3), 0-2, 1.5-2.5 (its second type counts), an intern fit; 4+ and 5+ do not
    ("bo", [wants("software_engineer", "1-3")],
     {"Ledger Engineer", "Starter Engineer", "Model Engineer", "Engineering Intern", "Rover Engineer"}),
    # 0-1: 1+ (1 ≤ 1) and a junior level fit; 1.5-2.5 and a mid level (2) do not; years not stated are kept
    ("cleo", [wants("any", "0-1")],
     {"Starter Engineer", "Pipeline Engineer", "Engineering Intern", "Junior Seller", "Brand Designer"}),
    # 12+ has no upper end: everything without a bound below 12, `other` included; not 0-2, 1.5-2.5, intern, junior
    ("dan", [wants("any", "12+")],
     {"Ledger Engineer", "Payments Engineer", "Platform Engineer", "Pipeline Engineer", "Senior Seller",
      "Brand Designer", "Somewhere Engineer", "Club Director", "Lighthouse Keeper", "Principal Architect",
      "Sales Manager", "Staff Engineer", "Rover Engineer"}),
    # 5-8 at one company, its name with a suffix: senior and manager (5) fit; the junior and the architect's type do not
    ("eve", [wants("sales", "5-8", "ACME, Inc.")], {"Senior Seller", "Sales Manager"}),
    # only names that nobody knows: nothing, never everything
    ("fay", [wants("any", "3-5", "Zebra Works")], set()),
    # 8-12, a known name beside an unknown one, and a demo user: the made-up company too
    ("gus", [wants("any", "8-12", "stripe; Zebra Works; Demo Co")],
     {"Ledger Engineer", "Platform Engineer", "Somewhere Engineer", "Rover Engineer", "Made-up Engineer"}),
    # Germany: a place there, one of two places there, remote from anywhere, a country that cannot be read; not France
    ("hal", [wants("any", "3-5", countries="DE")],
     {"Ledger Engineer", "Pipeline Engineer", "Senior Seller", "Somewhere Engineer", "Sales Manager"}),
    # remote only: hybrid is never remote
    ("ida", [wants("any", "3-5", remote_only=True)], {"Pipeline Engineer"}),
    # remote only from Spain: what names Spain, and what names nothing
    ("jo", [wants("any", "1-3", countries="ES", remote_only=True)], {"Pipeline Engineer", "Model Engineer"}),
    # remote only from Germany: what may be worked from Spain alone is not for her
    ("kim", [wants("any", "1-3", countries="DE", remote_only=True)], {"Pipeline Engineer"}),
    # two alerts that both take the same postings: each is one line
    ("lou", [wants("software_engineer", "3-5", "Stripe"), wants("any", "3-5", "Stripe; Ramp")],
     {"Ledger Engineer", "Somewhere Engineer", "Rover Engineer", "Payments Engineer", "Pipeline Engineer"}),
]  # fmt: skip


def posting_of(row: tuple[Any, ...]) -> Posting:
    title, company, job_types, asks, level, places, workplace, remote = row
    low, _, high = asks.rstrip("+").partition("-")
    experience = Experience(
        min_years=float(low), max_years=float(high) if high else None, evidence=f"{asks} years", source="text"
    ) if asks else None  # fmt: skip
    return a_posting(
        title.replace(" ", "-"), board=company.lower().replace(" ", ""), title=title, company=company,
        job_types=tuple(job_types.split()), experience=experience, seniority=level or None,
        locations=tuple(Location(text=place, country=None if place == "?" else place) for place in places.split()),
        workplace=workplace, remote_countries=None if remote is None else tuple(remote.split()),
    )  # fmt: skip


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def world(sqlite_engine: Engine, mongo: PostingStore, mailbox: Mailbox) -> Iterator[World]:
    controller = serve(mailbox)
    yield World(engine=sqlite_engine, store=mongo, port=controller.port)
    controller.stop()


def told(mailbox: Mailbox, person: str) -> list[str]:
    """The titles in a person's mails, in their order."""
    parts = [mail.get_body(("plain",)) for mail in mailbox.to(f"{person}@example.org")]
    texts = [part.get_content() for part in parts if part is not None]
    return [title for text in texts for title in re.findall(r"(?m)^\d+\. (.+?)\s*$", text)]


def test_twelve_people_get_exactly_the_postings_that_fit_them_once(world: World, mailbox: Mailbox) -> None:
    for person, wanted, _ in PEOPLE:
        world.person(f"{person}@example.org", *wanted, demo=person == "gus")
    postings = [posting_of(row) for row in POSTINGS]
    world.publish(*(posting for posting in postings if posting.company != "Demo Co"))
    world.publish(*(posting for posting in postings if posting.company == "Demo Co"), demo=True)
    for board in ("stripe", "ramp", "acme", "figma", "democo", "gone"):
        world.match(f"greenhouse/{board}")
    world.close_all("greenhouse/gone")
    world.plan()
    world.send()

    assert {person: sorted(told(mailbox, person)) for person, _, _ in PEOPLE} == {
        person: sorted(expected) for person, _, expected in PEOPLE
    }
    assert len(mailbox.taken) == sum(bool(expected) for _, _, expected in PEOPLE), "one mail each, none to nobody"
    assert told(mailbox, "cleo")[-1] == "Brand Designer", "years not stated come last"

    world.publish(*(posting for posting in postings if posting.company not in ("Demo Co", "Gone")))
    world.clock.move(hours=6)
    world.run()
    assert sum(len(told(mailbox, person)) for person, _, _ in PEOPLE) == sum(len(found) for _, _, found in PEOPLE)


def test_every_line_says_why(world: World, mailbox: Mailbox) -> None:
    for person, wanted, _ in PEOPLE:
        world.person(f"{person}@example.org", *wanted)
    world.publish(*(posting_of(row) for row in POSTINGS))
    world.run()

    def mail_to(person: str) -> str:
        part = mailbox.to(f"{person}@example.org")[0].get_body(("plain",))
        return " ".join(part.get_content().split()) if part is not None else ""

    assert "Why: job type Software; asks for 3+ years. It says: “3+ years”" in mail_to("ada")
    assert "Why: you follow Acme; job type Sales; asks for about 5 years (senior)." in mail_to("eve")
    assert "Why: any job type; country of “?” not recognised" in mail_to("hal").replace("asks for 4+ years; ", "")
    assert "Why: any job type; remote, no country excluded; remote; asks for 1+ years." in mail_to("jo")
    assert "remote from Spain" in mail_to("jo")
    assert "Why: any job type; years not stated." in mail_to("cleo")
    assert (
        "Why: you follow Stripe; job type Software; asks for 3+ years. And: you follow Stripe; any job type;"
        in mail_to("lou")
    )
