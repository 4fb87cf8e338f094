"""Lever's Postings API (https://github.com/lever/postings-api): an array, requirements in `lists`, dates in ms."""

from typing import Any

from jobalerts.embedded.demo_boards.formats.markup import items, paragraph, pay_line, plain, sections
from jobalerts.embedded.demo_boards.phrases import EQUAL
from jobalerts.embedded.demo_boards.places import Place
from jobalerts.embedded.demo_boards.postings import DemoPosting

WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "onsite": "onsite"}
COMMITMENTS = {"full_time": "Full-time", "part_time": "Part-time", "contract": "Contract", "internship": "Intern"}
INTERVALS = {"year": "per-year-salary", "hour": "per-hour-wage"}


def board(postings: list[DemoPosting], site: str) -> list[dict[str, Any]]:
    return [posting_json(posting, site) for posting in postings]


def posting_json(posting: DemoPosting, site: str) -> dict[str, Any]:
    url = f"{site}/openings/{posting.company.slug}/{posting.uuid}"
    opening = [posting.intro]
    closing = [*posting.notes, posting.company.about, EQUAL[posting.number % len(EQUAL)]]
    document: dict[str, Any] = {
        "id": posting.uuid,
        "text": posting.title,
        "country": posting.places[0].country,
        "createdAt": int(posting.posted_at.timestamp() * 1000),
        "hostedUrl": url,
        "applyUrl": f"{url}/apply",
        "workplaceType": WORKPLACES[posting.workplace],
        "categories": _categories(posting),
        "opening": "",
        "openingPlain": "",
        "description": "".join(map(paragraph, opening)),
        "descriptionPlain": plain(opening),
        "descriptionBody": "".join(map(paragraph, opening)),
        "descriptionBodyPlain": plain(opening),
        "lists": [{"text": heading, "content": items(lines)} for heading, lines in sections(posting)],
        "additional": "".join(map(paragraph, closing)),
        "additionalPlain": plain(closing),
    }
    return document | _pay(posting)


def _categories(posting: DemoPosting) -> dict[str, Any]:
    places = [_place(place) for place in posting.places]
    return {
        "commitment": COMMITMENTS[posting.employment],
        "department": posting.department,
        "team": posting.department,
        "location": places[0],
        "allLocations": places,
    }


def _place(place: Place) -> str:
    return f"{place.city}, {place.region}" if place.country == "US" else f"{place.city}, {place.country_name}"


def _pay(posting: DemoPosting) -> dict[str, Any]:
    pay = posting.pay
    if pay is None:
        return {}
    return {
        "salaryRange": {
            "currency": pay.currency, "interval": INTERVALS[pay.period], "min": pay.low, "max": pay.high,
        },
        "salaryDescription": paragraph(pay_line(pay)),
        "salaryDescriptionPlain": pay_line(pay),
    }  # fmt: skip
