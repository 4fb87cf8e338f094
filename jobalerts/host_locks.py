"""One run of a lock key on this host: a flock the run inherits, held until the last process that has it is gone.

A lease alone does not give that: after a kill -9 of the worker its run would live on while another worker takes over.
"""

import fcntl
import hashlib
import os
import re
import threading
import time
from pathlib import Path

PAUSE_S = 0.2


def acquire(folder: Path, lock_key: str, *, patience: float, stop: threading.Event) -> int | None:
    """The descriptor of the held lock, to be closed by the caller; None when others hold it for `patience` seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / file_name(lock_key), os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline or stop.wait(PAUSE_S):
                os.close(descriptor)
                return None
        else:
            return descriptor


def file_name(lock_key: str) -> str:
    """A name that is the key's own and can still be read."""
    readable = re.sub(r"[^A-Za-z0-9.-]+", "_", lock_key)[:80]
    return f"{readable}-{hashlib.sha256(lock_key.encode()).hexdigest()[:16]}.lock"
