"""MongoDB without room: a crawl that cannot store says so, what was stored stays, and a later try stores."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from jobalerts.mongo.connection import Document
from jobalerts.mongo.store import open_store
from jobalerts.sql import tasks
from jobalerts.sql.engine import write
from tests import killable
from tests.component.scheduler.boards_on_loopback import POSTINGS
from tests.component.scheduler.conftest import Plant
from tests.killable import MongoServer
from tests.small_disks import kept_full, small_disk

ENDED_WITHIN_S = 90
pytestmark = pytest.mark.parametrize("plant", ["embedded"], indirect=True)


@pytest.fixture
def mongod(tmp_path: Path) -> Iterator[MongoServer]:
    """Its data are on a disk of 300 MiB."""
    home = tmp_path / "mongod"
    home.mkdir()
    with small_disk(home, "300m"), killable.mongodb(home) as server:
        yield server


def checkpoint(url: str) -> None:
    """As mongod does by itself once a minute."""
    client: MongoClient[Document] = MongoClient(url, serverSelectionTimeoutMS=2000)
    with client, suppress(PyMongoError):
        client["jobalerts"]["boards"].insert_one({"_id": "needs room"})
        client.admin.command("fsync")


def stored(mongod: MongoServer) -> dict[str, datetime | None]:
    """Of every posting when it was closed."""
    client: MongoClient[Document] = MongoClient(mongod.url)
    with client:
        return {row["external_id"]: row["closed_at"] for row in client["jobalerts"]["postings"].find({})}


def test_a_crawl_that_cannot_store_is_tried_again_and_old_postings_stay(
    plant: Plant, mongod: MongoServer, tmp_path: Path
) -> None:
    plant.environment |= {"MONGODB_URL": mongod.url, "MONGODB_DATABASE": "jobalerts"}
    store = open_store(mongod.url, "jobalerts")
    store.prepare()
    store.close()
    board = plant.add_board("acme")
    plant.start("scheduler")
    plant.start("worker")
    plant.wait_for_status(plant.crawl(board), "success", ENDED_WITHIN_S)
    before = stored(mongod)
    assert len(before) == POSTINGS
    plant.boards.slow_for_s = 60
    reads = len(plant.boards.reads)
    task_id = plant.crawl(board)
    plant.wait_for(lambda: len(plant.boards.reads) > reads, ENDED_WITHIN_S, "the crawl is in its middle")

    with kept_full(tmp_path / "mongod"):
        checkpoint(mongod.url)
        plant.boards.let_go.set()
        row = plant.wait_for_status(task_id, "retrying", ENDED_WITHIN_S)
        [attempt] = plant.attempts(task_id)
        assert attempt.outcome == "storage"
        assert "MongoDB does not answer" in row.message

    mongod.stop()
    mongod.start()
    assert stored(mongod) == before
    with write(plant.engine) as connection:  # else it waits for five minutes
        tasks.run_now(connection, task_id, datetime.now(UTC))
    plant.wait_for_status(task_id, "success", ENDED_WITHIN_S)
    assert stored(mongod) == before
