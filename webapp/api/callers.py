"""Who calls: told by a Bearer token and by nothing else; cookies are not read here."""

from dataclasses import dataclass
from hmac import compare_digest

from flask import request

from jobalerts import task_tokens
from jobalerts.sql import users
from jobalerts.sql.engine import read
from webapp.api import access_tokens
from webapp.api.problems import Problem, unauthorized
from webapp.services import services


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A running task, known by the token it was started with: good for that task and that claim of it."""

    task_id: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """All empty: anybody."""

    user_id: str | None = None
    is_admin: bool = False
    run: Run | None = None


def caller() -> Caller:
    """Who calls; without a token anybody, and 401 for a token that is not good."""
    header = request.headers.get("Authorization")
    if header is None:
        return Caller()
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized("Send an access token, as Authorization: Bearer <token>.")
    found = _account(token.strip()) or _run(token.strip())
    if found is None:
        raise unauthorized("This token is not valid, or not any more: sign in again.", error="invalid_token")
    return found


def known_caller() -> Caller:
    """Who calls; 401 for anybody without a token."""
    found = caller()
    if found.user_id is None and found.run is None:
        raise unauthorized("This needs an access token, as Authorization: Bearer <token>.")
    return found


def admin() -> Caller:
    """The admin who calls; 401 for anybody, 403 for everybody else."""
    found = known_caller()
    if not found.is_admin:
        raise Problem(403, "Only an admin may do this.")
    return found


def _account(token: str) -> Caller | None:
    key = services().key
    claims = access_tokens.read(key, token)
    if claims is None:
        return None
    with read(services().engine) as connection:
        user = users.by_id(connection, claims.user_id)
    if user is None or not compare_digest(access_tokens.stamp(key, user), claims.stamp):
        return None
    return Caller(user_id=user.id, is_admin=user.is_admin)


def _run(token: str) -> Caller | None:
    found = task_tokens.read(services().key, token)
    return None if found is None else Caller(run=Run(task_id=found[0], epoch=found[1]))
