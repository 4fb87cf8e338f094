"""Whatever the words: an answer, in its form, without a pause."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobalerts.domain.classify import classify
from jobalerts.domain.job_types import SLUGS

NUMBERS = ["5", "3-5", "five", "(5)", "+", "½", "年以上", "up to", "at least", "between", "no", "-", "–"]
UNITS = ["years", "yrs", "months", "of experience", "経験", "Jahre", "ans", "İ", "ß", "\u00a0"]
JOINTS = ["or", "and", "with a Master's degree,", "PhD", "preferred", "required", "•", ";", ".", "(", ")"]
HEADINGS = ["Requirements:", "Preferred Qualifications\n"]
PIECES = st.sampled_from([*NUMBERS, *UNITS, *JOINTS, *HEADINGS])
WORDS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=60).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(title=WORDS, text=WORDS)
def test_any_words_give_an_answer_in_its_form(title: str, text: str) -> None:
    found = classify(title, text)
    assert 1 <= len(found.job_types) <= 2
    assert set(found.job_types) <= SLUGS
    if found.experience:
        assert 0 <= found.experience.min_years <= 50
        assert found.experience.max_years is None or found.experience.max_years >= found.experience.min_years
        assert found.experience.evidence == " ".join(found.experience.evidence.split())
        assert len(found.experience.evidence) <= 160


@pytest.mark.timeout(60)  # a second or two is typical; quadratic time would be hours
@pytest.mark.parametrize(
    "piece",
    [
        "5+ years of experience ",
        "bachelor's or master's degree or 5 years ",
        "経験3年以上",
        "no prior, previous ",
        "(5 - ",
    ],
)
def test_a_megabyte_is_read_without_a_pause(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert classify(text, text).job_types
