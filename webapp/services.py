"""What views work with: built once in `create_app`, never at import."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore
from webapp.rate_limits import RateLimits

EXTENSION = "jobalerts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """`key` signs links and sessions; `ping_broker` raises TemporaryError while the broker is away."""

    settings: Settings
    engine: Engine
    store: PostingStore
    key: str
    ping_broker: Callable[[], None]
    limits: RateLimits


def services() -> Services:
    """The services of the application that answers this request."""
    found: Services = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    return datetime.now(UTC)
