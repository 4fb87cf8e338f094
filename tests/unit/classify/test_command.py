"""`jobalerts classify`: JSON lines in, JSON lines out."""

import json
from typing import Any

from click.testing import CliRunner, Result

from crawler.classify_command import classify


def run(*lines: bytes) -> Result:
    return CliRunner().invoke(classify, input=b"\n".join(lines) + b"\n")


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def a_line(**changes: object) -> bytes:
    return json.dumps({"id": "a", "title": "Data Analyst", "text": "3-5 years of experience"} | changes).encode()


def test_each_line_is_answered_with_the_three_readings() -> None:
    result = run(a_line(), a_line(id=7, text="", extra="ignored"))
    assert result.exit_code == 0
    assert answers(result) == [
        {
            "id": "a",
            "job_types": ["data_analyst"],
            "seniority": None,
            "experience": {"min_years": 3, "max_years": 5, "evidence": "3-5 years of experience", "source": "text"},
        },
        {"id": 7, "job_types": ["data_analyst"], "seniority": None, "experience": None},
    ]


def test_unreadable_lines_are_answered_in_place_and_the_run_exits_1_at_the_end() -> None:
    result = run(b"no json", a_line(), b'{"id": 1, "title": 2, "text": ""}', b"[1]", b'{"id": "\xff"}', b'{"id": "x"}')
    assert result.exit_code == 1
    found = answers(result)
    assert [answer["id"] for answer in found] == [None, "a", None, None, None, None]
    assert all(answer["error"] for answer in found if answer["id"] is None)
    assert "title" in found[2]["error"]


def test_empty_input_is_fine() -> None:
    assert CliRunner().invoke(classify, input=b"").exit_code == 0
