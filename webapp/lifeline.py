"""A process of the site ends with the one that started it: else it would keep the port from whoever comes next."""

import multiprocessing
import os
import signal
import threading
import time

LOOK_S = 0.25
GRACE_S = 5.0


def end_with_parent() -> None:
    """Watch over the parent from now on; nothing where somebody else's server has started this process."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        threading.Thread(target=_watch, args=(parent.pid,), name="lifeline", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_S)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    os.kill(os.getpid(), signal.SIGKILL)
