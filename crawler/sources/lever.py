"""Lever's public Postings API: one JSON array, requirements in `lists`, no company name, no total."""

from functools import lru_cache
from html import escape
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.pay import Pay, pay_from_fields
from crawler.fields.places import Place, places_from_text
from crawler.shape import Board, Json, JsonList, list_of, text_of
from jobalerts.domain.places import country_code


def draft(row: Json, board: Board) -> Draft:
    categories = row.get("categories") or {}
    pay = row.get("salaryRange")
    return Draft(
        external_id=row["id"],
        title=row["text"],
        url=text_of(row, "hostedUrl") or _page(row, board),
        apply_url=text_of(row, "applyUrl") or f"{_page(row, board)}/apply",
        locations=_places(categories, country_code(text_of(row, "country"))),
        workplace=row.get("workplaceType"),
        department=text_of(categories, "department") or text_of(categories, "team"),
        employment_type=(categories.get("commitment"),),
        pays=(_pay(pay),) if pay else (),
        html=_html(row),
        posted_at=row.get("createdAt"),
    )


def _page(row: Json, board: Board) -> str:
    return f"https://jobs.lever.co/{quote(board.token)}/{row['id']}"


def _pay(said: Json) -> Pay | None:
    return pay_from_fields(
        low=said.get("min"), high=said.get("max"), currency=said.get("currency"), period=said.get("interval")
    )


def _places(categories: Json, country: str | None) -> tuple[Place, ...]:
    """`location` is only the first of `allLocations`; the field `country` speaks of that first one."""
    texts = list_of(categories, "allLocations") or [text_of(categories, "location")]
    places = places_from_text(texts[0], country)
    for text in texts[1:]:
        places += places_from_text(text)
    return places


def _html(row: Json) -> str:
    html = _section(row, "description")
    for item in list_of(row, "lists"):
        html += f"{_heading(text_of(item, 'text'))}<ul>{text_of(item, 'content')}</ul>"
    return html + _section(row, "additional") + _section(row, "salaryDescription")


@lru_cache(maxsize=256)
def _heading(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"


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
