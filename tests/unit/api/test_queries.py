"""The query of the list of tasks, and its cursor."""

from uuid import UUID

import pytest
from hypothesis import given, strategies
from pydantic import ValidationError

from webapp.api.queries import TaskQuery, cursor_of, parameters


@given(strategies.uuids())
def test_a_cursor_leads_back_to_its_task(task_id: UUID) -> None:
    assert TaskQuery(cursor=cursor_of(str(task_id))).before == str(task_id)


@given(strategies.from_regex(r"\A[A-Za-z0-9_-]{21}[AQgw]\Z"))
def test_everything_that_looks_like_a_cursor_can_be_read(cursor: str) -> None:
    assert cursor_of(TaskQuery(cursor=cursor).before or "") == cursor


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cursor", "AZOhsnxefTqfADuPDC1OYR"),
        ("cursor", "AZOhsnxefTqfADuPDC1OYQ=="),
        ("cursor", "1"),
        ("status", "done"),
        ("status", "Success"),
        ("board", "greenhouse/\x00"),
        ("board", "x" * 301),
        ("limit", "0"),
        ("limit", "201"),
        ("limit", "-1"),
        ("limit", "1.0"),
        ("limit", "1_0"),
        ("limit", " 5"),
        ("limit", ""),
        ("limit", "٣"),
        ("page", "2"),
    ],
)
def test_a_wrong_value_is_named(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TaskQuery.model_validate({field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]


def test_an_empty_value_counts_as_left_out() -> None:
    query = TaskQuery.model_validate({"status": "", "board": "", "limit": "50", "cursor": ""})
    assert (query.before, query.limit) == (None, 50)


def test_every_parameter_is_described() -> None:
    assert {item["name"] for item in parameters(TaskQuery)} == {"status", "board", "limit", "cursor"}
    assert all(item["description"] or item["name"] == "limit" for item in parameters(TaskQuery))
