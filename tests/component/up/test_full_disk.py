"""`jobalerts up` whose mongod finds no room: it says so, serves what needs no postings, and goes on by itself."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import urllib3
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from jobalerts.mongo.connection import Document
from tests.component.up.installation import Installation, installation
from tests.small_disks import kept_full, small_disk

SAID_WITHIN_S = 30
BACK_WITHIN_S = 60


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Installation]:
    """MongoDB's data are on a disk of 300 MiB."""
    mongo = tmp_path / "var" / "mongo"
    mongo.mkdir(parents=True)
    with small_disk(mongo, "300m"), installation(tmp_path / "var") as found:
        yield found


def answer(up: Installation, path: str) -> tuple[int, str]:
    answered = urllib3.request("GET", f"{up.site}{path}", timeout=30, retries=False, redirect=False)
    return answered.status, answered.data.decode()


def open_postings(client: "MongoClient[Document]") -> int:
    return client["jobalerts"]["postings"].count_documents({"closed_at": None})


def test_a_mongod_without_room_is_named_and_started_again_once_there_is_some(up: Installation) -> None:
    up.start()
    up.await_start()
    port = (up.home / "mongo" / "port").read_text().strip()
    url = f"mongodb://127.0.0.1:{port}/?directConnection=true"
    client: MongoClient[Document] = MongoClient(url, serverSelectionTimeoutMS=2000)
    kept = open_postings(client)
    with kept_full(up.home / "mongo"):
        with suppress(PyMongoError):
            client["jobalerts"]["boards"].insert_one({"_id": "needs room"})
            client.admin.command("fsync")  # as mongod does once a minute
        up.await_line("the disk of the embedded MongoDB is full: free some space", SAID_WITHIN_S)
        assert answer(up, "/healthz")[0] == 200
        assert answer(up, "/")[0] == 200
        status, said = answer(up, "/readyz")
        assert (status, '"mongodb":"no answer"' in said) == (503, True)
        assert "The postings cannot be read right now" in answer(up, "/stats")[1]

    up.await_line("was started again", BACK_WITHIN_S)
    assert answer(up, "/readyz")[0] == 200
    assert open_postings(client) >= kept
    client.close()
