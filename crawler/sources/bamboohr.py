"""BambooHR's careers pages: a list without text or dates, then each posting by itself."""

from types import MappingProxyType
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.levels import level_from_field
from crawler.fields.pay_text import pay_in_words
from crawler.fields.places import Place, place_from_fields
from crawler.shape import Board, Json, JsonList, text_of, within

WORKPLACES = MappingProxyType({"0": "onsite", "1": "remote", "2": "hybrid"})


def draft(row: Json, board: Board) -> Draft:
    detail = row.get("detail") or {}
    page = f"https://{quote(board.token, safe='')}.bamboohr.com/careers/{row['id']}"
    place = _place(row, detail)
    countries = frozenset({place.location.country}) if place and place.location.country else frozenset()
    return Draft(
        external_id=row["id"],
        title=text_of(detail, "jobOpeningName") or row["jobOpeningName"],
        url=page,
        apply_url=page,
        locations=(place,),
        workplace=_workplace(detail) or _workplace(row),
        department=text_of(detail, "departmentLabel") or text_of(row, "departmentLabel"),
        employment_type=(text_of(detail, "employmentStatusLabel"), row.get("employmentStatusLabel")),
        pays=(pay_in_words(text_of(detail, "compensation"), countries),),
        html=text_of(detail, "description"),
        posted_at=detail.get("datePosted"),
        level=level_from_field(detail.get("minimumExperience")),
    )


def _place(row: Json, detail: Json) -> Place | None:
    """The posting's own place, else what the list says in either of its two fields."""
    found = (
        (detail, "location", ("city", "state", "addressCountry")),
        (row, "atsLocation", ("city", "state", "country")),
        (row, "atsLocation", ("city", "province", "country")),
        (row, "location", ("city", "state", "addressCountry")),
    )
    for holder, name, keys in found:
        city, region, country = (within(holder, (name, key)) for key in keys)
        place = place_from_fields(city=city, region=region, country=country)
        if place is not None and (city or region):
            return place
    country = text_of(detail, "location", "addressCountry") or within(row, ("atsLocation", "country"))
    return place_from_fields(country=country)


def _workplace(holder: Json) -> str | None:
    """`isRemote` is often null, and says nothing of hybrid."""
    said = WORKPLACES.get(str(holder.get("locationType")))
    return said or ("remote" if holder.get("isRemote") is True else None)


SOURCE = JsonList(
    urls=("https://{token}.bamboohr.com/careers/list",),
    draft=draft,
    rows=("result",),
    total=("meta", "totalCount"),
    quote=lambda token: quote(token, safe=""),
    detail=lambda url, row: f"{url.removesuffix('list')}{row['id']}/detail",
    inside=("result", "jobOpening"),
    says=("salary", "remote", "dates"),
).source()
