"""Error pages: what happened, what we do about it, what you can do."""

from datetime import datetime

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from jobalerts.errors import TemporaryError
from webapp.rate_limits import Rule, network
from webapp.services import now, services

log = structlog.get_logger()

WORDS = {
    400: ("We could not read that.", "Go back and try it again."),
    403: ("That is not yours to do.", "Sign in, or go back to the start."),
    404: ("There is nothing here.", "The address may be mistyped, or what was here is gone."),
    405: ("That does not work this way.", "Go back and use the buttons of the page."),
    413: ("That was too much.", "A form may hold one megabyte. Go back and shorten it."),
    500: ("Something is broken on our side.", "It has been written down. Try again in a minute."),
    503: ("A part of jobalerts is away.", "Nothing is lost: what you sent before is kept. Try again in a minute."),
}


class TooMany(Exception):
    """Tried too often; `again` is when it works again."""

    def __init__(self, again: datetime) -> None:
        super().__init__("too many tries")
        self.again = again


def limit(rule: Rule, key: str | None = None) -> None:
    """Count a try by this key, or by the network it came from; too many is the page that says when to come back."""
    again = services().limits.hit(rule, key or network(request.remote_addr))
    if again:
        raise TooMany(again)


def init_errors(app: Flask) -> None:
    app.logger.disabled = True  # what fails is logged below, without the path, which may hold a token
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(TemporaryError, _away)
    app.register_error_handler(500, _broken)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    title, advice = WORDS.get(status, WORDS[400])
    own_words = status in (400, 403) and error.description != type(error).description
    response = _page(status, title, str(error.description) if own_words else advice)
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _old_form(_error: CSRFError) -> Response:
    return _page(
        400,
        "This form is too old.",
        "Your browser had it from before you signed in or out, or it keeps no cookies. "
        "Go back, load the page anew and send it again.",
    )


def _too_many(error: TooMany) -> Response:
    seconds = max(1, int((error.again - now()).total_seconds()) + 1)
    response = _page(429, "That was often.", "To keep strangers from guessing, tries are counted.", again=error.again)
    response.headers["Retry-After"] = str(seconds)
    return response


def _away(error: TemporaryError) -> Response:
    log.warning("page_unavailable", endpoint=request.endpoint, error=str(error))
    title, advice = WORDS[503]
    response = _page(503, title, f"{error.brief[:1].upper()}{error.brief[1:]}. {advice}")
    response.headers["Retry-After"] = "30"
    return response


def _broken(error: Exception) -> Response:
    log.error("page_failed", endpoint=request.endpoint, exc_info=getattr(error, "original_exception", error))
    return _page(500, *WORDS[500])


def _page(status: int, title: str, advice: str, again: datetime | None = None) -> Response:
    page = render_template("error/page.html", status=status, title=title, advice=advice, again=again)
    return make_response(page, status)
