"""Real servers for the tests, each on a free port of loopback with its data in a temporary folder."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import psutil
import psycopg
import pytest

START_TIMEOUT_S = 150
STOP_TIMEOUT_S = 20
RABBITMQ_CONF = """\
listeners.tcp.1 = 127.0.0.1:{port}
log.console = false
log.file.level = warning
raft.wal_max_size_bytes = 16777216
disk_free_limit.absolute = 50MB
"""


class RabbitServer:
    """A RabbitMQ of our own, which a test may stop, kill and start again on the same port."""

    def __init__(self, binary: str, folder: Path) -> None:
        self._port = free_port()
        self._command = [binary]
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self.environment = _rabbitmq_environment(folder, self._port)
        self.url = f"amqp://guest:guest@127.0.0.1:{self._port}/%2F"

    def start(self) -> None:
        """Return once it takes connections, which is the last step of its start."""
        self._server = spawn(self._command, self._folder / "log", self.environment)
        address = ("127.0.0.1", self._port)
        await_start(lambda: socket.create_connection(address, 2).close(), (), self._server, self._folder)

    def stop(self) -> None:
        """Ask the node itself: the script around it would ask rabbitmqctl to, which takes its time."""
        if self._server is not None:
            family = psutil.Process(self._server.pid).children(recursive=True)
            node = next(process for process in family if process.name().startswith("beam"))
            node.terminate()
            psutil.wait_procs([node], STOP_TIMEOUT_S)
        self.kill()

    def control(self, *words: str) -> None:
        """Run rabbitmqctl."""
        command = str(Path(self._command[0]).with_name("rabbitmqctl"))
        subprocess.run([command, "-q", *words], check=True, env=self.environment, cwd="/", stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        if self._server is not None:
            end(self._server, signal.SIGKILL)
            self._server = None
        while not _is_free(self._port):  # the script is gone before the node behind it
            time.sleep(0.02)


class PostgresServer:
    """A PostgreSQL of our own, which a test may stop, kill and start again on the same port; `url` is a superuser's."""

    def __init__(self, command: list[str], folder: Path, fsync: str) -> None:
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        port = free_port()
        self.url = f"postgresql://jobalerts@127.0.0.1:{port}/postgres"
        self._command = [
            *command, "-D", str(folder / "data"), "-k", str(folder), "-p", str(port), "-h", "127.0.0.1",
            "-c", fsync, "-c", "max_connections=200",
        ]  # fmt: skip

    def start(self) -> None:
        """Return once it takes connections."""
        self._server = spawn(self._command, self._folder / "log")
        await_start(
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
            end(self._server, ask)
            self._server = None


def missing(what: str) -> NoReturn:
    """Skip loudly; with CI=true nothing may be skipped."""
    reason = f"NOT TESTED: {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def chromium() -> tuple[str, str]:
    """The paths of Chromium and of its driver."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        missing("Chromium: apt install chromium chromium-driver")
    return browser, driver


def free_port() -> int:
    """A port nobody listens on, below the range that outgoing connections take theirs from.

    Processes that run tests side by side have ranges of their own, so that none takes what another has just found.
    """
    side = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 3
    first = 11_000 + 3_000 * side  # all below those that the embedded mongod takes
    for candidate in range(first + os.getpid() % 2_000, first + 3_000):
        if candidate not in _GIVEN and _is_free(candidate):
            _GIVEN.add(candidate)
            return candidate
    raise RuntimeError("no free port on 127.0.0.1")


@contextmanager
def postgresql(fsync: str = "fsync=off") -> Iterator[str]:
    """The URL of a superuser on a PostgreSQL of our own; tests need no commit to outlive the machine."""
    with killable_postgresql(fsync) as server:
        yield server.url


@contextmanager
def killable_postgresql(fsync: str = "fsync=off") -> Iterator[PostgresServer]:
    """A started PostgreSQL of our own."""
    binaries = _postgresql_binaries()
    folder = Path(tempfile.mkdtemp(prefix="jobalerts-postgresql-"))
    user = _unprivileged(folder)
    server = PostgresServer([*user, str(binaries / "postgres")], folder, fsync)
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
def rabbitmq() -> Iterator[RabbitServer]:
    """A started RabbitMQ of our own, with an Erlang port mapper of its own."""
    binary = _rabbitmq_binary()
    folder = Path(tempfile.mkdtemp(prefix="jobalerts-rabbitmq-"))
    server = RabbitServer(binary, folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        subprocess.run(["epmd", "-kill"], check=False, env=server.environment, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


_GIVEN: set[int] = set()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _postgresql_binaries() -> Path:
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found and not folders:
        folders = [Path(found).resolve().parent]
    if not folders:
        missing("PostgreSQL: install it (apt install postgresql) or point TEST_DATABASE_URL at a running one")
    return folders[-1]


def _rabbitmq_binary() -> str:
    # Debian's wrapper in /usr/sbin starts the system's node as another user; this is the script behind it.
    debian = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    found = str(debian) if debian.exists() else shutil.which("rabbitmq-server")
    if found is None:
        missing("RabbitMQ: install it (apt install rabbitmq-server) or point TEST_BROKER_URL at a running one")
    return found


def _rabbitmq_environment(folder: Path, port: int) -> dict[str, str]:
    (folder / "rabbitmq.conf").write_text(RABBITMQ_CONF.format(port=port))
    (folder / "enabled_plugins").write_text("[].\n")
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),  # the Erlang cookie is made here
        "RABBITMQ_NODENAME": f"jobalerts-{port}@localhost",
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "logs"),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none",
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(free_port()),
    }


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL does not run as root: the words before a command that give it another user."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def spawn(command: list[str], log: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        # A session of its own, so that Ctrl-C ends the tests first and they end the server.
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            env=environment, cwd="/",
        )  # fmt: skip


def await_start(
    connect: Callable[[], None],
    refusals: tuple[type[Exception], ...],
    server: subprocess.Popen[bytes],
    folder: Path,
) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            return connect()
        except (*refusals, OSError):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"a test server did not start:\n{(folder / 'log').read_text()[-2000:]}") from None
            time.sleep(0.1)


def end(server: subprocess.Popen[bytes], ask: signal.Signals) -> None:
    """Ask politely, then end its whole process group."""
    server.send_signal(ask)
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(0 if ask == signal.SIGKILL else STOP_TIMEOUT_S)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
