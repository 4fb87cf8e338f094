"""Recruitee's careers site API: the whole board in one answer; requirements apart, salaries as strings."""

from collections.abc import Iterator
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.levels import level_from_field
from crawler.fields.pay import Pay, amount, pay_from_fields
from crawler.fields.places import Place, place_from_fields, places_from_text
from crawler.shape import Board, Json, JsonList, list_of, text_of, within

FULL_TIME_FROM = 35
"""Hours a week."""


def draft(row: Json, board: Board) -> Draft | None:
    if (text_of(row, "status") or "published") != "published":
        return None
    # `careers_url` may lie on a host of the company's own that is gone.
    page = f"https://{quote(board.token, safe='')}.recruitee.com/o/{quote(row['slug'], safe='')}"
    return Draft(
        external_id=row["id"],
        title=row["title"],
        url=page,
        apply_url=f"{page}/c/new",
        company=row.get("company_name"),
        locations=tuple(_places(row)),
        workplace=_workplace(row),
        department=row.get("department"),
        employment_type=(row.get("employment_type_code"), _by_hours(row)),
        pays=tuple(_pays(row)),
        html="".join(_sections(row)),
        language=_only_language(row),
        posted_at=row.get("published_at"),
        updated_at=row.get("updated_at"),
        valid_through=row.get("close_at"),
        level=level_from_field(row.get("experience_code")),
    )


def _places(row: Json) -> Iterator[Place | None]:
    """`location` may be a word for remote work in any language, so it counts only when there are no fields."""
    fields = [_place(place, "state") for place in list_of(row, "locations")] or [_place(row, "state_name")]
    yield from fields
    if not any(fields):
        yield from places_from_text(text_of(row, "location"))


def _place(holder: Json, state: str) -> Place | None:
    names = [text_of(holder, key) for key in ("city", state, "country")]
    return place_from_fields(
        city=names[0],
        region=names[1],
        country=text_of(holder, "country_code") or names[2],
        text=", ".join(dict.fromkeys(name for name in names if name)),
    )


def _workplace(row: Json) -> str | None:
    """Hybrid is never remote, whatever else is ticked."""
    return next((mode for mode in ("hybrid", "remote", "on_site") if row.get(mode) is True), None)


def _by_hours(row: Json) -> str | None:
    most, least = amount(row.get("max_hours")), amount(row.get("min_hours"))
    if most and most < FULL_TIME_FROM:
        return "part time"
    return "full time" if least and least >= FULL_TIME_FROM else None


def _pays(row: Json) -> Iterator[Pay | None]:
    pay = within(row, ("salary",)) or {}
    yield pay_from_fields(
        low=pay.get("min"), high=pay.get("max"), currency=pay.get("currency"), period=pay.get("period")
    )


def _sections(row: Json) -> Iterator[str]:
    yield as_html(text_of(row, "description"))
    requirements = as_html(text_of(row, "requirements"))
    yield f"<h3>Requirements</h3>{requirements}" if requirements else ""


def _only_language(row: Json) -> str | None:
    languages = list(within(row, ("translations",)) or {})
    return languages[0] if len(languages) == 1 else None


SOURCE = JsonList(
    urls=("https://{token}.recruitee.com/api/offers/",),
    draft=draft,
    rows=("offers",),
    quote=lambda token: quote(token, safe=""),
    says=("salary", "remote", "dates"),
).source()
