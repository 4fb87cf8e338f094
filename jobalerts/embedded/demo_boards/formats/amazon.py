"""The search JSON behind amazon.jobs: pages of at most 100, the number of hits, texts with <br/>, ISO-3 countries."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from jobalerts.embedded.demo_boards.formats.markup import pay_line
from jobalerts.embedded.demo_boards.places import Place
from jobalerts.embedded.demo_boards.postings import DemoPosting

LARGEST_PAGE = 100
DEEPEST = 10_000


def page(postings: list[DemoPosting], query: Mapping[str, Sequence[str]], site: str) -> dict[str, Any]:
    """The asked-for slice of what fits the filters; the two limits are answered as the real site does."""
    offset, limit = (_number(query, name, default) for name, default in (("offset", 0), ("result_limit", 10)))
    if limit > LARGEST_PAGE or offset + limit > DEEPEST:
        text = f"Cannot return more than {LARGEST_PAGE if limit > LARGEST_PAGE else DEEPEST} results at once"
        return {"error": text, "hits": 0, "facets": {}, "jobs": None}
    found = [posting for posting in postings if _fits(posting, query)]
    jobs = [job(posting, site) for posting in found[offset : offset + limit]]
    return {"error": None, "hits": min(len(found), DEEPEST), "facets": {}, "content": {}, "jobs": jobs}


def job(posting: DemoPosting, site: str) -> dict[str, Any]:
    first = posting.places[0]
    path = f"/openings/{posting.company.slug}/{posting.number}"
    return {
        "id": posting.uuid,
        "id_icims": str(posting.number),
        "title": posting.title,
        "job_path": path,
        "url_next_step": f"{site}{path}/apply",
        "description": _lines([posting.intro, *posting.duties, *posting.notes, posting.company.about]),
        "description_short": posting.intro,
        "basic_qualifications": _lines([f"- {line}" for line in posting.requirements]),
        "preferred_qualifications": _preferred(posting),
        "job_category": posting.department,
        "job_family": posting.department,
        "business_category": _slug(posting.company.name),
        "job_schedule_type": "part-time" if posting.employment == "part_time" else "full-time",
        "city": first.city,
        "state": first.region,
        "country_code": first.alpha3,
        "location": f"{first.country}, {first.region}, {first.city}",
        "normalized_location": f"{first.city}, {first.region}, {first.alpha3}",
        "locations": [json.dumps(_location(place, posting)) for place in posting.places],
        "posted_date": f"{posting.posted_at:%B} {posting.posted_at.day:>2}, {posting.posted_at.year}",
        "updated_time": "about 2 hours",
        "company_name": f"{posting.company.name} Services Ltd",
        "is_intern": True if posting.level == "intern" else None,
        "is_manager": True if posting.level == "manager" else None,
        "university_job": None,
        "team": {"label": posting.department, "title": posting.department},
        "primary_search_label": _slug(posting.department),
    }


def _preferred(posting: DemoPosting) -> str:
    pay = [pay_line(posting.pay)] if posting.pay else []
    return _lines([*(f"- {line}" for line in posting.nice), "", *posting.benefits, *pay])


def _lines(lines: Sequence[str]) -> str:
    return "<br/>".join(escape(line, quote=False) for line in lines)


def _location(place: Place, posting: DemoPosting) -> dict[str, Any]:
    return {
        "type": "VIRTUAL" if posting.workplace == "remote" else "ONSITE",
        "city": place.city,
        "region": place.region,
        "normalizedCityName": place.city,
        "normalizedStateName": place.region,
        "normalizedCountryName": place.country_name,
        "normalizedCountryCode": place.alpha3,
        "countryIso2a": place.country,
        "countryIso3a": place.alpha3,
        "location": f"{place.country}, {place.region}, {place.city}",
        "normalizedLocation": f"{place.city}, {place.region}, {place.alpha3}",
    }


def _fits(posting: DemoPosting, query: Mapping[str, Sequence[str]]) -> bool:
    wanted = {
        "category[]": _slug(posting.department),
        "business_category[]": _slug(posting.company.name),
        "normalized_country_code[]": posting.places[0].alpha3,
    }
    words = " ".join(query.get("base_query", [""])).lower()
    return words in posting.title.lower() and all(
        value in query[name] for name, value in wanted.items() if query.get(name)
    )


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def _number(query: Mapping[str, Sequence[str]], name: str, default: int) -> int:
    text = query.get(name, [str(default)])[0]
    return int(text) if text.isdigit() else default
