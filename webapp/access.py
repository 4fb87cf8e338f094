"""Who may see a page: declared at the view, enforced before it; a view without a declaration is not served."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from webapp.login import signed_in_user

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """`PUBLIC`: everybody; `USER`: who is signed in; `ADMIN`: for everybody else the page does not exist."""

    PUBLIC = "public"
    USER = "user"
    ADMIN = "admin"


def access(level: Access) -> Callable[[View], View]:
    """Declare who may see a view; stands below the route decorator."""

    def declare(view: View) -> View:
        view.access = level  # type: ignore[attr-defined]
        return view

    return declare


def level_of(app: Flask, endpoint: str) -> Access | None:
    """The declared level; None for a blueprint that checks for itself."""
    if endpoint == "static":
        return Access.PUBLIC
    blueprint = endpoint.rpartition(".")[0]
    if blueprint in app.config["CHECKS_ITSELF"]:
        return None
    view: Any = app.view_functions[endpoint]
    level: Access = view.access
    return level


def require_declarations(app: Flask) -> None:
    """Fail at start, naming the view, when one was forgotten."""
    for rule in app.url_map.iter_rules():
        try:
            level_of(app, rule.endpoint)
        except AttributeError:
            raise TypeError(f"the view {rule.endpoint} does not declare who may see it (webapp.access)") from None


def enforce() -> ResponseReturnValue | None:
    """Runs before every request: a stranger is sent to sign in, and an admin's page is not there for others."""
    if request.endpoint is None:
        return None
    level = level_of(current_app, request.endpoint)
    if level in (None, Access.PUBLIC):
        return None
    user = signed_in_user()
    if level is Access.ADMIN and not (user and user.is_admin):
        raise NotFound
    if user:
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(403, "Sign in first; then send it again.")
    return redirect(url_for("sign_in.page", next=request.full_path.rstrip("?")))


def local_path(target: str | None) -> str | None:
    """A path on this site, or None for everything a browser could take for another one."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or not target.isprintable():
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
