"""Whatever the words: an answer, in its form, without a pause."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobalerts.domain.classify import classify
from jobalerts.domain.job_types import SLUGS

PIECES = st.sampled_from(
    ["5", "3-5", "five", "(5)", "+", "years", "yrs", "months", "of experience", "or", "and", "with a Master's degree,"]
    + ["PhD", "preferred", "required", "at least", "up to", "Requirements:", "Preferred Qualifications\n", "•", ";"]
    + [".", "(", ")", "-", "–", "½", "年以上", "経験", "Jahre", "ans", "between", "no", "İ", "ß", "\u00a0"]
)
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
def test_a_megabyte_is_read_in_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.process_time()
    classify(text, text)
    assert time.process_time() - started < 10  # processor seconds: one is typical, quadratic time would be hours
