"""Careers pages read by selectors: what the sources `page` and `browser` have in common."""

from urllib.parse import urlsplit

from crawler.challenges import is_challenge
from crawler.drafts import Draft
from crawler.fields.pay_text import pay_in_words
from crawler.fields.places import places_from_text
from crawler.outcomes import Unreadable
from crawler.selectors import Rules, first_address, parsed, rules_from, values
from crawler.shape import Answer, Ask, Board, Json, Page

NAMED_BY = "the path of a YAML file with the page's selectors"


def start(board: Board, *, is_rendered: bool) -> tuple[Ask, ...]:
    """The list's page; ValueError when the file that the token names is none."""
    rules = rules_from(board.token)
    return (Ask(url=rules.url, rules=rules, is_rendered=is_rendered),)


def read(answer: Answer) -> Page:
    rules: Rules = answer.ask.rules
    html = answer.text()
    page = parsed(html)
    if answer.ask.row is not None:
        found = values(page, rules.detail, answer.url) if rules.detail else {}
        return Page(rows=({**answer.ask.row, **found},), listed=0)
    rows = [values(item, rules.fields, answer.url) for item in page.select(rules.item)]
    if not rows and not (rules.empty and page.select_one(rules.empty)):
        if is_challenge(html, where_json_is_due=False):
            raise Unreadable("blocked", "a challenge page came instead of the board")
        raise Unreadable("malformed", f"nothing on the page fits the selector {rules.item!r}")
    following = first_address(page, rules.next, answer.url) if rules.next and rows else None
    is_near = following is not None and urlsplit(following).hostname == urlsplit(answer.url).hostname
    more = (Ask(url=following, rules=rules, is_rendered=answer.ask.is_rendered),) if following and is_near else ()
    whole = tuple(row for row in rows if not (rules.detail and row.get("url")))
    return Page(rows=whole, more=(*more, *_details(answer, rows)), listed=len(rows))


def draft(row: Json, board: Board) -> Draft:
    """Without an id of its own a posting is known by its address."""
    places = places_from_text(row.get("location", ""))
    countries = frozenset(place.location.country for place in places if place.location.country)
    return Draft(
        external_id=row.get("id") or row["url"],
        title=row["title"],
        url=row["url"],
        apply_url=row.get("apply_url"),
        company=row.get("company") or _host_name(row["url"]),
        locations=places,
        workplace=row.get("workplace"),
        department=row.get("department"),
        employment_type=(row.get("employment_type"),),
        pays=(pay_in_words(row.get("salary", ""), countries),),
        html=row.get("description", ""),
        posted_at=row.get("posted_at"),
        valid_through=row.get("valid_through"),
    )


def _details(answer: Answer, rows: list[Json]) -> list[Ask]:
    """Each posting's own page, when the rules say something of it."""
    rules: Rules = answer.ask.rules
    listed = [row for row in rows if rules.detail and row.get("url")]
    return [
        Ask(url=row["url"], is_detail=True, row=row, rules=rules, is_rendered=answer.ask.is_rendered) for row in listed
    ]


def _host_name(url: str) -> str:
    """A name to show when neither the list of companies nor the page says one."""
    parts = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    own = [part for part in parts[:-1] if part not in {"jobs", "careers", "career", "co", "com"}]
    return " ".join(own[-1:] or parts).capitalize()
