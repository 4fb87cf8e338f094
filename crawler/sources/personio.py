"""Personio's XML feed: the whole board in one answer; a description in another language is empty until asked for."""

import re
from html import escape
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from crawler.drafts import Draft
from crawler.feeds import Element, children, said, xml_of
from crawler.fields.html import as_html
from crawler.fields.levels import level_from_field
from crawler.fields.places import places_from_text
from crawler.shape import Answer, Ask, Board, Json, Page, Source
from jobalerts.domain.posting import Experience

HOSTS = ("jobs.personio.de", "jobs.personio.com")
LANGUAGES = ("en", "es", "nl", "fr")
"""Asked for only when the bare feed holds an empty description."""
YEARS = MappingProxyType(
    {
        "lt-1": (0, 1),
        "1-2": (1, 2),
        "2-5": (2, 5),
        "5-7": (5, 7),
        "7-10": (7, 10),
        "10-15": (10, 15),
        "gt-15": (15, None),
    }
)


def start(board: Board) -> tuple[Ask, ...]:
    asks: tuple[Ask, ...] = ()
    hosts = [board.token] if "." in board.token else [f"{quote(board.token, safe='')}.{host}" for host in HOSTS]
    for host in reversed(hosts):
        asks = (Ask(url=f"https://{host}/xml", is_bound=True, instead=asks),)
    return asks


def read(answer: Answer) -> Page:
    feed = xml_of(answer, "workzag-jobs")
    host = urlsplit(answer.url).netloc
    rows = tuple(_row(position, host) for position in children(feed, "position"))
    if answer.ask.is_detail:
        return Page(rows=tuple(row for row in rows if row["html"]), only_fills=True)
    languages = LANGUAGES if any(not row["html"] for row in rows) else ()
    address = answer.url.partition("?")[0]
    asks = (Ask(url=f"{address}?language={name}", is_detail=True, is_bound=True) for name in languages)
    return Page(rows=rows, more=tuple(asks))


def draft(row: Json, board: Board) -> Draft:
    return Draft(
        external_id=row["id"],
        title=row["name"],
        url=f"https://{row['host']}/job/{row['id']}",
        company=row["subcompany"],
        locations=tuple(place for office in row["offices"] for place in places_from_text(office)),
        department=row["department"] or row["category"],
        employment_type=row["kinds"],
        html=row["html"],
        posted_at=row["created"],
        experience=_experience(row["years"]),
        level=None if row["level"] == "executive" else level_from_field(row["level"]),
    )


def _row(position: Element, host: str) -> Json:
    kind, schedule = said(position, "employmentType"), said(position, "schedule")
    others = [said(office) for more in children(position, "additionalOffices") for office in more]
    return {
        "host": host,
        "id": said(position, "id"),
        "name": said(position, "name"),
        "subcompany": said(position, "subcompany"),
        "offices": [office for office in (said(position, "office"), *others) if office],
        "department": said(position, "department"),
        "category": said(position, "recruitingCategory"),
        "kinds": (None if kind == "permanent" else kind, "" if schedule == "full-or-part-time" else schedule, kind),
        "html": "".join(_sections(position)),
        "created": said(position, "createdAt"),
        "level": said(position, "seniority"),
        "years": said(position, "yearsOfExperience"),
    }


def _sections(position: Element) -> list[str]:
    descriptions = [item for holder in children(position, "jobDescriptions") for item in holder]
    return [
        f"<h3>{escape(said(item, 'name'))}</h3>{as_html(said(item, 'value'))}"
        for item in descriptions
        if said(item, "value")
    ]


def _experience(years: str) -> Experience | None:
    """The years field; `seniority` is coarse ("executive" is any lead) and often says otherwise."""
    if years not in YEARS:
        return None
    low, high = YEARS[years]
    words = re.sub("^lt-", "less than ", re.sub("^gt-", "more than ", years))
    return Experience(
        min_years=low, max_years=high, evidence=f"{words} year{'s' * (high != 1)} of experience", source="field"
    )


SOURCE = Source(start=start, read=read, draft=draft, is_scattered=True, says=("dates", "years"))
