"""Remote OK's API: about 100 newest postings of many employers; what comes first is the terms, which ask to link back.

The posting's address is therefore the site's own page, not the employer's.
"""

from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.pay import pay_from_fields
from crawler.fields.places import places_from_text
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Board, Json, Page, Source, text_of

SITE = "https://remoteok.com"
WHOLE_BOARD = "all"
NOT_NAMED = "Not named"


def start(board: Board) -> tuple[Ask, ...]:
    tags = "" if board.token == WHOLE_BOARD else f"?tags={quote(board.token, safe=',')}"
    return (Ask(url=f"{SITE}/api{tags}"),)


def read(answer: Answer) -> Page:
    rows = answer.json()
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        raise Unreadable("malformed", "the list of postings is missing")
    return Page(rows=tuple(rows[1:] if "legal" in rows[0] else rows))


def draft(row: Json, board: Board) -> Draft:
    """A salary of 0 is unknown; amounts are US dollars a year."""
    page = text_of(row, "url") or f"{SITE}/remote-jobs/{row['slug']}"
    return Draft(
        external_id=row["id"],
        title=row["position"],
        url=page,
        apply_url=text_of(row, "apply_url") or page,
        company=text_of(row, "company") or NOT_NAMED,
        locations=places_from_text(text_of(row, "location")),
        workplace="remote",
        pays=(pay_from_fields(low=row.get("salary_min"), high=row.get("salary_max"), currency="USD", period="year"),),
        html=text_of(row, "description"),
        posted_at=row.get("date") or row.get("epoch"),
    )


SOURCE = Source(
    start=start,
    read=read,
    draft=draft,
    says=("salary", "remote", "dates"),
    named_by=f"{WHOLE_BOARD}, or a tag as dev",
    has_many_employers=True,
)
