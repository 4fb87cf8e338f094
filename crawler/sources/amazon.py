"""Amazon's own job search: pages of 100; it ends at 10,000 hits, so a bigger board is read by country, then category.

TOKEN is any name for the whole board ("amazon"), or a filter of the site, such as "category[]=software-development".
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.places import Place, place_from_fields
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Board, Json, Page, Source, list_of, text_of, within
from jobalerts.domain.posting import Workplace

SITE = "https://www.amazon.jobs"
PAGE_SIZE = 100
MOST_HITS = 10_000
SLICES = (("normalized_country_code[]", "normalized_country_code_facet"), ("category[]", "category_facet"))
"""Filters, and the facet that lists their values, in the order a board that is too big is split by them."""
BETTER_KNOWN_AS = "Amazon"
WORKPLACES: Mapping[str, Workplace] = MappingProxyType({"ONSITE": "onsite", "VIRTUAL": "remote"})


def start(board: Board) -> tuple[Ask, ...]:
    filters = parse_qsl(board.token) if "=" in board.token else []
    return (_ask(tuple(filters), 0),)


def read(answer: Answer) -> Page:
    data = answer.json()
    rows, hits = within(data, ("jobs",)), within(data, ("hits",))
    if not isinstance(rows, list):
        raise Unreadable("malformed", text_of(data, "error") or "the list jobs is missing")
    filters = _filters_of(answer.ask.url)
    total = hits if isinstance(hits, int) else None
    if total is not None and total >= MOST_HITS and answer.ask.seen == 0:
        slices = tuple(_slices(data, filters))
        if slices:
            return Page(more=slices)
    seen = answer.ask.seen + len(rows)
    is_more = bool(rows) and total is not None and seen < total
    more = (_ask(filters, seen),) if is_more and seen + PAGE_SIZE <= MOST_HITS else ()
    return Page(rows=tuple(rows), more=more, total=total, is_partial=total is not None and total >= MOST_HITS)


def draft(row: Json, board: Board) -> Draft:
    return Draft(
        external_id=row.get("id_icims") or row["id"],
        title=row["title"],
        url=urljoin(SITE, row["job_path"]),
        apply_url=row.get("url_next_step"),
        company=BETTER_KNOWN_AS,
        locations=tuple(_places(row)),
        department=row.get("job_category"),
        employment_type=("intern" if row.get("is_intern") is True else None, row.get("job_schedule_type")),
        html="".join(_sections(row)),
        posted_at=row.get("posted_date"),
        seniority="intern" if row.get("is_intern") is True else None,
    )


def _ask(filters: tuple[tuple[str, str], ...], seen: int) -> Ask:
    facets = [("facets[]", facet.removesuffix("_facet")) for _, facet in SLICES] if seen == 0 else []
    paging = [("base_query", ""), ("offset", str(seen)), ("result_limit", str(PAGE_SIZE)), ("sort", "recent")]
    query = urlencode([*paging, *filters, *facets], safe="[]")
    return Ask(url=f"{SITE}/en/search.json?{query}", part=urlencode(filters, safe="[]"), seen=seen)


def _filters_of(url: str) -> tuple[tuple[str, str], ...]:
    paging = {"base_query", "offset", "result_limit", "sort", "facets[]"}
    return tuple((name, value) for name, value in parse_qsl(urlsplit(url).query) if name not in paging)


def _slices(data: Json, filters: tuple[tuple[str, str], ...]) -> Iterator[Ask]:
    """One request a value of the first filter not yet used; none when the site lists no values."""
    for name, facet in SLICES:
        values = [value for item in list_of(data, "facets", facet) if isinstance(item, dict) for value in item]
        if values and all(used != name for used, _ in filters):
            yield from (_ask((*filters, (name, value)), 0) for value in values)
            return


def _locations(row: Json) -> list[Json]:
    """`locations` holds JSON as strings."""
    return [json.loads(item) if isinstance(item, str) else item for item in list_of(row, "locations")]


def _places(row: Json) -> Iterator[Place | None]:
    """Every entry of `locations`; the row's own fields when there is none."""
    for item in _locations(row):
        place = place_from_fields(
            city=item.get("city") or item.get("normalizedCityName"),
            region=item.get("region") or item.get("state") or item.get("normalizedStateName"),
            country=item.get("countryIso2a") or item.get("countryIso3a") or item.get("country"),
            text=item.get("normalizedLocation") or item.get("location"),
        )
        yield replace(place, workplace=WORKPLACES.get(text_of(item, "type"))) if place else None
    if not list_of(row, "locations"):
        yield place_from_fields(
            city=row.get("city"), region=row.get("state"), country=row.get("country_code"),
            text=text_of(row, "normalized_location") or text_of(row, "location"),
        )  # fmt: skip


def _sections(row: Json) -> Iterator[str]:
    for key, heading in (
        ("description", ""),
        ("basic_qualifications", "Basic qualifications"),
        ("preferred_qualifications", "Preferred qualifications"),
    ):
        if text_of(row, key):
            yield f"<h3>{escape(heading)}</h3><p>{as_html(text_of(row, key))}</p>"


SOURCE = Source(
    start=start,
    read=read,
    draft=draft,
    says=("remote", "dates"),
    named_by="any name for all of it, or a filter as category[]=software-development",
)
