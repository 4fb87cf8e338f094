"""Any careers page with schema.org JobPosting markup, and the posting pages it lists or links to.

TOKEN is the page's address; with `--base-url` its path is enough.
"""

from urllib.parse import urljoin, urlsplit

from crawler.challenges import is_challenge
from crawler.drafts import Draft
from crawler.fields.urls import canonical_url
from crawler.html import next_page, posting_links
from crawler.jsonld import Markup, markup_of
from crawler.outcomes import Unreadable
from crawler.schema_org import draft_of
from crawler.shape import Answer, Ask, Board, Json, Page, Source

MOST_POSTING_PAGES = 200


def start(board: Board) -> tuple[Ask, ...]:
    token = board.token
    if "://" in token:
        return (Ask(url=token),)
    return (Ask(url=urljoin(board.base_url, f"/{token.lstrip('/')}") if board.base_url else f"https://{token}"),)


def read(answer: Answer) -> Page:
    html = answer.text()
    if not html.strip():
        raise Unreadable("malformed", "the page is empty")
    markup = markup_of(html, answer.url)
    found, asks = bool(markup.postings or markup.has_list), _asks(answer, html, markup)
    if not found and not asks and is_challenge(html, where_json_is_due=False):
        raise Unreadable("blocked", "a challenge page came instead of the board")
    return Page(
        rows=tuple({"posting": posting, "page": answer.url, "of": len(markup.postings)} for posting in markup.postings),
        more=asks[: MOST_POSTING_PAGES + 1],
        unreadable=markup.broken,
        is_board=found,
        is_partial=len(asks) > MOST_POSTING_PAGES + 1,
    )


def draft(row: Json, board: Board) -> Draft:
    return draft_of(row["posting"], page=row["page"], is_only_one=row["of"] == 1)


def _asks(answer: Answer, html: str, markup: Markup) -> tuple[Ask, ...]:
    """Posting pages to read: listed ones, else links; none from a page that is itself a posting."""
    if answer.ask.is_detail:
        return ()
    given = {canonical_url(posting.get("url"), answer.url) for posting in markup.postings} | {canonical_url(answer.url)}
    host = urlsplit(answer.url).hostname
    listed = [url for url in map(canonical_url, markup.listed) if url and urlsplit(url).hostname == host]
    links = listed or ([] if markup.postings else list(posting_links(html, answer.url)))
    pages = tuple(Ask(url=url, is_detail=True) for url in dict.fromkeys(links) if url not in given)
    further = next_page(html, answer.url) if pages or len(markup.postings) > 1 else None
    return (*((Ask(url=further),) if further else ()), *pages)


SOURCE = Source(
    start=start,
    read=read,
    draft=draft,
    is_scattered=True,
    says=("salary", "remote", "dates", "years"),
    named_by="the careers page's address",
)
