"""Postings and crawls of a made-up board, for the tests of the store of postings."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from jobalerts.domain.posting import Experience, Location, Posting, Salary
from jobalerts.mongo.saving import Saved
from jobalerts.mongo.store import PostingStore

BOARD = "greenhouse/acme"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


def a_posting(external_id: str = "1", **changes: Any) -> Posting:
    plain = Posting(
        source="greenhouse",
        board="acme",
        external_id=external_id,
        url=f"https://boards.example/acme/{external_id}",
        apply_url=None,
        title="Software Engineer",
        company="Acme",
        locations=(Location(text="Berlin, Germany", city="Berlin", country="DE"),),
        workplace="hybrid",
        remote_countries=None,
        department="Engineering",
        employment_type="full_time",
        salary=Salary(min=70_000.0, max=None, currency="EUR", period="year", source="text"),
        job_types=("software-engineer",),
        seniority=None,
        experience=Experience(min_years=3.0, max_years=5.0, evidence="3-5 years", source="text"),
        description_html="<p>Build things.</p>",
        description_text="Build things.",
        language="en",
        posted_at="2026-11-19T00:00:00Z",
        updated_at=None,
        valid_through=None,
    )
    return replace(plain, **changes)


def crawl(
    store: PostingStore, postings: Iterable[Posting], at: datetime, *, epoch: int = 1, first: bool = False
) -> tuple[Saved, int]:
    """A complete crawl: what it saved, and how many postings it closed."""
    store.begin_crawl(BOARD, epoch=epoch)
    saved = store.save(BOARD, list(postings), epoch=epoch, now=at, first_crawl=first, is_demo=False)
    return saved, store.close_missing(BOARD, epoch=epoch, seen_after=at, now=at)


def stored(store: PostingStore, external_id: str = "1") -> Any:
    key = f"{BOARD}/{external_id}"
    return store.by_keys([key]).get(key)


def open_ids(store: PostingStore) -> set[str]:
    return {found.posting.external_id for found in store.open_posted_since(NOW - 400 * DAYS)}
