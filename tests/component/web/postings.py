"""Postings for the tests of the pages, kept in MongoDB."""

from typing import Any

from jobalerts.domain.posting import Location, Posting
from jobalerts.mongo.store import PostingStore
from tests.component.web.people import now

BOARD = "greenhouse/stripe"


def a_posting(**given: Any) -> Posting:
    values: dict[str, Any] = {
        "source": "greenhouse",
        "board": "stripe",
        "external_id": "1",
        "url": "https://stripe.example/jobs/1",
        "apply_url": None,
        "title": "Software Engineer",
        "company": "Stripe",
        "locations": (Location(text="Berlin, Germany", city="Berlin", country="DE"),),
        "workplace": None,
        "remote_countries": None,
        "department": None,
        "employment_type": None,
        "salary": None,
        "job_types": ("software_engineer",),
        "seniority": None,
        "experience": None,
        "description_html": "<p>Text</p>",
        "description_text": "Text",
        "language": "en",
        "posted_at": "2026-11-01T00:00:00Z",
        "updated_at": None,
        "valid_through": None,
    }
    return Posting(**values | given)


def keep(store: PostingStore, *postings: Posting, board: str = BOARD, is_demo: bool = False) -> None:
    """As a crawl of the board that was read before."""
    store.begin_crawl(board, epoch=1)
    store.save(board, postings, epoch=1, now=now(), first_crawl=False, is_demo=is_demo)
