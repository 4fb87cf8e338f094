"""The home folder: one `up` at a time owns it, and what a dead one left behind is ended."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jobalerts.embedded import records
from jobalerts.embedded.addresses import MONGOD
from jobalerts.errors import ConfigError

RECLAIM_PATIENCE_S = 5.0


@contextmanager
def owned(home: Path) -> Iterator[None]:
    """Hold the folder while the block runs; a ConfigError when it cannot be written or another `up` holds it.

    The lock is the kernel's (flock), so it ends with its process however that ends.
    """
    try:
        for name in ("run", "logs"):
            (home / name).mkdir(parents=True, exist_ok=True)
        lock = (home / "run" / "up.lock").open("a+")
    except OSError as error:
        raise ConfigError(
            f"JOBALERTS_HOME: cannot write {home}: {error.strerror}; choose a folder you may write: JOBALERTS_HOME=…"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise ConfigError(
                f"it already runs on {home} (process {lock.read().strip()}): stop it first, "
                "or choose another folder: JOBALERTS_HOME=…"
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def reclaim(home: Path) -> list[str]:
    """End what an `up` that was killed left running, the databases last, and return the names; for the owner only."""
    found = [record for record in records.every(home) if record.pid != os.getpid()]
    databases = [record for record in found if record.name == MONGOD]
    ended: list[records.Record] = []
    for group in ([record for record in found if record.name != MONGOD], databases):
        ended += records.stop_trees(group, patience=RECLAIM_PATIENCE_S)
    for record in records.every(home):
        records.remove(home, record.name)
    return [record.name for record in ended]
