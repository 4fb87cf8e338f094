"""Careers pages in HTML: a list that links to one page a posting, each with schema.org JobPosting as JSON-LD."""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from jobalerts.embedded.demo_boards.companies import DemoCompany
from jobalerts.embedded.demo_boards.formats.markup import body, paragraph, pay_line
from jobalerts.embedded.demo_boards.places import Place
from jobalerts.embedded.demo_boards.postings import DemoPosting

EMPLOYMENTS = {"full_time": "FULL_TIME", "part_time": "PART_TIME", "contract": "CONTRACTOR", "internship": "INTERN"}
STYLE = "body{font:17px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}li{margin:.2em 0}"


def careers(company: DemoCompany, postings: Sequence[DemoPosting]) -> str:
    """Every open posting as a link, under an Organization block that is not a posting."""
    links = "".join(
        f'<li><a href="{path(posting)}">{escape(posting.title)}</a>, {escape(posting.places[0].city)}</li>'
        for posting in postings
    )
    organisation = {"@context": "https://schema.org", "@type": "Organization", "name": company.name}
    content = f"{paragraph(company.about)}<h2>Open positions ({len(postings)})</h2><ul>{links}</ul>"
    return _page(f"Careers at {company.name}", content, organisation)


def opening(posting: DemoPosting, site: str) -> str:
    """The page of one posting; every made-up company has one, so that links in mails lead somewhere."""
    pay = paragraph(pay_line(posting.pay)) if posting.pay else ""
    places = "; ".join(f"{place.city}, {place.country_name}" for place in posting.places)
    content = f"<p>{escape(posting.company.name)} · {escape(places)}</p>{body(posting)}{pay}"
    return _page(posting.title, content, job_posting(posting, site))


def gone(company: DemoCompany) -> str:
    link = f'<p><a href="/careers/{company.slug}">All open positions</a></p>'
    return _page(
        "This position is closed", f"{paragraph(f'{company.name} is not hiring for it any more.')}{link}", None
    )


def index(companies: Sequence[DemoCompany]) -> str:
    links = "".join(
        f'<li><a href="/careers/{company.slug}">{escape(company.name)}</a>: {company.size} positions, '
        f"board {company.source}/{escape(company.token)}</li>"
        for company in companies
    )
    return _page("Made-up companies for trying out jobalerts", f"<ul>{links}</ul>", None)


def path(posting: DemoPosting) -> str:
    number = posting.uuid if posting.company.source in {"lever", "ashby"} else posting.number
    return f"/openings/{posting.company.slug}/{number}"


def job_posting(posting: DemoPosting, site: str) -> dict[str, Any]:
    document: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": posting.title,
        "description": body(posting) + paragraph(posting.company.about),
        "identifier": {"@type": "PropertyValue", "name": posting.company.name, "value": str(posting.number)},
        "datePosted": posting.posted_at.date().isoformat(),
        "employmentType": EMPLOYMENTS[posting.employment],
        "hiringOrganization": {"@type": "Organization", "name": posting.company.name, "sameAs": site},
        "jobLocation": [_place(place) for place in posting.places],
        "url": site + path(posting),
        "directApply": False,
    }
    if posting.workplace == "remote":
        document["jobLocationType"] = "TELECOMMUTE"
        document["applicantLocationRequirements"] = {"@type": "Country", "name": posting.places[0].country_name}
    if posting.pay:
        document["baseSalary"] = _salary(posting)
    return document


def _salary(posting: DemoPosting) -> dict[str, Any]:
    pay = posting.pay
    assert pay is not None
    value = {"@type": "QuantitativeValue", "minValue": pay.low, "maxValue": pay.high, "unitText": pay.period.upper()}
    return {"@type": "MonetaryAmount", "currency": pay.currency, "value": value}


def _place(place: Place) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress", "addressLocality": place.city, "addressRegion": place.region,
        "addressCountry": place.country,
    }  # fmt: skip
    return {"@type": "Place", "address": address}


def _page(title: str, content: str, data: dict[str, Any] | None) -> str:
    block = ""
    if data:
        text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        block = f'<script type="application/ld+json">{text}</script>'
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style>{block}</head><body><h1>{escape(title)}</h1>{content}</body></html>"
    )
