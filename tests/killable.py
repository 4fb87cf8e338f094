"""Servers that a test may stop, kill and start again where they were: PostgreSQL and mongod beside RabbitServer."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from jobalerts.embedded import mongod
from tests import servers
from tests.servers import free_port


class PostgresServer:
    """`url` is a superuser's."""

    def __init__(self, binaries: Path, folder: Path, user: list[str]) -> None:
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        port = free_port()
        self.url = f"postgresql://jobalerts@127.0.0.1:{port}/postgres"
        self._command = [
            *user, str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-p", str(port),
            "-h", "127.0.0.1", "-c", "fsync=off",
        ]  # fmt: skip

    def start(self) -> None:
        """Return once it takes connections."""
        self._server = servers.spawn(self._command, self._folder / "log")
        servers.await_start(
            lambda: psycopg.connect(self.url, connect_timeout=2).close(),
            (psycopg.OperationalError,), self._server, self._folder,
        )  # fmt: skip

    def stop(self) -> None:
        """Fast shutdown: connections are ended."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """kill -9 of all its processes."""
        self._end(signal.SIGKILL)

    def _end(self, ask: signal.Signals) -> None:
        if self._server is not None:
            servers.end(self._server, ask)
            self._server = None


class MongoServer:
    """A mongod that keeps its port."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._running = mongod.start(home)
        self.url = self._running.url

    def start(self) -> None:
        self._running = mongod.start(self._home)

    def stop(self) -> None:
        self._running.stop()

    def kill(self) -> None:
        psutil.Process(self._running.pid).kill()
        self._running.process.wait()


@contextmanager
def postgresql() -> Iterator[PostgresServer]:
    """A started PostgreSQL of our own."""
    binaries = servers.postgresql_binaries()
    folder = Path(tempfile.mkdtemp(prefix="jobalerts-postgresql-"))
    user = servers.unprivileged(folder)
    server = PostgresServer(binaries, folder, user)
    try:
        options = ["--username=jobalerts", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [*user, str(binaries / "initdb"), "-D", str(folder / "data"), *options],
            check=True, stdout=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def mongodb() -> Iterator[MongoServer]:
    """A started mongod of our own."""
    home = Path(tempfile.mkdtemp(prefix="jobalerts-mongod-"))
    try:
        server = MongoServer(home)
        yield server
        server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)
