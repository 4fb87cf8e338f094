"""Workday's career pages: the list they ask for themselves (POST, pages of 20), then each posting by itself.

TOKEN is `tenant.wdN/site`, as in https://tenant.wdN.myworkdayjobs.com/en-US/site; the whole address will do as well.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import orjson

from crawler.drafts import Draft
from crawler.fields.places import Place, places_from_text
from crawler.fields.texts import name_from_token
from crawler.shape import JSON, Answer, Ask, Board, Json, JsonList, Page, Source, list_of, text_of, within
from jobalerts.domain.places import country_code

TOKEN = re.compile(
    r"(?:https://)?(?P<tenant>[\w-]+)[./](?P<pod>wd\d+)(?:\.myworkdayjobs\.com)?/"
    r"(?:[a-z]{2}-[A-Z]{2}/)?(?P<site>[\w.~-]+)/?"
)
PAGE_SIZE = 20
"""More is refused."""
MOST_LISTED = 2_000
"""Many tenants list no more, and say this total when they have more."""
COUNTED = re.compile(r"\d+ \S+")
"""`locationsText` of several places: "3 Locations"."""
AGO = re.compile(r"Posted (?:(?P<days>\d+) Days? Ago|(?P<name>Today|Yesterday))", re.I)


def start(board: Board) -> tuple[Ask, ...]:
    where = _parts(board.token)
    return (_ask(f"{_host(where)}/wday/cxs/{where['tenant']}/{where['site']}/jobs", 0),)


def read(answer: Answer) -> Page:
    page = LIST.read(answer)
    return replace(page, is_partial=page.total == MOST_LISTED)


def draft(row: Json, board: Board) -> Draft:
    where, path, detail = _parts(board.token), row["externalPath"], row.get("detail") or {}
    page = f"{_host(where)}/{where['site']}{path}"
    return Draft(
        external_id=_id(path, list_of(row, "bulletFields")),
        title=text_of(detail, "title") or row["title"],
        url=page,
        apply_url=f"{page}/apply" if detail.get("canApply") is not False else None,
        company=_company(where["tenant"], text_of(row, "organisation")),
        locations=tuple(_places(row, detail)),
        workplace=text_of(detail, "remoteType") or row.get("remoteType"),
        employment_type=(text_of(detail, "timeType"), row.get("timeType")),
        html=text_of(detail, "jobDescription"),
        posted_at=text_of(detail, "startDate") or _days_ago(text_of(row, "postedOn"), row["at"]),
        valid_through=detail.get("endDate"),
    )


def _parts(token: str) -> dict[str, str]:
    found = TOKEN.fullmatch(token.strip())
    if found is None:
        raise ValueError("write tenant.wdN/site, as in https://tenant.wdN.myworkdayjobs.com/site")
    return found.groupdict()


def _host(where: dict[str, str]) -> str:
    return f"https://{where['tenant']}.{where['pod']}.myworkdayjobs.com"


def _ask(url: str, seen: int) -> Ask:
    """All four keys must be there."""
    body = orjson.dumps({"appliedFacets": {}, "limit": PAGE_SIZE, "offset": seen, "searchText": ""})
    return Ask(url=url, method="POST", body=body, seen=seen, accept=JSON)


def _next(answer: Answer, data: Json, count: int) -> Iterator[Ask]:
    """Later pages may say a total of 0; then a full page has another after it."""
    total, got = within(data, ("total",)), count - answer.ask.seen
    if got and (count < total if isinstance(total, int) and total else got >= PAGE_SIZE):
        yield _ask(answer.ask.url, count)


def _id(path: str, bullets: list[Json]) -> str:
    """The end of the address: the requisition, with a number of its own where it is posted several times."""
    end = path.rpartition("/")[2]
    for said in bullets:
        found = re.search(rf"_({re.escape(said)}(?:-\d+)?)$", end) if isinstance(said, str) and said else None
        if found:
            return found[1]
    return end.rpartition("_")[2] or end


def _company(tenant: str, organisation: str) -> str:
    """The tenant's name, with the capitals of the legal entity's ("2100 NVIDIA USA")."""
    found = re.search(rf"\b{re.escape(tenant)}\b", organisation, re.I)
    return found[0] if found else name_from_token(tenant)


def _places(row: Json, detail: Json) -> Iterator[Place]:
    if text_of(detail, "location"):
        yield from _read(text_of(detail, "location"), _country(detail))
        for text in list_of(detail, "additionalLocations"):
            yield from _read(text if isinstance(text, str) else "")
        return
    listed = text_of(row, "locationsText")
    yield from _read(listed if listed and not COUNTED.fullmatch(listed) else _in_address(row))


def _read(text: str, country: str | None = None) -> tuple[Place, ...]:
    """One place each; a state usually stands before its city: "Illinois - Chicago"."""
    places, (first, *rest) = places_from_text(text, country), text.split(" - ")
    if len(places) < 2 or not rest:
        return places
    turned = places_from_text(f"{rest[0]}, {first} ({' '.join(rest[1:])})".removesuffix(" ()"), country)
    if len(turned) != 1:
        return places
    return (replace(turned[0], location=replace(turned[0].location, text=text)),)


def _country(detail: Json) -> str | None:
    code = text_of(detail, "jobRequisitionLocation", "country", "alpha2Code")
    return country_code(code or text_of(detail, "country", "descriptor"))


def _in_address(row: Json) -> str:
    """The first of several places: "/job/Virginia---Washington-DC-Metro---Remote/…"."""
    steps = row["externalPath"].split("/")
    return " - ".join(name.replace("-", " ") for name in steps[2].split("---")) if len(steps) > 3 else ""


def _days_ago(words: str, now: datetime) -> str | None:
    """A day for "Posted 3 Days Ago"; None for "30+ Days Ago"."""
    found = AGO.fullmatch(words)
    if found is None:
        return None
    days = int(found["days"]) if found["days"] else int(found["name"].lower() == "yesterday")
    return (now - timedelta(days=days)).date().isoformat()


LIST = JsonList(
    urls=(),
    draft=draft,
    rows=("jobPostings",),
    total=("total",),
    next_asks=_next,
    detail=lambda url, row: url.removesuffix("/jobs") + row["externalPath"],
    inside=("jobPostingInfo",),
    also=lambda answer, data: {"at": answer.at, "organisation": text_of(data, "hiringOrganization", "name")},
    says=("remote", "dates"),
    named_by="tenant.wdN/site, as in https://tenant.wdN.myworkdayjobs.com/site",
).source()
SOURCE: Source = replace(LIST, start=start, read=read)
