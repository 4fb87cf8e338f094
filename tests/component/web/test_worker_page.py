"""The page of the workers."""

from sqlalchemy import Engine

from jobalerts.sql import workers
from jobalerts.sql.engine import write
from jobalerts.sql.workers import Capacity
from tests.component.web.people import Browser


def test_admin_sees_who_works(admins: Browser, sqlite_engine: Engine) -> None:
    assert "Nothing runs tasks" in admins.get("/workers").text
    with write(sqlite_engine) as connection:
        workers.beat(connection, name="host-7:1", host="host-7", capacity=Capacity(slots=4))
    page = admins.get("/workers").text
    for words in ("host-7:1", "0 of 4", "alive"):
        assert words in page
