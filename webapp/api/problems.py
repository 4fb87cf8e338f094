"""Errors as RFC 9457 problem+json, for everything below /api."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import RequestRedirect

from jobalerts.errors import TemporaryError
from webapp.api.replies import reply

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
MACHINES = ("/api/", "/healthz/", "/readyz/")  # below these nobody reads a page
TRY_AGAIN_S = 10
DETAILS = {
    404: "There is nothing at this address; /api/docs lists what there is.",
    405: "This address does not know this method; the Allow header names those it knows.",
    500: "Something went wrong on our side; it is in the log.",
}


class Problem(Exception):
    """Ends a request with this answer; `errors` names the fields of a 422 as (field, detail)."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


def unauthorized(detail: str, *, error: str | None = None) -> Problem:
    """401 with the challenge that RFC 6750 asks for; `error` only when a token came and was not taken."""
    challenge = 'Bearer realm="jobalerts"' + (f', error="{error}"' if error else "")
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})


def answer(problem: Problem) -> Response:
    """The problem as a response; its title is the status in words, so its type is about:blank (RFC 9457, 4.2.1)."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = [{"field": field, "detail": detail} for field, detail in problem.errors]
    return reply(body, status=problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def install(blueprint: Blueprint) -> None:
    """Have the blueprint, and every unknown address or method below /api, answer with problems."""
    blueprint.register_error_handler(Problem, answer)
    blueprint.register_error_handler(TemporaryError, _store_away)
    blueprint.register_error_handler(HTTPException, _http_problem)
    blueprint.register_error_handler(500, _mistake)  # the site's own page for it would win over HTTPException's
    blueprint.before_app_request(_no_such_route)


def _store_away(error: TemporaryError) -> Response:
    log.warning("api.store_away", path=request.path, error=str(error))
    problem = Problem(
        503, f"A store does not answer ({error.brief}); try again.", headers={"Retry-After": str(TRY_AGAIN_S)}
    )
    return answer(problem)


def _mistake(error: InternalServerError) -> Response:
    log.error("api.failed", path=request.path, exc_info=error.original_exception)
    return _http_problem(error)


def _no_such_route() -> Response | None:
    error = request.routing_exception
    if error is None or isinstance(error, RequestRedirect) or not f"{request.path}/".startswith(MACHINES):
        return None
    return _http_problem(error)


def _http_problem(error: HTTPException) -> Response:
    status = error.code or 500
    allow = error.get_response().headers.get("Allow") if status == 405 else None
    detail = DETAILS.get(status) or error.description or HTTPStatus(status).phrase
    return answer(Problem(status, detail, headers={"Allow": allow} if allow else {}))
