"""Job types: the list itself, and how a title is read; the many titles are in the labelled set."""

import pytest

from jobalerts.domain.classify import job_types_of
from jobalerts.domain.job_types import JOB_TYPES, SLUGS, label


def test_the_list_has_thirty_one_types_and_other_is_last() -> None:
    slugs = [job_type.slug for job_type in JOB_TYPES]
    assert len(slugs) == len(SLUGS) == 31
    assert slugs[0] == "software_engineer"
    assert slugs[-1] == "other"


def test_labels_are_short_enough_for_a_tile_and_unknown_slugs_show_as_they_are() -> None:
    assert all(0 < len(job_type.label) <= 20 and job_type.description for job_type in JOB_TYPES)
    assert label("hardware_engineer") == "Hardware"
    assert label("gone_long_ago") == "gone_long_ago"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sr. Technical Program Manager, Security Engineering", "program_manager"),
        ("Staff Software Engineer, iOS", "mobile_engineer"),
        ("Product Marketing Manager, Machine Learning", "marketing"),
        ("Executive Assistant to the VP of Engineering", "administrative"),
        ("Softwareentwickler (m/w/d)", "software_engineer"),
        ("🚀", "other"),
        ("", "other"),
    ],
)
def test_the_head_of_the_title_decides(title: str, expected: str) -> None:
    assert job_types_of(title, "")[0] == expected


def test_leaders_of_special_teams_have_a_second_type() -> None:
    assert job_types_of("Mobile Engineering Manager", "") == ("engineering_manager", "mobile_engineer")
    assert job_types_of("Engineering Manager", "") == ("engineering_manager",)


def test_the_text_decides_only_where_the_title_names_a_bare_rank() -> None:
    text = "You recruit people. Our recruiters own talent from the first call to the offer."
    assert job_types_of("Specialist", text) == ("people",)
    assert job_types_of("Accountant", text) == ("finance",)
