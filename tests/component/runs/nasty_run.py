"""`python -m tests.component.runs.nasty_run FOLDER LIMIT BEAT`: a run whose program does all it can to stay."""

import os
import signal
import sys
import time
from pathlib import Path

from crawler.run import Pipes, run
from jobalerts.runs import RunOrder, to_bytes

FOREVER_S = 120


def nasty(folder: Path) -> int:
    """Ignores SIGTERM, forks children that do the same, and one that leaves its session and its parent."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for number in range(3):
        if os.fork() == 0:
            if number == 0:
                os.setsid()
                if os.fork():
                    os._exit(0)
            _stay(folder)
    _stay(folder)
    return 0


def _stay(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(FOREVER_S)
    os._exit(0)


def main(folder: str, limit: str, beat: str) -> int:
    order_read, order_write = os.pipe()
    order = RunOrder(
        board="lever/nasty",
        epoch=1,
        mongodb_url="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=60000",
        mongodb_database="nasty",
        time_limit=float(limit),
    )
    os.write(order_write, to_bytes(order))
    os.close(order_write)
    return run(b"{}", Pipes(order=order_read, beat=int(beat), result=1), program=lambda: nasty(Path(folder)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
