"""Lever's public Postings API: one JSON array, requirements in `lists`, no company name, no total."""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.pay import pay_from_fields
from crawler.fields.places import Place, places_from_text
from crawler.shape import Board, Json, JsonList, list_of, text_of, within
from jobalerts.domain.places import country_code


def draft(row: Json, board: Board) -> Draft:
    country = country_code(text_of(row, "country"))
    categories = within(row, ("categories",)) or {}
    pay = within(row, ("salaryRange",)) or {}
    return Draft(
        external_id=row["id"],
        title=row["text"],
        url=text_of(row, "hostedUrl") or _page(row, board),
        apply_url=text_of(row, "applyUrl") or f"{_page(row, board)}/apply",
        locations=tuple(_places(categories, country)),
        workplace=row.get("workplaceType"),
        department=text_of(categories, "department") or text_of(categories, "team"),
        employment_type=(categories.get("commitment"),),
        pays=(
            pay_from_fields(
                low=pay.get("min"), high=pay.get("max"), currency=pay.get("currency"), period=pay.get("interval")
            ),
        ),
        html="".join(_sections(row)),
        posted_at=row.get("createdAt"),
    )


def _page(row: Json, board: Board) -> str:
    return f"https://jobs.lever.co/{quote(board.token)}/{row['id']}"


def _places(categories: Json, country: str | None) -> Iterator[Place]:
    """`location` is only the first of `allLocations`; the field `country` speaks of that first one."""
    texts = list_of(categories, "allLocations") or [text_of(categories, "location")]
    for number, text in enumerate(texts):
        yield from places_from_text(text, country if number == 0 else None)


def _sections(row: Json) -> Iterator[str]:
    yield _section(row, "description")
    for item in list_of(row, "lists"):
        yield f"<h3>{escape(text_of(item, 'text'))}</h3><ul>{text_of(item, 'content')}</ul>"
    yield _section(row, "additional")
    yield _section(row, "salaryDescription")


def _section(row: Json, name: str) -> str:
    said = text_of(row, name)
    if said:
        return said
    plain = text_of(row, f"{name}Plain")
    return as_html(plain) if plain else ""


SOURCE = JsonList(
    urls=(
        "https://api.lever.co/v0/postings/{token}?mode=json",
        "https://api.eu.lever.co/v0/postings/{token}?mode=json",
    ),
    draft=draft,
    quote=lambda token: quote(token, safe=""),
    says=("salary", "remote", "dates"),
).source()
