"""The workers, in the API and as a page: for admins."""

from flask.testing import FlaskClient
from sqlalchemy import Engine

from jobalerts.sql import workers
from jobalerts.sql.engine import write
from jobalerts.sql.workers import Capacity
from tests.component.api.conftest import bearer, problem


def test_admin_reads_who_works(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    with write(sqlite_engine) as connection:
        workers.beat(connection, name="host-7:1", host="host-7", capacity=Capacity(slots=2))
    [worker] = client.get("/api/v1/workers", headers=bearer(admin_token)).get_json()["workers"]
    assert worker["last_beat_at"].endswith("Z")
    facts = {"name": "host-7:1", "host": "host-7", "slots": 2, "prefetch": 1, "running": 0, "state": "alive"}
    assert facts.items() <= worker.items()


def test_nobody_else_reads_them(client: FlaskClient, ada_token: str) -> None:
    problem(client.get("/api/v1/workers"), 401)
    problem(client.get("/api/v1/workers", headers=bearer(ada_token)), 403)
