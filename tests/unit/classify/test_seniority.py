"""Seniority from titles, with the words that only look like levels."""

import pytest

from jobalerts.domain.classify import seniority_of


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Software Engineering Intern", "intern"),
        ("Werkstudent (m/w/d) Marketing", "intern"),
        ("Apprenticeship - Junior Brand Copywriter", "intern"),
        ("Junior Data Analyst", "junior"),
        ("Graduate Engineer", "junior"),
        ("Associate Product Manager", "junior"),
        ("Software Engineer I", "junior"),
        ("Software Engineer II", "mid"),
        ("Mid-level Designer", "mid"),
        ("Sr. Accountant", "senior"),
        ("Senior Product Manager", "senior"),
        ("Data Analyst III", "senior"),
        ("Staff Software Engineer, iOS", "staff"),
        ("Principal Product Manager", "staff"),
        ("Staff Recruiter", "staff"),
        ("Engineering Manager", "manager"),
        ("Senior Manager, Strategy", "manager"),
        ("Store Manager", "manager"),
        ("Team Lead Customer Support", "manager"),
        ("Senior Director, Finance", "director"),
        ("Head of Data", "director"),
        ("VP of Sales", "executive"),
        ("Chief Financial Officer", "executive"),
    ],
)
def test_level_words_are_read(title: str, expected: str) -> None:
    assert seniority_of(title, "") == expected


@pytest.mark.parametrize(
    "title",
    [
        "Software Engineer",
        "Lead Generation Specialist",
        "Executive Assistant",
        "Executive Assistant to the CEO",
        "Account Executive",
        "Staff Accountant",
        "Staff Nurse",
        "Chief of Staff",
        "Head Chef",
        "Elementary School Principal",
        "Product Manager",
        "Account Manager",
        "Technical Program Manager",
        "Senior Living Advisor",
        "Junior High School Teacher",
        "Sales Associate",
        "Associate Attorney",
        "Internal Auditor",
        "Internship Program Coordinator",
        "Art Director",
        "Tier 2 Support Agent",
        "",
    ],
)
def test_words_that_only_look_like_levels_are_not(title: str) -> None:
    assert seniority_of(title, "") is None


def test_the_text_counts_only_where_it_says_so_of_the_role() -> None:
    assert seniority_of("Sales Representative", "This is an entry-level position.") == "junior"
    assert seniority_of("Sales Representative", "You will work with senior leaders.") is None
    assert seniority_of("Senior Recruiter", "This is an entry-level position.") == "senior"
