"""Any careers page with schema.org JobPosting markup, and the posting pages it, or else a sitemap, names.

TOKEN is the page's address; with `--base-url` its path is enough.
"""

from urllib.parse import urljoin, urlsplit

from crawler.challenges import is_challenge
from crawler.drafts import Draft
from crawler.fields.urls import canonical_url
from crawler.html import next_page, posting_links
from crawler.jsonld import Markup, markup_of
from crawler.known_boards import boards_linked
from crawler.outcomes import Unreadable
from crawler.schema_org import draft_of
from crawler.shape import Answer, Ask, Board, Json, Page, Source
from crawler.sitemaps import first_step, is_sitemap, next_step

MOST_POSTING_PAGES = 200


def start(board: Board) -> tuple[Ask, ...]:
    token = board.token
    if "://" in token:
        return (Ask(url=token),)
    return (Ask(url=urljoin(board.base_url, f"/{token.lstrip('/')}") if board.base_url else f"https://{token}"),)


def read(answer: Answer) -> Page:
    if is_sitemap(answer):
        return next_step(answer)
    html = answer.text()
    if not html.strip():
        raise Unreadable("malformed", "the page is empty")
    markup = markup_of(html, answer.url)
    found, asks = bool(markup.postings or markup.has_list), _asks(answer, html, markup)
    if not found and not asks and is_challenge(html, where_json_is_due=False):
        raise Unreadable("blocked", "a challenge page came instead of the board")
    if not found and not asks and not answer.ask.is_detail and not markup.broken:
        return _search(answer.url, html)
    return Page(
        rows=tuple({"posting": posting, "page": answer.url, "of": len(markup.postings)} for posting in markup.postings),
        more=asks[: MOST_POSTING_PAGES + 1],
        unreadable=markup.broken,
        is_board=found,
        is_partial=len(asks) > MOST_POSTING_PAGES + 1,
    )


def draft(row: Json, board: Board) -> Draft:
    return draft_of(row["posting"], page=row["page"], is_only_one=row["of"] == 1)


def _search(page_url: str, html: str) -> Page:
    """A page that names no posting: a vendor's board that it shows is better read itself, else there are sitemaps."""
    boards = boards_linked(html)
    if boards:
        raise Unreadable("malformed", f"no postings are on the page; it shows the board {' and '.join(boards[:2])}")
    return Page(more=(first_step(page_url),), is_board=False)


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
