"""A run's own token says which try of which task it is for, and nothing else passes for one."""

import time

import jwt

from jobalerts import task_tokens

KEY = "k" * 40


def test_a_token_names_its_task_and_try() -> None:
    assert task_tokens.read(KEY, task_tokens.issue(KEY, "task", 3, 60)) == ("task", 3)


def test_a_token_of_another_key_or_too_old_is_none() -> None:
    assert task_tokens.read(KEY, task_tokens.issue("o" * 40, "task", 3, 60)) is None
    assert task_tokens.read(KEY, task_tokens.issue(KEY, "task", 3, -1)) is None
    assert task_tokens.read(KEY, "rubbish") is None


def test_a_person_s_access_token_signed_with_the_same_key_is_no_run_s() -> None:
    claims = {"sub": "task", "epoch": 3, "aud": task_tokens.AUDIENCE, "exp": time.time() + 60}

    assert task_tokens.read(KEY, jwt.encode(claims, KEY, algorithm="HS256")) is None
