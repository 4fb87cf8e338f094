"""Headers of every answer, and the check that a form was sent from this site (docs: OWASP Secure Headers, MDN)."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
TWO_YEARS_S = 63_072_000


def init_security(app: Flask, *, https: bool) -> None:
    app.jinja_env.globals["csp_nonce"] = nonce

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy())
        if https:
            response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS_S}; includeSubDomains"
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def nonce() -> str:
    """The number that lets this answer's own script run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def allow(**directives: str) -> None:
    """Loosen the policy of this one answer, e.g. `allow(frame_src="'self'")`."""
    g.csp_extra = {name.replace("_", "-"): value for name, value in directives.items()}


def require_same_site() -> None:
    """Refuse a form that another site sent: the browser says so itself (Fetch Metadata, Origin)."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        abort(403, "This form was sent from another site.")
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        abort(403, "This form was sent from another site.")


def _policy() -> str:
    parts = POLICY | {"script-src": f"'nonce-{nonce()}'"} | g.get("csp_extra", {})
    return "; ".join(f"{name} {value}" for name, value in parts.items())
