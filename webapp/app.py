"""Wires the web application: settings and stores in, Flask out."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask, current_app, request
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from jobalerts.config import Settings, signing_key
from jobalerts.errors import TemporaryError
from jobalerts.mongo.store import PostingStore
from webapp import pages
from webapp.access import enforce, require_declarations
from webapp.api import init_api
from webapp.errors import init_errors
from webapp.layout import init_layout
from webapp.login import init_login, signed_in_user
from webapp.pages import outbox
from webapp.rate_limits import RateLimits
from webapp.security import init_security, require_same_site
from webapp.services import EXTENSION, Services
from webapp.uploads import init_uploads
from webapp.words import init_words

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "web"
LARGEST_REQUEST = 2**20
THREADS = 64
"""Of one server process. A thread waits for SQL, MongoDB or a visitor's network most of its time."""

STATIC_AGE_S = 3600


def create_app(settings: Settings, engine: Engine, store: PostingStore, broker_ping: Callable[[], None]) -> Flask:
    """The application; nothing connects before the first request."""
    app = Flask("webapp", template_folder=str(TEMPLATES))
    key = signing_key(settings)
    https = settings.site.startswith("https://")
    app.config.update(_config(key, https=https))
    app.config["HAS_OUTBOX"] = outbox.has_outbox(settings)
    app.url_map.merge_slashes = False  # a board of `jsonld` has an address in its id
    mongodb = settings.mongodb_url.get_secret_value()
    app.extensions[EXTENSION] = Services(
        settings=settings,
        engine=engine,
        store=store,
        key=key,
        ping_broker=broker_ping,
        limits=RateLimits(mongodb, settings.mongodb_database),
    )
    _init_parts(app, https=https)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _config(key: str, *, https: bool) -> dict[str, object]:
    return {
        "SECRET_KEY": key,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "SEND_FILE_MAX_AGE_DEFAULT": STATIC_AGE_S,
        "SESSION_COOKIE_NAME": "__Host-jobalerts" if https else "jobalerts",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form left open over lunch is not lost
        "WTF_CSRF_SSL_STRICT": False,  # Origin and Fetch Metadata are checked instead of the Referer
        "CHECKS_ITSELF": frozenset(),
    }


def _init_parts(app: Flask, *, https: bool) -> None:
    init_security(app, https=https)
    init_errors(app)
    init_uploads(app, at_once=THREADS // 2)
    csrf = CSRFProtect(app)
    init_login(app)
    init_words(app)
    init_layout(app)
    for blueprint in pages.blueprints():
        app.register_blueprint(blueprint)
    for view in pages.views_without_cookie():
        csrf.exempt(view)
    init_api(app, csrf)
    app.before_request(_require_own_form)
    app.before_request(enforce)
    app.context_processor(_for_every_page)
    require_declarations(app)


def _require_own_form() -> None:
    """A form must come from this site, except at what takes no cookie and checks for itself."""
    if request.blueprint not in pages.FOREIGN_FORMS | current_app.config["CHECKS_ITSELF"]:
        require_same_site()


def _for_every_page() -> dict[str, object]:
    """What the layout shows; nobody is signed in on the page that says that the database is away."""
    try:
        return {"person": signed_in_user()}
    except TemporaryError:
        return {"person": None}
