"""Starts and stops the embedded mongod: a one-node replica set on loopback, its data in the home folder."""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from jobalerts.errors import ConfigError
from jobalerts.mongo.connection import Document

HOST = "127.0.0.1"
PORTS = range(20_000, 30_000)  # below the system's own ephemeral ports, so that it is free again next time
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 12
PORT_PATIENCE_S = 3
REPLICA_SET = "jobalerts"
NOT_INITIALIZED = 94
LEAST_ROOM = 32 * 2**20  # bytes: one of its journal's files, and what it writes beside
FAST_ELECTIONS = {"electionTimeoutMillis": 1000, "heartbeatIntervalMillis": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mongod:
    """A running mongod that is primary."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        """Ask it to end; after 12 s it is killed, which its journal survives."""
        self.process.terminate()
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(home: Path) -> Mongod:
    """Start it on the data in `home`, ending one that an earlier run left; a ConfigError says what is missing."""
    folder = home.absolute() / "mongo"
    data = folder / "db"
    binary = _binary()
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"JOBALERTS_HOME: cannot write {data}: {error.strerror}") from None
    end_left_over(data)
    port = _port(folder / "port")
    process = _spawn(binary, data, port)
    url = f"mongodb://{HOST}:{port}/?directConnection=true"
    try:
        _await_primary(process, url, f"{HOST}:{port}", folder)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return Mongod(url=url, process=process)


def end_left_over(data: Path) -> None:
    """End the mongod of an earlier run on this data: known by the pid in its lock file and its command line."""
    try:
        process = psutil.Process(int((data / "mongod.lock").read_text().strip() or 0))
        if str(data) not in process.cmdline():
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(STOP_TIMEOUT_S)
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return


def _binary() -> Path:
    candidates = (Path(entry) / "fiftyone" / "db" / "bin" / "mongod" for entry in sys.path if entry)
    found = next((path for path in candidates if path.is_file()), None)
    fallback = shutil.which("mongod")
    if found is None and fallback is None:
        raise ConfigError("no mongod found: run `make install` again, or set MONGODB_URL to a running MongoDB")
    return found or Path(str(fallback))


def _port(kept: Path) -> int:
    """The port of earlier runs, or another one when somebody else listens there now."""
    try:
        port = int(kept.read_text())
    except (FileNotFoundError, ValueError):
        port = 0
    # A mongod that was just killed holds its port for a moment longer.
    deadline = time.monotonic() + PORT_PATIENCE_S
    while port and time.monotonic() < deadline:
        if _is_free(port):
            return port
        time.sleep(0.05)
    port = next(candidate for candidate in _random_ports() if _is_free(candidate))
    kept.write_text(f"{port}\n")
    return port


def _random_ports() -> Iterator[int]:
    yield from random.sample(PORTS, len(PORTS))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _spawn(binary: Path, data: Path, port: int) -> subprocess.Popen[bytes]:
    log = data.parent / "mongod.log"
    if log.exists():
        log.replace(data.parent / "mongod.log.1")
    arguments = [str(binary), "--dbpath", str(data), "--port", str(port), "--bind_ip", HOST, "--nounixsocket"]
    arguments += ["--replSet", REPLICA_SET, "--oplogSize", "64", "--wiredTigerCacheSizeGB", "0.25", "--quiet"]
    arguments += ["--wiredTigerEngineConfigString", "log=(file_max=16MB,prealloc=false)"]
    arguments += [
        "--logpath",
        str(log),
        "--setParameter",
        "diagnosticDataCollectionEnabled=false",
    ]
    with (data.parent / "mongod.err").open("wb") as errors:
        try:
            # A session of its own: Ctrl-C reaches `up`, which stops mongod last.
            return subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, start_new_session=True,
                env={"PATH": os.defpath, "HOME": str(data)},
            )  # fmt: skip
        except OSError as error:
            raise ConfigError(f"cannot run {binary}: {error.strerror}; set MONGODB_URL to a running MongoDB") from None


def _await_primary(process: subprocess.Popen[bytes], url: str, address: str, folder: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    client: MongoClient[Document] = MongoClient(url, serverSelectionTimeoutMS=200, connectTimeoutMS=1000)
    with client:
        while not _is_primary(client, address):
            if process.poll() is not None:
                raise ConfigError(_reason(process.returncode, folder))
            if time.monotonic() > deadline:
                raise ConfigError(
                    f"mongod did not become ready within {START_TIMEOUT_S} s: see {folder / 'mongod.log'}"
                )
            time.sleep(0.05)


def _is_primary(client: MongoClient[Document], address: str) -> bool:
    try:
        hello = client.admin.command("hello")
        if hello.get("isWritablePrimary"):
            return bool(hello.get("me") == address)
        if not hello.get("secondary"):
            _configure(client, address)
    except PyMongoError:
        pass  # still starting, or between two states: asked again
    return False


def _configure(client: MongoClient[Document], address: str) -> None:
    """Make the replica set, or tell it by force that its only member has moved to another port."""
    members = [{"_id": 0, "host": address}]
    try:
        client.admin.command("replSetGetStatus")
    except OperationFailure as error:
        if error.code == NOT_INITIALIZED:
            fresh = {"_id": REPLICA_SET, "version": 1, "members": members, "settings": FAST_ELECTIONS}
            client.admin.command("replSetInitiate", fresh)
            return
        kept = client.local["system.replset"].find_one()
        if kept is not None and kept["members"][0]["host"] != address:
            client.admin.command("replSetReconfig", {**kept, "members": members}, force=True)


def _reason(code: int, folder: Path) -> str:
    errors = (folder / "mongod.err").read_text(errors="replace").strip()
    if "libcurl" in errors:
        return "mongod needs libcurl: install it (Debian, Ubuntu: `apt install libcurl4`), or set MONGODB_URL"
    if "error while loading shared libraries" in errors:
        return f"mongod cannot start: {errors.splitlines()[-1]}; install that library, or set MONGODB_URL"
    if shutil.disk_usage(folder).free < LEAST_ROOM:
        return f"the disk of the embedded MongoDB is full: free some space for {folder}"
    return f"mongod ended at its start with code {code}: see {folder / 'mongod.log'}"
