"""Workable's public widget: the whole board in one answer, a row a place (rows of one shortcode are one posting)."""

from collections.abc import Iterator
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.levels import level_from_field
from crawler.fields.places import Place, place_from_fields
from crawler.shape import Board, Json, JsonList, list_of, text_of


def draft(row: Json, board: Board) -> Draft:
    page = f"https://apply.workable.com/j/{row['shortcode']}"
    return Draft(
        external_id=row["shortcode"],
        title=row["title"],
        url=text_of(row, "url") or page,
        apply_url=text_of(row, "application_url") or f"{page}/apply",
        company=row.get("account"),
        locations=tuple(_places(row)),
        workplace="remote" if row.get("telecommuting") is True else None,
        department=row.get("department"),
        employment_type=(row.get("employment_type"),),
        html=text_of(row, "description"),
        posted_at=row.get("published_on") or row.get("created_at"),
        level=level_from_field(row.get("experience")),
    )


def _places(row: Json) -> Iterator[Place | None]:
    """`locations` as far as they are shown, else the row's own fields."""
    shown = [place for place in list_of(row, "locations") if place.get("hidden") is not True]
    for place in shown:
        country, code = place.get("country"), place.get("countryCode")
        yield _place(place.get("city"), place.get("region"), country or code)
    if not shown:
        yield _place(row.get("city"), row.get("state"), row.get("country"))


def _place(city: object, region: object, country: object) -> Place | None:
    return place_from_fields(city=city, region=region, country=country)


SOURCE = JsonList(
    urls=("https://apply.workable.com/api/v1/widget/accounts/{token}?details=true",),
    draft=draft,
    rows=("jobs",),
    also=lambda answer, data: {"account": data.get("name")},
    quote=lambda token: quote(token, safe=""),
    says=("remote", "dates"),
).source()
