"""Teamtailor's JSON feed, pages of 100 until one is empty; its RSS feed adds department and remote work."""

from urllib.parse import parse_qs, quote

from crawler.drafts import Draft
from crawler.feeds import Element, items_of, said
from crawler.outcomes import Unreadable
from crawler.schema_org import draft_of
from crawler.shape import Answer, Ask, Board, Json, Page, Source, text_of, within


def start(board: Board) -> tuple[Ask, ...]:
    token = quote(board.token, safe=".")
    return (Ask(url=f"https://{token if '.' in token else f'{token}.teamtailor.com'}/jobs.json"),)


def read(answer: Answer) -> Page:
    if answer.ask.is_detail:
        return _additions(answer)
    feed = answer.json()
    items = within(feed, ("items",))
    if not isinstance(items, list):
        raise Unreadable("malformed", "the list items is missing")
    rows = tuple({"item": item, "feed": text_of(feed, "title")} for item in items)
    return Page(rows=rows, more=_further(answer) if rows else ())


def draft(row: Json, board: Board) -> Draft:
    if "rss" in row:
        return row["rss"]  # type: ignore[no-any-return]
    item = row["item"]
    posting = within(item, ("_jobposting",)) or {}
    html = text_of(item, "content_html") or text_of(posting, "description")
    own = {"identifier": item["id"], "title": item["title"], "url": item["url"], "description": html}
    company = posting.get("hiringOrganization") or row["feed"]
    posted_at = item.get("date_published") or posting.get("datePosted")
    return draft_of(posting | own | {"hiringOrganization": company, "datePosted": posted_at}, page=item["url"])


def _further(answer: Answer) -> tuple[Ask, ...]:
    """The next page and, after the first, the RSS feed: it holds the newest hundred, which are the first page's."""
    address, _, query = answer.url.partition("?")
    number = int(parse_qs(query).get("page", ["1"])[0])
    feed = Ask(url=f"{address.removesuffix('.json')}.rss", is_detail=True)
    return ((feed,) if number == 1 else ()) + (Ask(url=f"{address}?page={number + 1}"),)


def _additions(answer: Answer) -> Page:
    """What the RSS feed adds; the board is whole without it, so that one that cannot be read is only counted."""
    try:
        items = items_of(answer)
    except Unreadable:
        return Page(unreadable=1)
    return Page(rows=tuple({"rss": _addition(item)} for item in items), only_fills=True)


def _addition(item: Element) -> Draft:
    return Draft(
        external_id=said(item, "guid"),
        title=said(item, "title"),
        url=said(item, "link"),
        workplace=said(item, "remoteStatus"),
        department=said(item, "department") or said(item, "role"),
        html=said(item, "description"),
        posted_at=said(item, "pubDate"),
    )


SOURCE = Source(
    start=start,
    read=read,
    draft=draft,
    is_scattered=True,
    says=("salary", "remote", "dates"),
    named_by="the board's name in its address, or the careers page's host",
)
