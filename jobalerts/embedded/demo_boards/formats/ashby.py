"""Ashby's public job posting API (https://developers.ashbyhq.com/docs/public-job-posting-api)."""

from typing import Any

from jobalerts.embedded.demo_boards.formats.markup import body, paragraph, plain, sections
from jobalerts.embedded.demo_boards.places import Place
from jobalerts.embedded.demo_boards.postings import DemoPosting

WORKPLACES = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "OnSite"}
EMPLOYMENTS = {"full_time": "FullTime", "part_time": "PartTime", "contract": "Contract", "internship": "Intern"}


def board(postings: list[DemoPosting], site: str) -> dict[str, Any]:
    return {"apiVersion": "1", "jobs": [job(posting, site) for posting in postings]}


def job(posting: DemoPosting, site: str) -> dict[str, Any]:
    url = f"{site}/openings/{posting.company.slug}/{posting.uuid}"
    first, *others = posting.places
    lines = [posting.intro]
    for heading, texts in sections(posting):
        lines += ["", heading.upper(), "", *(f"- {text}" for text in texts)]
    return {
        "id": posting.uuid,
        "title": posting.title,
        "department": posting.department,
        "team": posting.department,
        "employmentType": EMPLOYMENTS[posting.employment],
        "location": first.city,
        "secondaryLocations": [{"location": place.city, "address": _address(place)} for place in others],
        "publishedAt": posting.posted_at.isoformat(timespec="milliseconds"),
        "isListed": True,
        "isRemote": posting.workplace != "onsite",  # true for hybrid too, as on the real boards
        "workplaceType": WORKPLACES[posting.workplace],
        "address": _address(first),
        "jobUrl": url,
        "applyUrl": f"{url}/application",
        "descriptionHtml": body(posting) + paragraph(posting.company.about),
        "descriptionPlain": plain([*lines, "", *posting.notes, "", posting.company.about]),
        "shouldDisplayCompensationOnJobPostings": posting.pay is not None,
        "compensation": _compensation(posting),
    }


def _address(place: Place) -> dict[str, Any]:
    return {
        "postalAddress": {
            "addressLocality": place.city, "addressRegion": place.region, "addressCountry": place.country_name,
        }
    }  # fmt: skip


def _compensation(posting: DemoPosting) -> dict[str, Any]:
    """One tier, or two (zones) for one posting in four; equity stands beside the salary."""
    if posting.pay is None:
        empty: list[Any] = []
        return {
            "compensationTierSummary": None, "scrapeableCompensationSalarySummary": None,
            "compensationTiers": empty, "summaryComponents": empty,
        }  # fmt: skip
    shares = (1.0, 0.9) if posting.number % 4 == 0 else (1.0,)
    tiers = [_tier(posting, zone=zone, share=share) for zone, share in enumerate(shares, start=1)]
    return {
        "compensationTierSummary": tiers[0]["tierSummary"],
        "scrapeableCompensationSalarySummary": tiers[0]["tierSummary"].split(" • ")[0],
        "compensationTiers": tiers,
        "summaryComponents": tiers[0]["components"],
    }


def _tier(posting: DemoPosting, *, zone: int, share: float) -> dict[str, Any]:
    pay = posting.pay
    assert pay is not None
    low, high = round(pay.low * share), round(pay.high * share)
    summary = f"{pay.currency} {low:,} – {high:,}"
    equity = {
        "id": f"{posting.uuid}-e{zone}", "summary": "Offers Equity", "compensationType": "EquityPercentage",
        "interval": "NONE", "currencyCode": None, "minValue": None, "maxValue": None,
    }  # fmt: skip
    salary = {
        "id": f"{posting.uuid}-s{zone}", "summary": summary, "compensationType": "Salary",
        "interval": f"1 {pay.period.upper()}", "currencyCode": pay.currency, "minValue": low, "maxValue": high,
    }  # fmt: skip
    return {
        "id": f"{posting.uuid}-{zone}",
        "title": f"Zone {zone}",
        "additionalInformation": None,
        "tierSummary": f"{summary} • Offers Equity",
        "components": [salary, equity],
    }
