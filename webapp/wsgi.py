"""The WSGI application for a server's worker process, made from the settings on first use (never at import)."""

from flask import Flask

from jobalerts import config, logs
from jobalerts.broker.opening import open_broker
from jobalerts.embedded.addresses import resolved
from jobalerts.mongo.store import open_store
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine
from webapp.app import create_app
from webapp.lifeline import end_with_parent


def build() -> Flask:
    """Connect the configured or running services; a ConfigError names what is missing."""
    end_with_parent()
    settings = resolved(config.load())
    logs.configure(settings.log_level, "web")
    engine = open_engine(settings.sql_url)
    schema.require_current(engine)
    store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
    broker = open_broker(settings, engine)
    return create_app(settings, engine, store, broker.ping)


def __getattr__(name: str) -> Flask:
    """`webapp.wsgi:app`, for servers that know no factories."""
    if name == "app":
        return build()
    raise AttributeError(name)
