"""A test is skipped in one place only, which refuses to with CI=true."""

import re
from pathlib import Path

import pytest

from tests import servers

TESTS = Path(__file__).parents[1]
ONE_PLACE = TESTS / "servers.py"
SKIPS = re.compile(
    r"pytest\.(skip|xfail)\(|mark\.(skip|xfail)|importorskip|SkipTest|from pytest import|collect_ignore|__test__"
)


def test_whatever_is_missing_is_said_in_the_one_place_that_may_skip() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{number}: {line.strip()}"
        for path in sorted(TESTS.rglob("*.py"))
        if path not in {ONE_PLACE, Path(__file__)}
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if SKIPS.search(line)
    ]
    assert found == [], "call servers.missing() instead"
    assert len(SKIPS.findall(ONE_PLACE.read_text())) == 1


def test_with_ci_what_is_missing_fails_its_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="NOT TESTED: a broker"):
        servers.missing("a broker")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="NOT TESTED: a broker"):
        servers.missing("a broker")
