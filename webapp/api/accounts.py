"""Registering, and access tokens for an account."""

from flask import Response, request

from jobalerts import registration
from jobalerts.sql import refresh_tokens, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.users import User
from webapp import rate_limits
from webapp.api import access_tokens
from webapp.api.bodies import LoginBody, RefreshBody, RegisterBody
from webapp.api.kept_answers import idempotency_key, keep_answer, kept_answer
from webapp.api.problems import Problem, unauthorized
from webapp.api.reading import checked, json_body
from webapp.api.replies import reply
from webapp.rate_limits import Rule
from webapp.services import now, services

REGISTERED = {"detail": "We have sent a mail to this address; what it says comes next."}
NOT_RIGHT = "The address or the password is not right, or the address is not confirmed yet."


def register() -> Response:
    """201 with the same words whether or not the address is known: the mail tells its owner."""
    _limit(rate_limits.REGISTER, _network())
    body = json_body()
    form = checked(RegisterBody, body)
    with read(services().engine) as connection:
        kept = kept_answer(connection, "register", body)
    if kept:
        return reply(kept.body, status=kept.status)
    registration.register(services().engine, form, now=now())
    if idempotency_key() is not None:
        with write(services().engine) as connection:
            keep_answer(connection, "register", body, status=201, answer=REGISTERED)
    return reply(REGISTERED, status=201)


def login() -> Response:
    """An access token and a refresh token; one 401 for every wrong pair, which takes as long as a right one."""
    form = checked(LoginBody, json_body())
    account = users.email_key(form.email)
    _limit(rate_limits.SIGN_IN, _network())
    _limit(rate_limits.SIGN_IN_ACCOUNT, account)
    with read(services().engine) as connection:
        user = registration.check_password(connection, form.email, form.password)
    if user is None:
        raise unauthorized(NOT_RIGHT)
    services().limits.forgive(rate_limits.SIGN_IN_ACCOUNT, account)
    with write(services().engine) as connection:
        stamp = access_tokens.stamp(services().key, user)
        token = refresh_tokens.start(connection, user.id, stamp=stamp, now=now())
    return _tokens(user, token)


def refresh() -> Response:
    """The next pair for a refresh token; one that was used before ends every token of its sign-in."""
    form = checked(RefreshBody, json_body())
    _limit(rate_limits.TOKEN, _network())
    user_id = refresh_tokens.user_id_of(form.refresh_token)
    with write(services().engine) as connection:
        user = users.by_id(connection, user_id) if user_id else None
        stamp = access_tokens.stamp(services().key, user) if user else ""
        token = refresh_tokens.rotate(connection, form.refresh_token, stamp=stamp, now=now()) if user else None
    if user is None or token is None:
        raise unauthorized("This refresh token is not valid, or not any more: sign in again.", error="invalid_token")
    return _tokens(user, token)


def _tokens(user: User, refresh_token: str) -> Response:
    return reply(
        {
            "access_token": access_tokens.issue(services().key, user),
            "token_type": "Bearer",
            "expires_in": int(access_tokens.LIFETIME.total_seconds()),
            "refresh_token": refresh_token,
        }
    )


def _network() -> str:
    return rate_limits.network(request.remote_addr)


def _limit(rule: Rule, key: str) -> None:
    again = services().limits.hit(rule, key)
    if again:
        seconds = max(1, int((again - now()).total_seconds()) + 1)
        raise Problem(429, "That was often; try again later.", headers={"Retry-After": str(seconds)})
