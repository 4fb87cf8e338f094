"""docs/operating.md and the pages explain every way in which a crawl can end."""

from pathlib import Path

import pytest

from crawler.outcomes import ADVICE
from jobalerts import runs
from jobalerts.domain import retry
from webapp.words import OUTCOMES

ROOT = Path(__file__).parents[2]
FAILURES = {*ADVICE, runs.STORAGE, runs.CRASHED, runs.STOPPED, runs.STALE, runs.SUSPICIOUS, retry.LOST, *retry.HOPELESS}


@pytest.mark.parametrize("outcome", sorted(FAILURES))
def test_every_outcome_has_words_and_a_line(outcome: str) -> None:
    assert outcome in OUTCOMES
    assert f"| `{outcome}` |" in (ROOT / "docs" / "operating.md").read_text()
