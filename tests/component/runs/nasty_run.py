"""`python -m tests.component.runs.nasty_run FOLDER LIMIT BEAT [BROWSER]`: a run whose program does all it can to stay.

With a browser's path the program is that browser, and the order, from which the time limit counts, comes once it is up.
"""

import os
import signal
import subprocess
import sys
import threading
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


def browsing(path: str, folder: Path) -> int:
    """A browser below a shell that is gone, so that it is nobody's child but the run's."""
    options = "--headless=new --no-sandbox --disable-gpu --no-first-run --remote-debugging-port=0"
    command = f"setsid {path} {options} --user-data-dir={folder}/profile about:blank >{folder}/said 2>&1 & exit 0"
    subprocess.run(["sh", "-c", command], check=True)
    time.sleep(FOREVER_S)
    return 0


def main(folder: str, limit: str, beat: str, browser: str = "") -> int:
    order_read, order_write = os.pipe()
    order = RunOrder(
        board="lever/nasty",
        epoch=1,
        mongodb_url="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=60000",
        mongodb_database="nasty",
        time_limit=float(limit),
    )
    is_up = Path(folder) / "profile" / "DevToolsActivePort"

    def give_order() -> None:
        while browser and not is_up.exists():
            time.sleep(0.05)
        os.write(order_write, to_bytes(order))
        os.close(order_write)

    if not browser:
        give_order()
    else:
        threading.Thread(target=give_order).start()

    def program() -> int:
        if not browser:
            return nasty(Path(folder))
        os.close(order_write)  # else the order has no end
        return browsing(browser, Path(folder))

    return run(b"{}", Pipes(order=order_read, beat=int(beat), result=1), program=program)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
