"""Access tokens: what is taken and, mostly, what is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from jobalerts.sql.users import User
from webapp.api import access_tokens

KEY = "k" * 48
NOW = datetime.now(UTC)
ADA = User(
    id="0193a1b2-0000-7000-8000-000000000001",
    username="Ada",
    email="ada@example.org",
    password_hash="a hash",
    session_salt="salt",
    is_admin=False,
    is_demo=False,
    frequency="at_once",
    digest_hour=8,
    digest_weekday=0,
    timezone="UTC",
    created_at=NOW,
    confirmed_at=NOW,
)


def _claims() -> dict[str, Any]:
    token = access_tokens.issue(KEY, ADA)
    return jwt.decode(token, options={"verify_signature": False})


def _signed(claims: dict[str, Any], *, algorithm: str = "HS256") -> str:
    key = access_tokens._derived(KEY, "access")
    return jwt.encode(claims, key if algorithm != "none" else None, algorithm=algorithm)


def test_a_token_says_whose_it_is() -> None:
    claims = access_tokens.read(KEY, access_tokens.issue(KEY, ADA))
    assert claims is not None
    assert claims.user_id == ADA.id
    assert claims.stamp == access_tokens.stamp(KEY, ADA)


def test_a_token_is_good_for_fifteen_minutes_and_has_an_id_of_its_own() -> None:
    first, second = _claims(), _claims()
    assert first["exp"] - first["iat"] == 900
    assert first["jti"] != second["jti"]
    assert access_tokens.read(KEY, access_tokens.issue(KEY, ADA, now=NOW - timedelta(minutes=16))) is None


@pytest.mark.parametrize("claim", access_tokens.REQUIRED)
def test_a_token_without_a_claim_is_not_taken(claim: str) -> None:
    claims = _claims()
    assert access_tokens.read(KEY, _signed(claims)) is not None
    del claims[claim]
    assert access_tokens.read(KEY, _signed(claims)) is None


@pytest.mark.parametrize(
    ("claim", "value"), [("aud", "task"), ("iss", "else"), ("sub", 7), ("iat", NOW + timedelta(hours=1))]
)
def test_a_token_made_for_something_else_is_not_taken(claim: str, value: object) -> None:
    assert access_tokens.read(KEY, _signed({**_claims(), claim: value})) is None


@pytest.mark.parametrize("algorithm", ["none", "HS512"])
def test_a_token_of_another_algorithm_is_not_taken(algorithm: str) -> None:
    assert access_tokens.read(KEY, _signed(_claims(), algorithm=algorithm)) is None


@pytest.mark.parametrize("token", ["", "a.b.c", "x" * 5000, "ü", "\x00"])
def test_what_is_no_token_is_not_taken(token: str) -> None:
    assert access_tokens.read(KEY, token) is None


def test_the_signing_key_itself_signs_no_token() -> None:
    assert access_tokens.read(KEY, jwt.encode(_claims(), KEY, algorithm="HS256")) is None
    assert access_tokens.read("z" * 48, access_tokens.issue(KEY, ADA)) is None


@pytest.mark.parametrize(
    "changed", [{"password_hash": "another"}, {"session_salt": "another"}, {"password_hash": None}]
)
def test_new_credentials_make_another_stamp(changed: dict[str, Any]) -> None:
    assert access_tokens.stamp(KEY, replace(ADA, **changed)) != access_tokens.stamp(KEY, ADA)
