"""Breezy HR's public list: the whole board in one array, pay as a line of words, a remote flag to be believed."""

from dataclasses import replace
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.pay_text import pay_in_words
from crawler.fields.places import Place, place_from_fields
from crawler.shape import Board, Json, JsonList, list_of, text_of
from jobalerts.domain.posting import Workplace


def draft(row: Json, board: Board) -> Draft:
    page = text_of(row, "url") or f"https://{quote(board.token, safe='')}.breezy.hr/p/{row['friendly_id']}"
    locations = [place for place in (row.get("location"), *list_of(row, "locations")) if isinstance(place, dict)]
    modes, places = {_workplace(location) for location in locations}, tuple(map(_place, locations))
    countries = frozenset(place.location.country for place in places if place and place.location.country)
    return Draft(
        external_id=row["id"],
        title=row["name"],
        url=page,
        apply_url=f"{page}/apply",
        company=text_of(row, "company", "name"),
        locations=places,
        workplace=next((mode for mode in ("remote", "hybrid") if mode in modes), None),
        department=text_of(row, "department") or text_of(row, "department", "name"),
        employment_type=(text_of(row, "type", "id"), text_of(row, "type", "name")),
        pays=(pay_in_words(text_of(row, "salary"), countries),),
        html=text_of(row, "description"),
        posted_at=row.get("published_date"),
    )


def _place(location: Json) -> Place | None:
    place = place_from_fields(
        city=location.get("city"),
        region=text_of(location, "state", "name") or text_of(location, "state"),
        country=text_of(location, "country", "id") or text_of(location, "country", "name"),
        text=location.get("name"),
    )
    return replace(place, workplace=_workplace(location)) if place else None


def _workplace(location: Json) -> Workplace | None:
    """`remote_details` may say remote where the flag does not."""
    if text_of(location, "remote_details", "value") == "hybrid":
        return "hybrid"
    return "remote" if location.get("is_remote") is True else None


SOURCE = JsonList(
    urls=("https://{token}.breezy.hr/json?verbose=true",),
    draft=draft,
    quote=lambda token: quote(token, safe=""),
    says=("salary", "remote", "dates"),
).source()
