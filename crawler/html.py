"""Links of a careers page that look like postings (BeautifulSoup)."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from crawler.fields.urls import canonical_url

MOST_CHARS = 5_000_000
"""A page larger than this is not taken apart; its JSON-LD is read all the same."""
POSTING_PATH = re.compile(
    r"/(?:jobs?|careers?|karriere|positions?|vacanc(?:y|ies)|vacatures?|stellen(?:angebote?)?|openings?|roles?|"
    r"opportunit(?:y|ies)|emplois?|offres?|ofertas?|job-?(?:details?|openings?|offers?|postings?)|o|p|j)/(?P<rest>.+)",
    re.I,
)
SURELY_NONE = re.compile(
    r"(?:search|login|sign-?(?:in|up)|apply|alerts?|teams?|departments?|locations?|categor(?:y|ies)|benefits|culture|faq|"
    r"privacy|about|life|students?|internships|events|blog|saved|page)/?(?:\d+/?)?$|"
    r"\.(?:pdf|docx?|jpe?g|png|gif|svg|css|js|xml|zip|ics)$",
    re.I,
)


def posting_links(html: str, page_url: str) -> tuple[str, ...]:
    """Addresses on the page's own host (or the host it calls canonical) whose path looks like one posting."""
    soup = _soup(html)
    hosts = {urlsplit(page_url).hostname, _canonical_host(soup)}
    here = canonical_url(page_url)
    found: dict[str, None] = {}
    for link in _addresses(soup, page_url):
        if urlsplit(link).hostname in hosts and link != here and is_posting_path(urlsplit(link).path):
            found.setdefault(link)
    return tuple(found)


def next_page(html: str, page_url: str) -> str | None:
    """The address of the list's next page, when the page names it (`rel=next`) and it is on the same host."""
    soup = _soup(html)
    for tag in soup.find_all(["a", "link"], rel="next"):
        url = canonical_url(tag.get("href"), page_url)
        if url and urlsplit(url).hostname == urlsplit(page_url).hostname and url != canonical_url(page_url):
            return url
    return None


def is_posting_path(path: str) -> bool:
    """Whether a path has a word for postings followed by an id or a slug: "/careers/backend-engineer-1234"."""
    match = POSTING_PATH.search(path.rstrip("/"))
    if not match or SURELY_NONE.search(path):
        return False
    return bool(re.search(r"\d|[a-z]-[a-z]", match["rest"], re.I))


def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html[:MOST_CHARS], "lxml", parse_only=SoupStrainer(["a", "link", "base", "meta"]))


def _addresses(soup: BeautifulSoup, page_url: str) -> Iterator[str]:
    base = soup.find("base", href=True)
    root = urljoin(page_url, str(base["href"])) if isinstance(base, Tag) else page_url
    for tag in soup.find_all("a", href=True):
        url = canonical_url(tag["href"], root)
        if url:
            yield url


def _canonical_host(soup: BeautifulSoup) -> str | None:
    tag = soup.find("link", rel="canonical", href=True)
    return urlsplit(str(tag["href"])).hostname if isinstance(tag, Tag) else None
