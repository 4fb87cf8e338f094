"""Which postings are one position: measured on labelled pairs, and by single rules."""

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.duplicate_pairs import duplicates_score
from benchmarks.quality import OWN_LABELS, labelled
from jobalerts.domain.duplicates import compare, is_same, likeness_of
from jobalerts.domain.duplicates.frames import without_frame
from jobalerts.domain.duplicates.texts import KEPT, Sketch, containment, read_sketch, resemblance, sketch_of
from jobalerts.domain.duplicates.titles import title_signature
from jobalerts.domain.posting import Location
from tests.contract.board_crawls import a_posting

BERLIN = Location(text="Berlin, Germany", city="Berlin", country="DE")


def signature(title: str, *places: Location) -> str:
    return title_signature(title, places or (BERLIN,), "Acme")


def test_labelled_pairs_are_told_apart() -> None:
    score = duplicates_score(labelled(OWN_LABELS, "duplicates"))
    assert score.total >= 100
    assert score.precision >= 0.97, "\n".join(score.misses)
    assert score.recall >= 0.95, "\n".join(score.misses)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sr. Software Engineer, Payments - Berlin (m/w/d)", "senior|software engineer payments"),
        ("Software Engineer II, Remote - US", "2|software engineer"),
        ("Software Engineer (L4)", "4|software engineer"),
        ("Account Executive - EMEA (Remote) [R-12345]", "executive|account"),
        ("Entwickler*in in Berlin", "|entwickler"),
        ("IT Manager, Austin, TX", "|it manager"),
        ("Manager, IT", "|manager it"),
        ("Engineer, Enterprise", "|engineer enterprise"),
        ("Berlin or Munich: Data Scientist", "|data scientist"),
        ("Cook (Job ID: 48213)", "|cook"),
        ("Cook - #4711", "|cook"),
        ("Cook 48213", "|cook 48213"),
        ("Cook, Team 17", "|cook team 17"),
        ("Intern - 2027", "intern|2027"),
        ("Berlin", "berlin"),
        ("", ""),
    ],
)
def test_a_titles_signature_keeps_level_and_team_and_leaves_out_places_and_marks(title: str, expected: str) -> None:
    assert signature(title) == expected


def test_a_small_town_is_a_place_when_the_posting_is_there() -> None:
    towers = Location(text="Mobile, AL", city="Mobile", region="Alabama", country="US")
    assert signature("Nurse - Mobile") != signature("Nurse")
    assert signature("Nurse - Mobile", towers) == signature("Nurse", towers)


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=400))
def test_any_posting_is_the_same_as_itself(title: str, place: str, text: str) -> None:
    posting = a_posting(title=title, locations=(Location(text=place, city=place),), description_text=text)
    assert is_same(posting, replace(posting, external_id="2"))


@given(st.text(alphabet="abc de", max_size=60), st.text(alphabet="abc de", max_size=60))
def test_the_order_of_two_postings_does_not_matter(one: str, other: str) -> None:
    first, second = (likeness_of(a_posting(description_text=text)) for text in (one, other))
    assert compare(first, second) == compare(second, first)


def words(start: int, end: int) -> str:
    return " ".join(f"word{number}x" for number in range(start, end))


@pytest.mark.parametrize(("shared", "expected"), [(3000, 1.0), (2250, 0.6), (1500, 0.333), (0, 0.0)])
def test_long_texts_resemble_each_other_by_the_share_they_have_in_common(shared: int, expected: float) -> None:
    one = sketch_of(words(0, 3000), ignored=())
    other = sketch_of(words(3000 - shared, 6000 - shared), ignored=())
    assert len(one.smallest) == KEPT
    assert resemblance(one, other) == pytest.approx(expected, abs=0.1)


def test_a_text_cut_short_is_contained_in_the_whole() -> None:
    whole, part = sketch_of(words(0, 3000), ignored=()), sketch_of(words(0, 1500), ignored=())
    assert containment(whole, part) == pytest.approx(1.0, abs=0.1)
    assert containment(whole, sketch_of(words(4000, 5000), ignored=())) == 0.0


def test_a_sketch_is_the_same_in_every_process_and_after_storing() -> None:
    sketch = sketch_of("three words here and more", ignored=())
    assert read_sketch(sketch.to_bytes(), sketch.size) == sketch
    code = (
        "from jobalerts.domain.duplicates.texts import sketch_of\n"
        "print(sketch_of('three words here and more', ignored=()))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == str(sketch)
    assert resemblance(Sketch(smallest=(), size=0), Sketch(smallest=(), size=0)) == 1.0


def test_the_verdict_says_why() -> None:
    one = a_posting()
    others: dict[str, Any] = {
        "another employer, title, level or team": replace(one, title="Software Engineer II"),
        "another department of the same board": replace(one, department="Risk"),
        "texts are 100% alike": replace(one, external_id="2"),
    }
    assert {why: compare(likeness_of(one), likeness_of(other)).why for why, other in others.items()} == {
        why: why for why in others
    }


def test_a_text_of_a_megabyte_costs_no_more_than_its_beginning() -> None:
    long = a_posting(description_text=words(0, 100_000), title="x " * 100_000)
    assert likeness_of(long).sketch.size < 5000
    assert len(likeness_of(long).key) <= 300


FRAME = """About Acme
We are the largest maker of anvils west of the river, and proud of every one of them.
The role
You will forge, quench and polish anvils for coyotes and other customers who come back again and again.
What you bring
A hammer, a steady hand, and the wish to learn from people who have done this for thirty years or more.
Benefits
A pension, dental insurance and a discount on anvils.
Acme is an equal opportunity employer."""


def test_what_a_text_says_about_the_employer_is_left_out() -> None:
    assert without_frame(FRAME.casefold()).split("\n") == FRAME.casefold().split("\n")[2:6]


def test_a_text_that_is_nearly_all_frame_is_compared_whole() -> None:
    text = "benefits\n" + "a pension and a bicycle\n" * 50
    assert without_frame(text) == text
