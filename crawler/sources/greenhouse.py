"""Greenhouse's public Job Board API: the whole board in one answer, `content` as entity-escaped HTML."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.modes import workplace_from_field
from crawler.fields.pay import NOT_PAY, Pay, amount, currency_code, pay_from_fields
from crawler.fields.places import Place, place_from_fields, places_from_text
from crawler.shape import Board, Json, JsonList, list_of, text_of, within
from jobalerts.domain.posting import Period

WORKPLACE = re.compile(r"work ?place|remote|work (?:type|model|arrangement|location type)|location type|on-?site", re.I)
EMPLOYMENT = re.compile(r"employment|time type|job type|contract type|commitment|worker type", re.I)
HOURLY = re.compile(r"hour", re.I)


def draft(row: Json, board: Board) -> Draft:
    return Draft(
        external_id=row["id"],
        title=row["title"],
        url=row.get("absolute_url") or f"https://job-boards.greenhouse.io/{quote(board.token)}/jobs/{row['id']}",
        apply_url=row.get("absolute_url"),
        company=row.get("company_name"),
        locations=tuple(_places(row)),
        workplace=next((value for value in _metadata(row, WORKPLACE) if workplace_from_field(value)), None),
        department=next((name for item in list_of(row, "departments") if (name := text_of(item, "name"))), None),
        employment_type=tuple(_metadata(row, EMPLOYMENT)),
        pays=tuple(_pays(row)),
        html=text_of(row, "content"),
        own_part=_without_boilerplate,
        language=row.get("language"),
        posted_at=row.get("first_published"),
        updated_at=row.get("updated_at"),
        valid_through=row.get("application_deadline"),
    )


def _places(row: Json) -> Iterator[Place | None]:
    """The location's text; offices only when it says nothing, since they often name the whole company."""
    said = places_from_text(text_of(row, "location", "name"))
    yield from said
    if not said:
        for office in list_of(row, "offices"):
            yield from places_from_text(text_of(office, "location")) or _office(text_of(office, "name"))


def _office(name: str) -> tuple[Place, ...]:
    place = place_from_fields(city=name)
    return (place,) if place is not None and place.location.country else ()


def _metadata(row: Json, named: re.Pattern[str]) -> Iterator[str]:
    for item in list_of(row, "metadata"):
        value = within(item, ("value",))
        if named.search(text_of(item, "name")):
            yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def _pays(row: Json) -> Iterator[Pay | None]:
    """Ranges in cents first (their titles tell hourly and OTE ones apart), else metadata of a currency type."""
    ranges = list_of(row, "pay_input_ranges")
    for item in ranges:
        words = f"{text_of(item, 'title')} {text_of(item, 'blurb')}"
        if not NOT_PAY.search(text_of(item, "title")):
            low, high = (_units(item.get(key)) for key in ("min_cents", "max_cents"))
            yield _pay(low, high, currency=item.get("currency_type"), words=words)
    for item in list_of(row, "metadata") if not ranges else ():
        if text_of(item, "value_type") in {"currency", "currency_range"} and not NOT_PAY.search(text_of(item, "name")):
            value = within(item, ("value",)) or {}
            low, high = value.get("min_value", value.get("amount")), value.get("max_value", value.get("amount"))
            yield _pay(amount(low), amount(high), currency=value.get("unit"), words=text_of(item, "name"))


def _units(cents: object) -> float | None:
    whole = amount(cents)
    return None if whole is None else whole / 100


def _pay(low: float | None, high: float | None, *, currency: object, words: str) -> Pay | None:
    return pay_from_fields(low=low, high=high, currency=currency_code(currency), period=_period(words, high or low))


def _period(words: str, most: float | None) -> Period:
    """Greenhouse has no field for it: "Hourly" in the title, else by size; nobody is paid 500 a year."""
    return "hour" if HOURLY.search(words) or (most is not None and most < 500) else "year"


def _without_boilerplate(html: str) -> str:
    """The posting's own part; what the company writes on every posting says nothing of this one's years."""
    start = html.find('<div class="content-conclusion">')
    own = html if start < 0 else html[:start]
    intro = re.match(r'\s*<div class="content-intro">.*?</div>', own, re.S)
    return own[intro.end() :] if intro and len(own) > intro.end() else own


SOURCE = JsonList(
    urls=("https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true&pay_transparency=true",),
    draft=draft,
    rows=("jobs",),
    total=("meta", "total"),
    quote=lambda token: quote(token, safe=""),
    says=("salary", "dates"),
).source()
