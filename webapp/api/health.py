"""Whether the web server lives, and whether everything it needs answers."""

import threading
import time
from collections.abc import Callable, Mapping

import structlog
from flask import Blueprint, Response, current_app
from sqlalchemy import Engine, select

from jobalerts.errors import JobalertsError
from jobalerts.sql.engine import read
from webapp.api.replies import reply
from webapp.services import services

log = structlog.get_logger()
blueprint = Blueprint("health", __name__)
EXTENSION = "jobalerts.health"
ANSWER_WITHIN_S = 2.0


class Ping(threading.Thread):
    """One question to one store, in a thread of its own, because it may hang."""

    def __init__(self, store: str, ping: Callable[[], None]) -> None:
        super().__init__(name=f"ping {store}", daemon=True)
        self.store = store
        self.has_answered = False
        self._ping = ping

    def run(self) -> None:
        try:
            self._ping()
        except JobalertsError as error:
            log.warning("health.no_answer", store=self.store, error=str(error))
        else:
            self.has_answered = True


class Pings:
    """Asks all stores at once; while one hangs it is not asked again, so that hanging threads do not pile up."""

    def __init__(self) -> None:
        self._asked: dict[str, Ping] = {}
        self._lock = threading.Lock()

    def silent(self, stores: Mapping[str, Callable[[], None]]) -> set[str]:
        """The names of those that do not answer within two seconds."""
        deadline = time.monotonic() + ANSWER_WITHIN_S
        asked = [self._under_way(store, ping) for store, ping in stores.items()]
        for question in asked:
            question.join(max(0.0, deadline - time.monotonic()))
        return {question.store for question in asked if not question.has_answered}

    def _under_way(self, store: str, ping: Callable[[], None]) -> Ping:
        with self._lock:
            found = self._asked.get(store)
            if found is None or not found.is_alive():
                found = self._asked[store] = Ping(store, ping)
                found.start()
            return found


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 as long as this process answers; asks nothing else."""
    return reply({"status": "alive"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 when every store answers within two seconds; 503 names which does not."""
    found = services()
    pings: Pings = current_app.extensions[EXTENSION]
    stores = {"sql": lambda: _ping_sql(found.engine), "mongodb": found.store.ping, "broker": found.ping_broker}
    silent = pings.silent(stores)
    body = {
        "status": "not ready" if silent else "ready",
        "stores": {name: "no answer" if name in silent else "ok" for name in stores},
    }
    return reply(body, status=503 if silent else 200)


def _ping_sql(engine: Engine) -> None:
    with read(engine) as connection:
        connection.execute(select(1))
