"""Greenhouse's Job Board API (https://developers.greenhouse.io/job-board.html): content is HTML, escaped as text."""

from html import escape
from typing import Any

from jobalerts.embedded.demo_boards.companies import DemoCompany
from jobalerts.embedded.demo_boards.formats.markup import body, paragraph, pay_line
from jobalerts.embedded.demo_boards.phrases import EQUAL
from jobalerts.embedded.demo_boards.places import Place
from jobalerts.embedded.demo_boards.postings import DemoPosting

WORKPLACES = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "Onsite"}


def board(postings: list[DemoPosting], site: str) -> dict[str, Any]:
    """The whole board in one answer, with the total it declares."""
    return {"jobs": [job(posting, site) for posting in postings], "meta": {"total": len(postings)}}


def about(company: DemoCompany) -> dict[str, Any]:
    return {"name": company.name, "content": escape(paragraph(company.about))}


def job(posting: DemoPosting, site: str) -> dict[str, Any]:
    department: dict[str, Any] = {"name": posting.department, "child_ids": [], "parent_id": None}
    return {
        "absolute_url": f"{site}/openings/{posting.company.slug}/{posting.number}",
        "data_compliance": [{"type": "gdpr", "requires_consent": False, "retention_period": None}],
        "internal_job_id": posting.number // 7,
        "location": {"name": _location(posting)},
        "metadata": [_workplace(posting)],
        "id": posting.number,
        "updated_at": posting.updated_at.isoformat(),
        "requisition_id": f"R-{posting.number % 100_000}",
        "title": f" {posting.title}" if posting.number % 13 == 0 else posting.title,  # one in 13 is padded
        "company_name": posting.company.name,
        "first_published": posting.posted_at.isoformat(),
        "language": "en",
        "application_deadline": None,
        "content": escape(_content(posting)),
        "departments": [{"id": 1000 + sum(map(ord, posting.department))} | department],
        "offices": [_office(place) for place in posting.places],
        "pay_input_ranges": _pay(posting),
    }


def _location(posting: DemoPosting) -> str:
    names = [
        f"{place.city}, {place.region if place.country == 'US' else place.country_name}" for place in posting.places
    ]
    if posting.workplace == "remote":
        return f"Remote - {posting.places[0].country_name}"
    return "; ".join(names)


def _workplace(posting: DemoPosting) -> dict[str, Any]:
    value = WORKPLACES[posting.workplace]
    return {"id": 311, "name": "Workplace Type", "value": value, "value_type": "single_select"}


def _office(place: Place) -> dict[str, Any]:
    location = f"{place.city}, {place.region}, {place.country_name}"
    number = 2000 + sum(map(ord, place.city))
    return {"id": number, "name": place.city, "location": location, "child_ids": [], "parent_id": None}


def _content(posting: DemoPosting) -> str:
    pay = ""
    if posting.pay:
        pay = f'<div class="content-pay-transparency">{paragraph(pay_line(posting.pay))}</div>'
    return (
        f'<div class="content-intro">{paragraph(posting.company.about)}</div>'
        f"<p>&nbsp;</p>{body(posting)}{pay}"
        f'<div class="content-conclusion">{paragraph(EQUAL[posting.number % len(EQUAL)])}</div>'
    )


def _pay(posting: DemoPosting) -> list[dict[str, Any]]:
    pay = posting.pay
    if pay is None:
        return []
    title = "Hourly pay" if pay.period == "hour" else "Annual salary"
    cents = {"min_cents": pay.low * 100, "max_cents": pay.high * 100}
    return [cents | {"currency_type": pay.currency, "title": title, "blurb": ""}]
