"""From a source's draft to the posting of the public contract."""

import re
from collections.abc import Iterable
from dataclasses import replace

from crawler.drafts import Draft
from crawler.fields.dates import utc_time
from crawler.fields.html import as_html, describe, lines_of
from crawler.fields.modes import employment_type, language_code, language_of, workplace_from_field, workplace_from_text
from crawler.fields.pay import widest
from crawler.fields.pay_text import pay_in_text
from crawler.fields.places import Place, workplace_in
from crawler.fields.texts import name_from_token, one_line
from crawler.fields.urls import canonical_url
from crawler.shape import Board
from jobalerts.domain.classify import classify
from jobalerts.domain.posting import Location, Posting, Workplace

FILLED = (
    "apply_url", "workplace", "department", "employment_type", "salary", "seniority", "experience", "language",
    "posted_at", "updated_at", "valid_through",
)  # fmt: skip
DESCRIBED = ("description_html", "description_text", "job_types")
NO_DEPARTMENT = frozenset({"", "no department", "unassigned", "none", "n/a", "-"})


def posting_from(draft: Draft, board: Board) -> Posting:
    """Read every field; ValueError when id, title or address cannot be read."""
    title, external_id, url = one_line(draft.title), one_line(draft.external_id), canonical_url(draft.url)
    if not title or not external_id or url is None:
        raise ValueError(f"posting {external_id or '?'} has no readable id, title or address")
    html = as_html(draft.html)
    description = describe(html)
    verdict = classify(title, description.text if draft.own_part is None else lines_of(draft.own_part(html)))
    places = _distinct(draft.locations)
    workplace = _workplace(draft.workplace, places, title) or workplace_from_text(description.text)
    return Posting(
        source=board.source,
        board=board.token,
        external_id=external_id,
        url=url,
        apply_url=canonical_url(draft.apply_url),
        title=title,
        company=board.company or one_line(draft.company) or name_from_token(board.token),
        locations=tuple(place.location for place in places),
        workplace=workplace,
        remote_countries=_remote_countries(draft, places) if workplace == "remote" else None,
        department=_department(draft.department),
        employment_type=employment_type(*draft.employment_type),
        salary=widest(draft.pays, "field") or pay_in_text(description.text, _countries(places)),
        job_types=verdict.job_types,
        seniority=draft.seniority or verdict.seniority or draft.level,
        experience=draft.experience or verdict.experience,
        description_html=description.html,
        description_text=description.text,
        language=language_code(draft.language) or language_of(description.text),
        posted_at=utc_time(draft.posted_at),
        updated_at=utc_time(draft.updated_at),
        valid_through=utc_time(draft.valid_through),
    )


def merged(first: Posting, second: Posting) -> Posting:
    """One posting of two rows that repeat its id, once a place; the second says what the first does not."""
    known = {_identity(place) for place in first.locations}
    new = tuple(place for place in second.locations if _identity(place) not in known)
    countries = first.remote_countries, second.remote_countries
    both = tuple(dict.fromkeys((countries[0] or ()) + (countries[1] or ()))) if all(countries) else None
    if first.workplace is None and second.workplace == "remote":
        both = second.remote_countries
    filled = {name: getattr(second, name) for name in FILLED if getattr(first, name) is None}
    described = {name: getattr(second, name) for name in DESCRIBED} if not first.description_text else {}
    return replace(first, **filled | described | {"locations": first.locations + new, "remote_countries": both})


def _department(said: object) -> str | None:
    """Vendors fill the gap with words of their own."""
    name = one_line(said)
    return None if name.casefold() in NO_DEPARTMENT else name


def _distinct(places: Iterable[Place | None]) -> tuple[Place, ...]:
    """Places once each: "Tokyo, Japan" and "Tokyo" are one."""
    kept: dict[object, Place] = {}
    for place in places:
        if place is not None:
            kept.setdefault(_identity(place.location), place)
    return tuple(kept.values())


def _identity(location: Location) -> object:
    if location.city:
        return location.city.casefold(), location.country
    return location.text.casefold()


def _workplace(said: object, places: tuple[Place, ...], title: str) -> Workplace | None:
    """The field first, then what the places say, then the title; one remote place among others makes it remote."""
    field = workplace_from_field(said)
    if field:
        return field
    modes = {place.workplace for place in places}
    for mode in ("remote", "hybrid", "onsite"):
        if mode in modes:
            return mode
    return workplace_in(" ".join(re.findall(r"[(\[|–—-][^()\[\]|]*", title)))


def _remote_countries(draft: Draft, places: tuple[Place, ...]) -> tuple[str, ...] | None:
    """Where it may be worked from: the field, else the countries of the remote places, else of all places."""
    if draft.remote_countries:
        return draft.remote_countries
    remote = tuple(place for place in places if place.workplace == "remote")
    found = dict.fromkeys(place.location.country for place in remote or places if place.location.country)
    is_open = any(place.location.country is None for place in remote)
    return None if is_open else tuple(found) or None


def _countries(places: tuple[Place, ...]) -> frozenset[str]:
    return frozenset(place.location.country for place in places if place.location.country)
