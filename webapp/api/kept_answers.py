"""Answers kept under an Idempotency-Key, so that a request that is sent again is carried out once in 24 hours."""

import hmac
from hashlib import sha256
from typing import Any

import orjson
from flask import request
from sqlalchemy import Connection

from jobalerts.sql import idempotency
from jobalerts.sql.idempotency import Answer
from webapp.api.problems import Problem
from webapp.services import now, services

LONGEST_KEY = 200
_KEY_ERROR = ("Idempotency-Key", "Use a new key for a new request.")


def kept_answer(connection: Connection, scope: str, body: Any) -> Answer | None:  # noqa: ANN401 - whatever is sent
    """What was answered to this Idempotency-Key; 422 when it came with another body."""
    key = idempotency_key()
    if key is None:
        return None
    kept = idempotency.find(connection, scope, key, now=now())
    if kept and kept.request_hash != _request_hash(body):
        raise Problem(422, "This Idempotency-Key was used with another body.", errors=[_KEY_ERROR])
    return kept


def keep_answer(connection: Connection, scope: str, body: Any, *, status: int, answer: dict[str, Any]) -> None:  # noqa: ANN401
    """Keep what is answered now, if the request has a key."""
    key = idempotency_key()
    if key is not None:
        kept = Answer(request_hash=_request_hash(body), status=status, body=answer)
        idempotency.keep(connection, scope, key, answer=kept, now=now())


def idempotency_key() -> str | None:
    """The request's key; 422 when it cannot be kept."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Problem(
            422, "This Idempotency-Key cannot be kept.", errors=[("Idempotency-Key", "Use at most 200 letters.")]
        )
    return key or None


def _request_hash(body: Any) -> str:  # noqa: ANN401 - whatever a caller sends
    """Keyed, because the body may hold a password."""
    message = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    return hmac.new(services().key.encode(), b"idempotency" + message, sha256).hexdigest()
