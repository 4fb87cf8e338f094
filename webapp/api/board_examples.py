"""The examples of the API's document that are about boards."""

from typing import Any

CRAWL: dict[str, Any] = {
    "at": "2026-11-20T12:00:01.204Z",
    "outcome": "success",
    "seen": 120,
    "new": 3,
    "changed": 5,
    "closed": 1,
    "skipped": 0,
    "seconds": 1.9,
    "complete": True,
    "as_far_as_it_goes": False,
    "is_unchanged": False,
    "filled": {"salary": 64, "place": 120, "text": 120},
    "doubts": [],
    "message": "",
}
SUMMARY: dict[str, Any] = {
    "id": "greenhouse/stripe",
    "source": "greenhouse",
    "token": "stripe",
    "company": "Stripe",
    "is_active": True,
    "disabled_at": None,
    "is_demo": False,
    "next_due_at": "2026-11-20T18:04:00Z",
    "open_postings": 120,
    "last_crawled_at": "2026-11-20T12:00:01.204Z",
    "last_outcome": "success",
    "last_success_at": "2026-11-20T12:00:01.204Z",
    "expected": {"low": 60, "high": 240},
    "notice": None,
}
BOARD: dict[str, Any] = SUMMARY | {
    "note": "robots.txt allows the API; the terms allow reading it.",
    "robots": "allows it",
    "delay_seconds": 0.25,
    "crawls": [CRAWL],
    "rejects": None,
}
PATCH: dict[str, Any] = {"is_active": False, "note": "They asked us to stop."}
