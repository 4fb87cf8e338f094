"""A mongod that a test may stop, kill and start again where it was, beside PostgresServer and RabbitServer."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from jobalerts.embedded import mongod
from jobalerts.errors import ConfigError
from tests import servers


class MongoServer:
    """A mongod that keeps its port."""

    def __init__(self, home: Path) -> None:
        self._home = home
        try:
            self._running = mongod.start(home)
        except ConfigError as error:
            servers.missing(f"MongoDB: {error} (TEST_MONGODB_URL in tests)")
        self.url = self._running.url

    def start(self) -> None:
        self._running = mongod.start(self._home)

    def stop(self) -> None:
        self._running.stop()

    def kill(self) -> None:
        psutil.Process(self._running.pid).kill()
        self._running.process.wait()


@contextmanager
def mongodb(home: Path | None = None) -> Iterator[MongoServer]:
    """A started mongod of our own, its data in `home` or in a folder that is removed with it."""
    folder = home or Path(tempfile.mkdtemp(prefix="jobalerts-mongod-"))
    try:
        server = MongoServer(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)
