"""What makes two readings of a board's lists the same, and what does not."""

from typing import Any

import pytest

from crawler.drafts import Draft
from crawler.fingerprint import Fingerprint
from crawler.shape import Ask, Page


def a_draft(**said: Any) -> Draft:
    return Draft(**({"external_id": "7", "title": "Cook", "url": "https://acme.example/7"} | said))


def of(*drafts: Draft | None, page: Page | None = None, details: tuple[Ask, ...] = ()) -> str:
    fingerprint = Fingerprint()
    for draft in drafts:
        fingerprint.add_draft(draft)
    fingerprint.add_page(page or Page(), Ask(url="https://acme.example/"))
    fingerprint.add_details(details, lambda row: a_draft(title=row["title"]))
    return fingerprint.hash()


COOK, NURSE = a_draft(), a_draft(external_id="8", title="Nurse")


def test_order_repetition_and_rows_that_are_no_postings_make_no_difference() -> None:
    assert of(COOK, NURSE) == of(NURSE, None, COOK, NURSE)


def test_the_function_that_takes_a_postings_own_part_is_none_of_what_it_says() -> None:
    assert of(a_draft(own_part=str.upper)) == of(a_draft(own_part=str.lower))


@pytest.mark.parametrize(
    "other",
    [
        of(COOK),
        of(COOK, NURSE, a_draft(title="Chef")),
        of(COOK, NURSE._replace(html="<p>Nights</p>")),
        of(COOK, NURSE._replace(posted_at=1_790_000_000_000)),
        of(COOK, NURSE, page=Page(total=3)),
        of(COOK, NURSE, page=Page(is_partial=True)),
        of(COOK, NURSE, page=Page(unreadable=1)),
        of(COOK, NURSE, details=(Ask(url="https://acme.example/9", is_detail=True),)),
        of(COOK, NURSE, details=(Ask(url="https://acme.example/9", is_detail=True, row={"title": "Chef"}),)),
        of(COOK, NURSE, details=(Ask(url="https://acme.example/9", is_detail=True, row={}),)),
    ],
    ids=["fewer", "more", "text", "date", "total", "partial", "unreadable", "page", "posting", "unreadable posting"],
)
def test_whatever_else_a_list_says_does(other: str) -> None:
    assert other != of(COOK, NURSE)


def test_the_next_page_of_a_list_and_the_way_to_it_say_nothing_of_postings() -> None:
    step = Ask(url="https://acme.example/robots.txt", is_detail=True, is_step=True)
    assert of(COOK, details=(Ask(url="https://acme.example/?cursor=x9"), step)) == of(COOK)


def test_what_json_cannot_say_is_told_apart_all_the_same() -> None:
    assert of(a_draft(title="half \ud83d")) != of(a_draft(title="half \ud83e"))
    assert of(a_draft(posted_at=2**80)) != of(a_draft(posted_at=2**80 + 1))
