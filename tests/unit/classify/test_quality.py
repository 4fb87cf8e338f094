"""The rates the rules must hold on the project's own labelled postings."""

from benchmarks.quality import OWN_LABELS, job_types_score, labelled, years_score


def test_years_are_exactly_right_on_the_labelled_postings() -> None:
    score = years_score(labelled(OWN_LABELS, "years"))
    assert score.total >= 300
    assert score.rate >= 0.97, "\n".join(score.misses)


def test_job_types_are_acceptable_on_the_labelled_titles() -> None:
    score = job_types_score(labelled(OWN_LABELS, "job_types"))
    assert score.total >= 800
    assert score.rate >= 0.97, "\n".join(score.misses)


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
