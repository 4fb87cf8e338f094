"""We Work Remotely's RSS feeds: postings of many employers, each titled "Company: Position", all of them remote."""

import re
from html import unescape
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.feeds import Element, items_of, said
from crawler.fields.html import as_html
from crawler.fields.places import Place, places_from_text
from crawler.shape import Answer, Ask, Board, Json, Page, Source

SITE = "https://weworkremotely.com"
WHOLE_BOARD = "remote-jobs"
FIELDS = ("title", "link", "guid", "pubDate", "region", "country", "category", "type", "description", "expires_at")
ANYWHERE = re.compile(r"anywhere|worldwide|any country", re.I)
ONLY = re.compile(r"\s+only\b", re.I)
APPLY = re.compile(r"to apply:?\s*(?:</\w+>\s*)*<a\b[^>]*href=[\"']([^\"'>]+)", re.I)
NOT_NAMED = "Not named"


def start(board: Board) -> tuple[Ask, ...]:
    token = quote(board.token.removesuffix(".rss"), safe="")
    return (Ask(url=f"{SITE}/{'' if token == WHOLE_BOARD else 'categories/'}{token}.rss"),)


def read(answer: Answer) -> Page:
    return Page(rows=tuple(_row(item) for item in items_of(answer)))


def draft(row: Json, board: Board) -> Draft:
    company, colon, position = row["title"].partition(": ")
    html = as_html(row["description"])
    apply_link = APPLY.search(html)
    return Draft(
        external_id=row["guid"] or row["link"],
        title=position if colon else row["title"],
        url=row["link"],
        apply_url=unescape(apply_link[1]) if apply_link else row["link"],
        company=company if colon else NOT_NAMED,
        locations=_places(row["region"], row["country"]),
        workplace="remote",
        department=row["category"],
        employment_type=(row["type"],),
        html=html,
        posted_at=row["pubDate"],
        valid_through=row["expires_at"],
    )


def _places(region: str, country: str) -> tuple[Place, ...]:
    """The region as "USA Only" or "Anywhere in the World"; the latter is no place."""
    return () if ANYWHERE.search(region) else places_from_text(ONLY.sub("", country or region))


def _row(item: Element) -> Json:
    return {name: said(item, name) for name in FIELDS}


SOURCE = Source(
    start=start,
    read=read,
    draft=draft,
    says=("remote", "dates"),
    named_by=f"a category's feed, as remote-programming-jobs, or {WHOLE_BOARD} for all",
    has_many_employers=True,
)
