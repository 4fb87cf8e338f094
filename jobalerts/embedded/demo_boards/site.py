"""What the demo server answers to a path: the vendors' own API paths, so that the crawler needs nothing special."""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from jobalerts.embedded.demo_boards.companies import COMPANIES, DemoCompany
from jobalerts.embedded.demo_boards.formats import amazon, ashby, greenhouse, lever, pages
from jobalerts.embedded.demo_boards.postings import DemoPosting, next_change, open_postings

JSON, HTML, TEXT = "application/json; charset=utf-8", "text/html; charset=utf-8", "text/plain; charset=utf-8"
Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board as it stands until `valid_until`."""

    postings: list[DemoPosting]
    by_id: Mapping[str, DemoPosting]
    valid_until: datetime


class DemoSite:
    """All boards at a moment given by `now`; a board is made anew only when it has changed."""

    def __init__(self, *, url: str, seed: int, now: Callable[[], datetime]) -> None:
        self.url = url.rstrip("/")
        self._seed = seed
        self._now = now
        self._boards: dict[str, Board] = {}
        self._lock = threading.Lock()

    def answer(self, path: str, query: Query) -> Answer:
        for pattern, respond in ROUTES:
            found = pattern.fullmatch(path)
            if found:
                return respond(self, found.groups(), query)
        return NOT_FOUND

    def board(self, company: DemoCompany) -> Board:
        moment = self._now()
        with self._lock:
            board = self._boards.get(company.token)
            if board is None or moment >= board.valid_until:
                board = self._boards[company.token] = self._made(company, moment)
            return board

    def _made(self, company: DemoCompany, moment: datetime) -> Board:
        postings = open_postings(company, self._seed, moment)
        return Board(
            postings=postings,
            by_id={key: posting for posting in postings for key in (str(posting.number), posting.uuid)},
            valid_until=next_change(company, self._seed, moment),
        )


NOT_FOUND = Answer(status=404, content_type=JSON, body=b'{"status":404,"error":"Job not found"}')


def _json(document: object) -> Answer:
    return Answer(status=200, content_type=JSON, body=orjson.dumps(document))


def _html(text: str, status: int = 200) -> Answer:
    return Answer(status=status, content_type=HTML, body=text.encode())


def _company(source: str, token: str) -> DemoCompany | None:
    return next((company for company in COMPANIES if (company.source, company.token) == (source, token)), None)


def _by_slug(slug: str) -> DemoCompany | None:
    return next((company for company in COMPANIES if company.slug == slug), None)


def _whole(source: str, make: Callable[[list[DemoPosting], str], Any]) -> Callable[..., Answer]:
    def respond(site: DemoSite, groups: tuple[str, ...], _query: Query) -> Answer:
        company = _company(source, groups[0])
        return _json(make(site.board(company).postings, site.url)) if company else NOT_FOUND

    return respond


def _one(source: str, make: Callable[[DemoPosting, str], Any]) -> Callable[..., Answer]:
    def respond(site: DemoSite, groups: tuple[str, ...], _query: Query) -> Answer:
        company = _company(source, groups[0])
        posting = site.board(company).by_id.get(groups[1]) if company else None
        return _json(make(posting, site.url)) if posting else NOT_FOUND

    return respond


def _greenhouse_about(_site: DemoSite, groups: tuple[str, ...], _query: Query) -> Answer:
    company = _company("greenhouse", groups[0])
    return _json(greenhouse.about(company)) if company else NOT_FOUND


def _lever(site: DemoSite, groups: tuple[str, ...], query: Query) -> Answer:
    company = _company("lever", groups[0])
    if company is None:
        return Answer(status=404, content_type=JSON, body=b'{"ok":false,"error":"Document not found"}')
    skip, limit = (int(query.get(name, ["0"])[0] or 0) for name in ("skip", "limit"))
    postings = site.board(company).postings[skip:]
    return _json(lever.board(postings[:limit] if limit else postings, site.url))


def _amazon(site: DemoSite, _groups: tuple[str, ...], query: Query) -> Answer:
    company = next(company for company in COMPANIES if company.source == "amazon")
    return _json(amazon.page(site.board(company).postings, query, site.url))


def _careers(site: DemoSite, groups: tuple[str, ...], _query: Query) -> Answer:
    company = _by_slug(groups[0])
    return _html(pages.careers(company, site.board(company).postings)) if company else NOT_FOUND


def _opening(site: DemoSite, groups: tuple[str, ...], _query: Query) -> Answer:
    company = _by_slug(groups[0])
    if company is None:
        return NOT_FOUND
    posting = site.board(company).by_id.get(groups[1])
    return _html(pages.opening(posting, site.url)) if posting else _html(pages.gone(company), status=410)


def _index(_site: DemoSite, _groups: tuple[str, ...], _query: Query) -> Answer:
    return _html(pages.index(COMPANIES))


def _robots(_site: DemoSite, _groups: tuple[str, ...], _query: Query) -> Answer:
    return Answer(status=200, content_type=TEXT, body=b"User-agent: *\nAllow: /\n")


ROUTES: tuple[tuple[re.Pattern[str], Callable[..., Answer]], ...] = tuple(
    (re.compile(pattern), respond)
    for pattern, respond in (
        (r"/", _index),
        (r"/robots\.txt", _robots),
        (r"/v1/boards/([\w-]+)/jobs/?", _whole("greenhouse", greenhouse.board)),
        (r"/v1/boards/([\w-]+)/jobs/(\d+)", _one("greenhouse", greenhouse.job)),
        (r"/v1/boards/([\w-]+)/?", _greenhouse_about),
        (r"/v0/postings/([\w-]+)/?", _lever),
        (r"/v0/postings/([\w-]+)/([\w-]+)", _one("lever", lever.posting_json)),
        (r"/posting-api/job-board/([\w-]+)/?", _whole("ashby", ashby.board)),
        (r"/(?:en/)?search\.json", _amazon),
        (r"/careers/([\w-]+)/?", _careers),
        (r"/openings/([\w-]+)/([\w-]+)(?:/apply|/application)?", _opening),
    )
)
