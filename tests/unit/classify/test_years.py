"""Years of experience: one example a rule; the many shapes are in tests/fixtures/labelled/years.jsonl."""

import pytest

from jobalerts.domain.classify import experience_of


def years(text: str) -> tuple[float, float | None] | None:
    found = experience_of("Engineer", text)
    return (found.min_years, found.max_years) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8+ years in software, 3+ years of them managing", (8, None)),
        ("PhD with 2 years or Master's with 5 years of experience", (2, None)),
        ("3–5 years of experience", (3, 5)),
        ("Up to 2 years of experience", (0, 2)),
        ("2-12+ years of experience", (2, None)),
        ("Five years of experience", (5, None)),
        ("18 months of experience", (1.5, None)),
        ("0-1 years of experience", (0, 1)),
        ("No experience required", (0, None)),
        ("Level II: 2 years of experience; Level III: 5 years of experience", (2, None)),
        ("Qualifications for Level 2:\nBS and 2 years.\nQualifications for Level 3:\nBS and 5 years.", (2, None)),
        ("7 years of experience required (9 years without a degree)", (7, None)),
        ("5\\+ years of experience", (5, None)),
        ("9 years of experience (6 with a Master's degree)", (6, None)),
        ("Qualifications you must have\n- 2 years in supply chain\nQualifications we prefer\n- 6 years", (2, None)),
        ("Upto 3 years of experience", (0, 3)),
        ("- Licence renewed within the last 2 years\n- 4 years of experience", (4, None)),
        ("2 years of experience\nA 15 years full time education is required", (2, None)),
        ("Ausbildung und 5 Jahre Erfahrung oder Studium und 2 Jahre Erfahrung", (2, None)),
        ("Bac +5 et 2 ans d'expérience ou Bac +2 et 5 ans d'expérience", (2, None)),
        ("Auch ohne Erfahrung", (0, None)),
        ("Aucune expérience requise", (0, None)),
    ],
)
def test_each_rule_of_the_contract_holds(text: str, expected: tuple[float, float | None]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We love what we do.",
        "For over 20 years we have built bridges.",
        "Founded 10 years ago.",
        "Options with 4-year vesting.",
        "A 2-year contract.",
        "Must be 18 years or older.",
        "A 4-year degree.",
        "Preferred qualifications\n- 5+ years of experience",
        "5+ years of experience preferred",
        "Strong candidates may also have: 5+ years of experience",
        "Our programmes last between two and four years and give hands-on experience.",
        "Willingness to commit to at least 3 years of experience-building with us.",
        "Valid driver's license for at least 3 years.",
        "Bachelor's degree (± 16 years) or equivalent experience",
        "With more than 12 years of experience, we help banks move faster.",
        "Globex has 14 years of experience in shipping.",
        "You will be coached by an engineer with 9+ years of experience.",
        "You report to our director, who has 11 years of experience.",
        "A 2 year rotational programme giving you experience in four teams",
        "We'll give you 2 years of structured experience",
        "Idéalement, 3 ans d'expérience dans le conseil",
    ],
)
def test_what_is_not_asked_for_gives_nothing(text: str) -> None:
    assert years(text) is None


def test_evidence_is_the_postings_own_words_on_one_line() -> None:
    text = "Requirements\n• Minimum  of five\u00a0(5) years’ experience in\tsales; travel"
    found = experience_of("Sales Manager", text)
    assert found is not None
    assert found.source == "text"
    assert found.evidence == "Minimum of five (5) years’ experience in sales; travel"


def test_evidence_of_a_long_sentence_is_cut_at_a_word() -> None:
    found = experience_of("Engineer", "You have 5+ years of experience " + "with many wonderful tools " * 30)
    assert found is not None
    assert len(found.evidence) <= 160
    assert found.evidence.startswith("You have 5+ years of experience")
    assert found.evidence.rsplit(" ", 1)[1] in {"with", "many", "wonderful", "tools"}


def test_lines_glued_together_are_still_read_apart() -> None:
    text = "RequirementsBachelor's degree3+ years with SQLStrong writingPreferred Qualifications6+ years in banking"
    assert years(text) == (3, None)


def test_years_in_the_title_count() -> None:
    found = experience_of("Java Developer (5+ years of experience)", "Join us.")
    assert found is not None
    assert found.min_years == 5


@pytest.mark.parametrize(
    "heading",
    ["✨ Nice to have ✨", "🎈Bonus points if", "Qualifications we prefer", "Bonus / nice-to-have",
     "You'll impress us if", "Helpful, but not essential", "What gives you an edge",
     "Les petits plus", "Wünschenswert", "Diferenciais"],
)  # fmt: skip
def test_years_below_a_heading_of_wishes_do_not_count(heading: str) -> None:
    text = f"About you\n- 2 years of experience in logistics\n{heading}\n- 6 years of experience in retail"
    assert years(text) == (2, None)


@pytest.mark.parametrize(
    "heading",
    ["🛠 What you need", "Must:", "You'd be a great fit if", "What makes you a great fit?", "A bit about you",
     "To be considered", "What sets you up for success", "Lo que buscamos", "Wij vragen", "All you need is:"],
)  # fmt: skip
def test_a_heading_of_requirements_ends_the_wishes(heading: str) -> None:
    assert years(f"Nice to have\n- 6 years in retail\n{heading}\n- 2 years in logistics") == (2, None)
