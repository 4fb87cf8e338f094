"""Hacker News' "Who is hiring?": each top-level comment of the monthly thread is a posting, its first line the header.

The header is a convention, "Company | Role | Location | REMOTE | Salary | URL", in any order after the company.
"""

import re
from html import unescape
from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.modes import employment_type
from crawler.fields.places import Place, places_from_text, workplace_in
from crawler.fields.texts import one_line
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Board, Json, Page, Source, list_of, text_of, within
from jobalerts.domain.classify import classify

API = "https://hn.algolia.com/api/v1"
NEWEST = f"{API}/search_by_date?tags=story,author_whoishiring&query=hiring"
THREAD = re.compile(r"\bwho is hiring\b", re.I)
TAG = re.compile(r"<[^<>]*>")
LINK = re.compile(r"https?://\S+|\b[\w-]+\.(?:com|io|ai|dev|org|net|co|jobs|tech|app)\b(?:/\S*)?", re.I)
MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?(?:k|K|,000)\b|\bequity\b|\bsalary\b", re.I)
ROLE = re.compile(
    r"engineer|develop|program+er|design|manag|scientist|analyst|architect|\blead\b|head of|founding|\bsre\b|devops|"
    r"research|\bc[teopfi]o\b|\bvp\b|roles?\b|positions?\b|intern\b|full[- ]?stack|front[- ]?end|back[- ]?end|\bml\b|"
    r"sales|marketing|support|recruiter|writer|consultant|administrator|specialist|director|operations",
    re.I,
)
WITHOUT_ROLE = "Several roles"


def start(board: Board) -> tuple[Ask, ...]:
    if board.token.isdigit():
        return (Ask(url=f"{API}/items/{board.token}"),)
    author = quote(board.token, safe="")
    return (Ask(url=NEWEST.replace("whoishiring", author)),)


def read(answer: Answer) -> Page:
    data = answer.json()
    if "/items/" not in answer.url:
        return Page(more=(_newest_thread(data),), is_board=False)
    comments = within(data, ("children",))
    if not isinstance(comments, list):
        raise Unreadable("malformed", "the list children is missing")
    return Page(rows=tuple(comments))


def draft(row: Json, board: Board) -> Draft | None:
    """None for a deleted comment, and for one whose first line is no header: a question, a remark."""
    html = text_of(row, "text")
    header = [part for part in (one_line(part) for part in _header(html).split("|")) if part]
    if len(header) < 2:
        return None
    company = one_line(LINK.sub("", re.sub(r"\s*\([^()]*\)", "", header[0]))).strip(" -–—:,") or header[0]
    role = next((part for part in header[1:] if _is_role(part)), None)
    others = [part for part in header[1:] if part is not role]
    return Draft(
        external_id=row["id"],
        title=role or WITHOUT_ROLE,
        url=f"https://news.ycombinator.com/item?id={row['id']}",
        company=company,
        locations=tuple(place for part in others for place in _places(part)),
        workplace=_workplace(others),
        employment_type=tuple(part for part in others if employment_type(part)),
        html=as_html(f"<p>{html}"),
        posted_at=row.get("created_at_i") or row.get("created_at"),
    )


def _newest_thread(data: Json) -> Ask:
    if not isinstance(within(data, ("hits",)), list):
        raise Unreadable("malformed", "the list hits is missing")
    threads = [hit for hit in list_of(data, "hits") if THREAD.search(text_of(hit, "title"))]
    numbers = [hit for hit in threads if text_of(hit, "objectID").isdigit()]
    if not numbers:
        raise Unreadable("malformed", 'no thread "Who is hiring?" is found')
    newest = max(numbers, key=lambda hit: int(hit["objectID"]))
    return Ask(url=f"{API}/items/{newest['objectID']}")


def _header(html: str) -> str:
    """The first paragraph as text; paragraphs are only opened, never closed."""
    first = next((part for part in re.split(r"<p>|</p>|\n", html) if TAG.sub("", part).strip()), "")
    return unescape(TAG.sub(" ", first))


def _is_role(part: str) -> bool:
    if employment_type(part) not in {None, "internship"} or LINK.fullmatch(part) or MONEY.search(part):
        return False
    return ROLE.search(part) is not None or classify(part, "").job_types != ("other",)


def _places(part: str) -> tuple[Place, ...]:
    """Known places, and where it may be worked from afar; whatever else stands in the header is no place."""
    if LINK.search(part) or MONEY.search(part):
        return ()
    found = places_from_text(part)
    return tuple(place for place in found if place.location.country or place.workplace == "remote")


def _workplace(parts: list[str]) -> str | None:
    """REMOTE beside ONSITE says that both can be had, as a remote place among others does."""
    modes = {workplace_in(part) for part in parts}
    return next((mode for mode in ("remote", "hybrid", "onsite") if mode in modes), None)


SOURCE = Source(
    start=start,
    read=read,
    draft=draft,
    says=("dates",),
    named_by="whoishiring for the newest thread, or a thread's number",
    has_many_employers=True,
)
