"""Whether the web server lives, and whether everything it needs answers."""

from flask import Blueprint, Response, current_app

from jobalerts.sql.engine import ping
from webapp.api.questions import Questions
from webapp.api.replies import reply
from webapp.services import services

blueprint = Blueprint("health", __name__)
EXTENSION = "jobalerts.health"


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 as long as this process answers; asks nothing else."""
    return reply({"status": "alive"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 when every store answers within two seconds; 503 names which does not."""
    found = services()
    questions: Questions = current_app.extensions[EXTENSION]
    stores = {"sql": lambda: ping(found.engine), "mongodb": found.store.ping, "broker": found.ping_broker}
    answers = questions.ask(stores)
    states = {name: "ok" if name in answers else "no answer" for name in stores}
    is_ready = len(answers) == len(stores)
    body = {"status": "ready" if is_ready else "not ready", "stores": states}
    return reply(body, status=200 if is_ready else 503)
