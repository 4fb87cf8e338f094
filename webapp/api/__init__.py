"""The API: JSON below /api/v1, its readable documentation, and the health checks."""

from flask import Flask
from flask_wtf import CSRFProtect

from jobalerts.recent_keys import RecentKeys
from jobalerts.sql.task_requests import SAME_WITHIN
from webapp.api import docs, health, routes, stats, task_requests
from webapp.api.questions import Questions

BLUEPRINTS = (routes.blueprint, docs.blueprint, health.blueprint)


def init_api(app: Flask, csrf: CSRFProtect) -> None:
    """Add all of it; a Bearer token is asked for where one is needed, so no form token is."""
    app.extensions[routes.EXTENSION] = routes.prepared_document()
    app.extensions[stats.EXTENSION] = stats.Kept()
    app.extensions[task_requests.EXTENSION] = RecentKeys(SAME_WITHIN)
    app.extensions[stats.QUESTIONS] = Questions()
    app.extensions[health.EXTENSION] = Questions()
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
        csrf.exempt(blueprint)
    app.config["CHECKS_ITSELF"] |= {blueprint.name for blueprint in BLUEPRINTS}
