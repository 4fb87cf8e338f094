"""SmartRecruiters' public Posting API: pages of 100 without text; a wrong name answers as an empty board, not 404."""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.levels import level_from_field
from crawler.fields.pay import Pay, pay_from_fields
from crawler.fields.places import Place, place_from_fields
from crawler.shape import JSON, Answer, Ask, Board, Json, JsonList, text_of, within

SECTIONS = ("jobDescription", "qualifications", "additionalInformation")


def draft(row: Json, board: Board) -> Draft | None:
    if (text_of(row, "visibility") or "PUBLIC") != "PUBLIC":
        return None
    detail = row.get("detail") or {}
    company = text_of(row, "company", "identifier") or board.token
    page = f"https://jobs.smartrecruiters.com/{quote(company, safe='')}/{row['id']}"
    own = "".join(_section(detail, name) for name in SECTIONS)
    return Draft(
        external_id=row["id"],
        title=row["name"],
        url=page,
        apply_url=text_of(detail, "applyUrl") or page,
        company=text_of(row, "company", "name"),
        locations=(_place(within(row, ("location",)) or {}),),
        workplace=_workplace(within(row, ("location",)) or {}),
        department=text_of(row, "department", "label"),
        employment_type=(text_of(row, "typeOfEmployment", "label"), text_of(row, "typeOfEmployment", "id")),
        pays=tuple(_pays(detail)),
        html=_section(detail, "companyDescription") + own,
        own_part=lambda html: own,
        language=text_of(row, "language", "code"),
        posted_at=row.get("releasedDate"),
        level=level_from_field(within(row, ("experienceLevel", "id"))),
    )


def _place(location: Json) -> Place | None:
    """`city` may hold a country and `region` "REMOTE"."""
    return place_from_fields(
        city=location.get("city"),
        region=location.get("region"),
        country=location.get("country"),
        text=", ".join(name for part in text_of(location, "fullLocation").split(",") if (name := part.strip())),
    )


def _workplace(location: Json) -> str | None:
    """Both flags false is what a posting has whose author chose nothing."""
    return "hybrid" if location.get("hybrid") is True else "remote" if location.get("remote") is True else None


def _section(detail: Json, name: str) -> str:
    html = as_html(text_of(detail, "jobAd", "sections", name, "text"))
    title = text_of(detail, "jobAd", "sections", name, "title")
    return f"<h3>{escape(title)}</h3>{html}" if html and title else html


def _pays(detail: Json) -> Iterator[Pay | None]:
    pay = within(detail, ("compensation",)) or {}
    yield pay_from_fields(
        low=pay.get("min"), high=pay.get("max"), currency=pay.get("currency"), period=pay.get("period")
    )


def _next(answer: Answer, data: Json, count: int) -> Iterator[Ask]:
    total = within(data, ("totalFound",))
    if isinstance(total, int) and answer.ask.seen < count < total:
        yield Ask(url=f"{_address(answer.ask.url)}?limit=100&offset={count}", seen=count, accept=JSON)


def _address(url: str) -> str:
    return url.partition("?")[0]


SOURCE = JsonList(
    urls=("https://api.smartrecruiters.com/v1/companies/{token}/postings?limit=100&offset=0",),
    draft=draft,
    rows=("content",),
    total=("totalFound",),
    next_asks=_next,
    quote=lambda token: quote(token, safe=""),
    detail=lambda url, row: f"{_address(url)}/{quote(row['id'], safe='')}",
    says=("salary", "remote", "dates"),
).source()
