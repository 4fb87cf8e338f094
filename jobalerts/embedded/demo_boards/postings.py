"""The demo's postings: a pure function of seed and moment, so that every start and every machine sees the same."""

import math
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from jobalerts.embedded.demo_boards import phrases
from jobalerts.embedded.demo_boards.companies import DemoCompany
from jobalerts.embedded.demo_boards.places import PLACES, Place
from jobalerts.embedded.demo_boards.years import Years, years_wanted

DAY = timedelta(days=1)
START = datetime(2024, 1, 1, tzinfo=UTC)
SHORTEST_LIFE, LONGEST_LIFE = 18.0, 70.0  # days a posting stays open
EDITED_SHARE = 0.35  # of postings are edited once, after a third of their life
ROLES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "roles.yaml").read_text("utf-8"))
LEADERS = ("engineering_manager",)
LEVELS = ("intern", "junior", "mid", "mid", "mid", "senior", "senior", "senior", "staff")
PREFIXES = {"junior": "Junior ", "mid": "", "senior": "Senior ", "staff": "Staff "}
BASE_PAY = {"intern": 45_000, "junior": 72_000, "mid": 105_000, "senior": 148_000, "staff": 190_000, "manager": 175_000}
LOW_PAID = ("other", "administrative", "customer_support", "education", "it_support")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """What the position pays, in whole units of the currency; `period` is "year" or "hour"."""

    low: int
    high: int
    currency: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPosting:
    """One position, before it is put into a vendor's form; `years` and `job_type` are what is true of it."""

    company: DemoCompany
    number: int  # the vendor's integer id
    uuid: str
    title: str
    job_type: str
    level: str
    department: str
    places: tuple[Place, ...]
    workplace: str  # remote, hybrid, onsite
    employment: str  # full_time, part_time, contract, internship
    pay: Pay | None
    years: Years
    intro: str
    duties: tuple[str, ...]
    requirements: tuple[str, ...]
    nice: tuple[str, ...]
    benefits: tuple[str, ...]
    notes: tuple[str, ...]  # about work place and process
    posted_at: datetime
    updated_at: datetime


def open_postings(company: DemoCompany, seed: int, moment: datetime) -> list[DemoPosting]:
    """What the company's board shows at that moment, newest first; always `company.size` of them."""
    found = [_posting(company, seed, slot=slot, moment=moment) for slot in range(company.size)]
    return sorted(found, key=lambda posting: (posting.posted_at, posting.number), reverse=True)


def next_change(company: DemoCompany, seed: int, moment: datetime) -> datetime:
    """When the board will next differ from what it shows at that moment."""
    return min(_changes(company, seed, moment))


def _changes(company: DemoCompany, seed: int, moment: datetime) -> Iterator[datetime]:
    for slot in range(company.size):
        started, life, _ = _life(company, seed, slot=slot, moment=moment)
        edited = started + life * DAY / 3
        yield edited if edited > moment else started + life * DAY


def _life(company: DemoCompany, seed: int, *, slot: int, moment: datetime) -> tuple[datetime, float, int]:
    """A slot holds one posting after another: start, length in days and number of the one at that moment."""
    chance = random.Random(f"{seed}/{company.token}/{slot}")
    life = chance.uniform(SHORTEST_LIFE, LONGEST_LIFE)
    offset = chance.uniform(0, life)
    generation = math.floor(((moment - START) / DAY - offset) / life)
    return START + (offset + generation * life) * DAY, life, generation


def _posting(company: DemoCompany, seed: int, *, slot: int, moment: datetime) -> DemoPosting:
    started, life, generation = _life(company, seed, slot=slot, moment=moment)
    chance = random.Random(f"{seed}/{company.token}/{slot}/{generation}")
    posted = started.replace(microsecond=0)
    edited = (started + life * DAY / 3).replace(microsecond=0)
    is_edited = chance.random() < EDITED_SHARE and edited <= moment
    bits = chance.getrandbits(128)
    drawn = _draw(company, chance)
    notes = (*drawn.pop("notes"), *((phrases.CHANGED,) if is_edited else ()))
    return DemoPosting(
        company=company,
        number=4_000_000_000 + bits % 3_000_000_000,
        uuid=str(uuid.UUID(int=bits, version=4)),
        posted_at=posted,
        updated_at=edited if is_edited else posted,
        notes=notes,
        **drawn,
    )


def _draw(company: DemoCompany, chance: random.Random) -> dict[str, Any]:
    job_type = chance.choice(company.types) if chance.random() < 0.55 else chance.choice(list(ROLES))
    role = ROLES[job_type]
    level = "manager" if job_type in LEADERS else chance.choice(LEVELS)
    if level == "intern" and chance.random() < 0.6:
        level = "junior"
    places = _places(company, chance)
    workplace = chance.choice(("remote", "hybrid", "hybrid", "onsite", "onsite"))
    title = _title(chance.choice(role["titles"]), level)
    years = years_wanted(level, role, chance)
    words = {
        "title": title,
        "department": role["department"],
        "place": places[0].city,
        "country": places[0].country_name,
    }
    return {
        "title": title,
        "job_type": job_type,
        "level": level,
        "department": role["department"],
        "places": places,
        "workplace": workplace,
        "employment": _employment(level, chance),
        "pay": _pay(level, job_type, place=places[0], chance=chance),
        "years": years,
        "intro": chance.choice(phrases.INTROS).format(**words),
        "duties": tuple(chance.sample(role["duties"], k=min(len(role["duties"]), chance.randint(3, 4)))),
        "requirements": (*years.required, *(_skill(skill) for skill in chance.sample(role["skills"], k=3))),
        "nice": (*years.preferred, *chance.sample(phrases.NICE, k=2)),
        "benefits": tuple(chance.sample(phrases.BENEFITS, k=3)),
        "notes": (chance.choice(phrases.WORKPLACES[workplace]).format(**words), chance.choice(phrases.PROCESS)),
    }


def _title(title: str, level: str) -> str:
    if level == "intern":
        return f"{title} Intern" if "," not in title else title.replace(",", " Intern,", 1)
    return PREFIXES.get(level, "") + title


def _skill(skill: str) -> str:
    return skill[0].upper() + skill[1:]


def _employment(level: str, chance: random.Random) -> str:
    if level == "intern":
        return "internship"
    return chance.choices(("full_time", "part_time", "contract"), weights=(88, 7, 5))[0]


def _places(company: DemoCompany, chance: random.Random) -> tuple[Place, ...]:
    home = [place for place in PLACES if place.country in company.homes]
    pool = home if chance.random() < 0.6 else list(PLACES)
    return tuple(chance.sample(pool, k=min(len(pool), chance.choices((1, 2, 3), weights=(80, 14, 6))[0])))


def _pay(level: str, job_type: str, *, place: Place, chance: random.Random) -> Pay | None:
    """Pay is stated in six postings of ten; low-paid work by the hour."""
    base = BASE_PAY[level] * place.pay * chance.uniform(0.88, 1.15)
    if job_type in LOW_PAID:
        base *= 0.6
    is_stated = chance.random() < 0.6
    width = chance.uniform(1.15, 1.5)
    if not is_stated:
        return None
    if job_type in LOW_PAID and chance.random() < 0.5:
        hourly = max(2, round(base / 1950))
        return Pay(low=hourly, high=max(hourly + 1, round(hourly * width)), currency=place.currency, period="hour")
    low = round(base / 1000) * 1000
    return Pay(low=low, high=round(low * width / 1000) * 1000, currency=place.currency, period="year")
