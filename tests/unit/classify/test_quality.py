"""The rates the rules must hold on the project's own labelled postings, and how they are counted."""

import sys
from pathlib import Path

import pytest

from benchmarks import quality
from benchmarks.field_labels import places_score, salaries_score
from benchmarks.quality import OWN_LABELS, job_types_score, labelled, seniority_score, years_score


def test_years_are_exactly_right_on_the_labelled_postings() -> None:
    score = years_score(labelled(OWN_LABELS, "years"))
    assert score.total >= 300
    assert score.rate >= 0.97, "\n".join(score.misses)


def test_job_types_are_acceptable_on_the_labelled_titles() -> None:
    score = job_types_score(labelled(OWN_LABELS, "job_types"))
    assert score.total >= 800
    assert score.rate >= 0.97, "\n".join(score.misses)


def test_seniority_is_acceptable_on_the_labelled_titles() -> None:
    score = seniority_score(labelled(OWN_LABELS, "job_types"))
    assert score.total >= 100
    assert score.rate >= 0.97, "\n".join(score.misses)


def test_places_are_exactly_right_on_the_labelled_texts() -> None:
    score = places_score(labelled(OWN_LABELS, "places"))
    assert score.total >= 80
    assert score.rate >= 0.97, "\n".join(score.misses)


def test_salaries_are_exactly_right_on_the_labelled_texts() -> None:
    score = salaries_score(labelled(OWN_LABELS, "salaries"))
    assert score.total >= 80
    assert score.rate >= 0.97, "\n".join(score.misses)


@pytest.mark.parametrize(
    ("places", "right"),
    [
        ([{"city": ["Nairobi", None], "country": "KE"}], True),
        ([{"city": "Nairobi", "country": "KE", "workplace": "remote"}], False),
        ([{"city": "Nairobi"}], False),
        ([], False),
    ],
)
def test_a_place_is_right_only_with_all_its_parts(places: list[dict[str, object]], right: bool) -> None:
    score = places_score([{"id": "1", "text": "Nairobi, Kenya", "places": places}])
    assert (score.rate == 1.0) is right


def test_pay_is_wrong_where_a_text_states_none() -> None:
    pay = {"min": 20, "max": 20, "currency": "USD", "period": "hour"}
    rows = [
        {"id": "1", "text": "Pay: $20 per hour", "countries": ["US"], "pay": pay},
        {"id": "2", "text": "Pay: $20 per hour", "countries": ["US"], "pay": None},
        {"id": "3", "text": "Great pay", "countries": ["US"], "pay": pay},
    ]
    assert [miss[0] for miss in salaries_score(rows).misses] == ["2", "3"]


def test_what_a_folder_does_not_hold_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "places_mine.jsonl").write_text('{"id": "p1", "text": "Oslo", "places": []}\n', encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["quality", str(tmp_path)])
    quality.main()
    rate, miss = capsys.readouterr().out.splitlines()
    assert rate == "places: 0.0% of 1 right"
    assert miss.startswith("  p1 'Oslo'")


def test_years_are_right_where_line_breaks_became_spaces() -> None:
    postings = [row for row in labelled(OWN_LABELS, "years") if row["text"].count("\n") > 1]
    assert len(postings) > 90
    score = years_score([row | {"text": " ".join(row["text"].split())} for row in postings])
    assert score.rate >= 0.95, "\n".join(score.misses)


def test_labels_are_unique_and_use_known_job_types() -> None:
    from_years = [row["id"] for row in labelled(OWN_LABELS, "years")]
    titles = labelled(OWN_LABELS, "job_types")
    assert len(set(from_years)) == len(from_years)
    assert len({row["id"] for row in titles}) == len(titles)
