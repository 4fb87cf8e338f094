"""Passwords and signed links."""

import pytest

from jobalerts import passwords
from jobalerts.links import read_unsubscribe_token, unsubscribe_token

KEY = "a key that is long enough for signing"


def test_right_password_and_no_other_fits_its_hash() -> None:
    kept = passwords.hashed("correct horse battery staple")
    assert kept is not None
    assert passwords.is_right("correct horse battery staple", kept)
    assert not passwords.is_right("correct horse battery stapler", kept)
    assert not passwords.needs_rehash(kept)


def test_account_without_password_has_none_that_is_right() -> None:
    assert passwords.hashed(None) is None
    assert not passwords.is_right("nobody has this password", None)
    assert not passwords.is_right("", None)


@pytest.mark.parametrize("password", ["1234567", "password", "PassWord1", "x" * 1025])
def test_weak_password_is_told_why(password: str) -> None:
    assert passwords.weakness(password)


@pytest.mark.parametrize("password", ["correct horse", "zwölf Ämter & 3 Äpfel", "x9$" * 21, "k" * 1024])
def test_long_or_odd_password_is_taken(password: str) -> None:
    assert passwords.weakness(password) is None


def test_unsubscribe_token_is_read_with_its_own_key_only() -> None:
    token = unsubscribe_token(KEY, "alert-1")
    assert read_unsubscribe_token(KEY, token) == ("alert-1",)
    assert read_unsubscribe_token(KEY, unsubscribe_token(KEY, "alert-1", "alert-2")) == ("alert-1", "alert-2")
    assert read_unsubscribe_token("another key", token) == ()
    assert read_unsubscribe_token(KEY, token[:-1]) == ()
    assert read_unsubscribe_token(KEY, "x" + token) == ()
