"""Which name an answer or a failure gets, and what counts as a challenge page."""

import pytest

from crawler.challenges import is_challenge
from crawler.outcomes import ADVICE, Outcome, outcome_from_json
from crawler.spider import judge_status

CHALLENGE = b"<html><title>Just a moment...</title><p>Checking your browser</p></html>"


@pytest.mark.parametrize(
    ("status", "body", "name"),
    [
        (404, b"", "not_found"), (410, b"", "not_found"), (404, CHALLENGE, "not_found"), (403, b"", "blocked"),
        (401, b"", "blocked"), (429, b"", "blocked"), (503, CHALLENGE, "blocked"), (503, b"", "network"),
        (500, b"", "network"), (304, b"", "network"), (400, b"", "malformed"), (422, b"", "malformed"),
    ],
)  # fmt: skip
def test_a_status_has_its_name(status: int, body: bytes, name: str) -> None:
    assert judge_status(status, body)[0] == name


def test_a_careers_page_that_uses_a_captcha_for_its_form_is_no_challenge() -> None:
    page = "<title>Jobs at Acme</title><p>" + "We hire cooks. " * 60 + "</p><p>This form is protected by reCAPTCHA.</p>"
    assert not is_challenge(page, where_json_is_due=False)
    assert is_challenge("<title>Robot Check</title>" + page, where_json_is_due=False)
    assert is_challenge("<p>Please solve the captcha to go on.</p>", where_json_is_due=False)
    assert not is_challenge('{"error": "captcha"}', where_json_is_due=True)


@pytest.mark.parametrize("name", ADVICE)
def test_every_failure_says_its_name_the_board_and_what_to_do(name: str) -> None:
    outcome = Outcome(name=name, detail="why", parts={"": False})
    line = outcome.line("lever/acme")
    assert line.startswith(f"{name}: lever/acme (why); ")
    assert "\n" not in line
    assert outcome.exit_code == 1
    assert outcome_from_json(outcome.to_json()) == outcome
