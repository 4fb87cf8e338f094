"""Ashby's public job posting API: the whole board in one answer, real HTML, `isRemote` also true for hybrid."""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from crawler.drafts import Draft
from crawler.fields.pay import Pay, pay_from_fields
from crawler.fields.places import Place, place_from_fields, places_from_text
from crawler.fields.texts import name_from_token
from crawler.shape import Board, Json, JsonList, list_of, text_of, within


def draft(row: Json, board: Board) -> Draft | None:
    if row.get("isListed") is False:
        return None
    page = f"https://jobs.ashbyhq.com/{quote(board.token)}/{row['id']}"
    return Draft(
        external_id=row["id"],
        title=row["title"],
        url=text_of(row, "jobUrl") or page,
        company=name_from_token(_as_spelled(text_of(row, "jobUrl"), board.token)),
        apply_url=text_of(row, "applyUrl") or f"{page}/application",
        locations=tuple(_places(row)),
        workplace=row.get("workplaceType") or ("Remote" if row.get("isRemote") is True else None),
        department=text_of(row, "department") or text_of(row, "team"),
        employment_type=(row.get("employmentType"),),
        pays=tuple(_pays(row)),
        html=text_of(row, "descriptionHtml") or text_of(row, "descriptionPlain"),
        posted_at=row.get("publishedAt"),
    )


def _as_spelled(url: str, token: str) -> str:
    """The token with the capitals it has in the board's own addresses."""
    word = urlsplit(url).path.strip("/").partition("/")[0]
    return word if word.lower() == token.lower() else token


def _places(row: Json) -> Iterator[Place]:
    yield from _place(row)
    for other in list_of(row, "secondaryLocations"):
        yield from _place(other)


def _place(holder: Json) -> Iterator[Place]:
    """The label, with its structured address when that says a city; the address alone when there is no label."""
    label = text_of(holder, "location")
    address = within(holder, ("address", "postalAddress")) or {}
    structured = place_from_fields(
        city=address.get("addressLocality"),
        region=address.get("addressRegion"),
        country=address.get("addressCountry"),
        text=label,
    )
    read = places_from_text(label, structured.location.country if structured else None)
    has_address = structured is not None and any(text_of(address, key) for key in address)
    if structured is not None and has_address and len(read) <= 1:
        mode = read[0].workplace if read else None
        yield Place(location=structured.location, workplace=mode or structured.workplace)
    else:
        yield from read


def _pays(row: Json) -> Iterator[Pay | None]:
    """Salary components of every tier (zone or level); "1 TIME" and "NONE" have no period and fall away."""
    compensation = within(row, ("compensation",))
    tiers = list_of(compensation, "compensationTiers")
    components = [part for tier in tiers for part in list_of(tier, "components")]
    for part in components or list_of(compensation, "summaryComponents"):
        if text_of(part, "compensationType") == "Salary":
            yield pay_from_fields(
                low=part.get("minValue"),
                high=part.get("maxValue"),
                currency=part.get("currencyCode"),
                period=part.get("interval"),
            )


SOURCE = JsonList(
    urls=("https://api.ashbyhq.com/posting-api/job-board/{token}?includeCompensation=true",),
    draft=draft,
    rows=("jobs",),
    quote=lambda token: quote(token, safe=""),
    says=("salary", "remote", "dates"),
).source()
