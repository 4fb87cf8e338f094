"""The field map of schema.org's JobPosting, wherever it comes from: a page's JSON-LD, or a vendor's feed."""

import re
from collections.abc import Iterator
from html import escape, unescape

from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.pay import Pay, amount, pay_from_fields
from crawler.fields.place_words import WIDE
from crawler.fields.places import Place, place_from_fields, places_from_text
from crawler.fields.texts import one_line
from crawler.fields.urls import canonical_url
from crawler.shape import Json, text_of, within
from jobalerts.domain.places import country_code, folded
from jobalerts.domain.posting import Experience

SECTIONS = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience"),
    ("skills", "Skills"),
    ("educationRequirements", "Education"),
    ("jobBenefits", "Benefits"),
)
SHORTEST_SECTION = 16
"""Characters; "Experienced" alone says nothing that a reader misses."""


def draft_of(posting: Json, *, page: str, is_only_one: bool = True) -> Draft:
    """What the posting says; without an id or address of its own it is known by `page`, and if need be its title."""
    own_url = canonical_url(posting.get("url"), page)
    places = tuple(_places(posting))
    wanted_in = tuple(_applicants_from(posting))
    return Draft(
        external_id=_identifier(posting) or own_url or (page if is_only_one else f"{page}#{one_line(_title(posting))}"),
        title=_title(posting),
        url=own_url or page,
        company=_name(posting.get("hiringOrganization")),
        locations=places or wanted_in,
        workplace="remote" if "TELECOMMUTE" in str(posting.get("jobLocationType")).upper() else None,
        remote_countries=tuple(dict.fromkeys(p.location.country for p in wanted_in if p.location.country)) or None,
        department=_name(within(posting, ("hiringOrganization", "department"))),
        employment_type=(posting.get("employmentType"),),
        pays=tuple(_pays(posting)),
        html="".join(_sections(posting)),
        language=posting.get("inLanguage"),
        posted_at=posting.get("datePosted"),
        updated_at=posting.get("dateModified"),
        valid_through=posting.get("validThrough"),
        experience=_experience(posting.get("experienceRequirements")),
    )


def _title(posting: Json) -> str:
    return unescape(one_line(posting.get("title") or posting.get("name")))


def _identifier(posting: Json) -> str:
    """The vendor's id; a value without a digit is a name (often the company's), no id."""
    said = posting.get("identifier")
    for value in said if isinstance(said, list) else [said]:
        text = one_line(value.get("value") if isinstance(value, dict) else value)
        if re.search(r"\d", text):
            return text
    return ""


def _name(value: Json) -> str:
    text = value.get("name") if isinstance(value, dict) else value
    return unescape(one_line(text))


def _as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _places(posting: Json) -> Iterator[Place]:
    for place in _as_list(posting.get("jobLocation")):
        address = place.get("address", place) if isinstance(place, dict) else place
        if isinstance(address, str):
            yield from places_from_text(unescape(address))
            continue
        for one in _as_list(address):
            found = place_from_fields(
                city=_name(one.get("addressLocality")),
                region=_region(one.get("addressRegion")),
                country=_name(one.get("addressCountry")),
            )
            yield from (found,) if found else places_from_text(_name(place.get("name")))


def _region(value: Json) -> str | None:
    """Teamtailor's boards say "Europe" there, which is no region of a country."""
    name = _name(value)
    return None if folded(name) in WIDE else name


def _applicants_from(posting: Json) -> Iterator[Place]:
    """Where a remote posting may be worked from: countries, or states of one."""
    for requirement in _as_list(posting.get("applicantLocationRequirements")):
        name = _name(requirement)
        if country_code(name):
            yield from (place for place in (place_from_fields(country=name, text=name),) if place)
        else:
            yield from places_from_text(name)


def _pays(posting: Json) -> Iterator[Pay | None]:
    for salary in _as_list(posting.get("baseSalary")):
        for value in _as_list(salary.get("value")) if isinstance(salary, dict) else ():
            said = value if isinstance(value, dict) else {"value": value}
            low, high = said.get("minValue", said.get("value")), said.get("maxValue", said.get("value"))
            unit = said.get("unitText") or said.get("unitCode") or salary.get("unitText")
            yield pay_from_fields(
                low=low, high=high, currency=salary.get("currency") or said.get("currency"), period=unit or _period(low)
            )


def _period(low: object) -> str | None:
    """When nothing says it: nobody earns 15,000 an hour, nor 200 a year."""
    number = amount(low)
    return None if number is None else "year" if number >= 15_000 else "hour" if number <= 200 else None


def _sections(posting: Json) -> Iterator[str]:
    """The description, and each further field whose text it does not hold already."""
    whole = as_html(posting.get("description"))
    yield whole
    for key, heading in SECTIONS:
        values = [text for text in _as_list(posting.get(key)) if isinstance(text, str)]
        text = "\n".join(values).strip()
        if len(text) >= SHORTEST_SECTION and _words(text) not in _words(whole):
            yield f"<h3>{escape(heading)}</h3>{as_html(text)}"


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", unescape(html)).split())


def _experience(value: Json) -> Experience | None:
    """Google's `monthsOfExperience`; 18 months are 1.5 years, 0 is none required."""
    for item in _as_list(value):
        months = item.get("monthsOfExperience") if isinstance(item, dict) else None
        if re.fullmatch(r"\d{1,3}(?:\.0+)?", one_line(months)):
            years = float(one_line(months)) / 12
            evidence = text_of(item, "description") or f"{int(float(one_line(months)))} months of experience"
            return Experience(min_years=round(years, 2), max_years=None, evidence=evidence, source="field")
    return None
