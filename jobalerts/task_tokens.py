"""Tokens with which a run reports on its own task, and on nothing else, while its try lasts."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import jwt

AUDIENCE = "jobalerts-run"
ALGORITHM = "HS256"


def issue(key: str, task_id: str, epoch: int, lifetime_s: float) -> str:
    """Make a token for one try (`epoch`) of a task; `key` is the installation's signing key."""
    expires = datetime.now(UTC) + timedelta(seconds=lifetime_s)
    claims = {"sub": task_id, "epoch": epoch, "aud": AUDIENCE, "exp": expires}
    return jwt.encode(claims, _derived(key), algorithm=ALGORITHM)


def read(key: str, token: str) -> tuple[str, int] | None:
    """The task and epoch a token is for, or None when it is not ours, not for this, or too old."""
    try:
        claims = jwt.decode(
            token,
            _derived(key),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["sub", "epoch", "aud", "exp"]},
        )
    except jwt.InvalidTokenError:
        return None
    return str(claims["sub"]), int(claims["epoch"])


def _derived(key: str) -> bytes:
    """A key of its own, so that no other kind of token is ever taken for one of these."""
    return hmac.digest(key.encode(), b"task token", hashlib.sha256)
