"""Seconds from `jobalerts up` to the first page and the first mail, on an empty folder; memory of it all when idle."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

LONGEST_WAIT_S = 180.0
SETTLED_S = 30.0  # after the first mail everything has been crawled, and nothing more is due for hours
MIB = 2**20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder) / "var", free_port()
        environment = {**os.environ, "JOBALERTS_HOME": str(home), "PORT": str(port)}
        for turn in ("first start", "second start"):
            began = time.monotonic()
            up = subprocess.Popen([sys.executable, "-m", "jobalerts", "up"], env=environment, stdout=subprocess.DEVNULL)
            try:
                print(f"{turn}: first page after {waited(lambda: answers(port), began):.1f} s")
                if turn == "first start":
                    print(f"{turn}: first mail after {waited(lambda: mails(home), began):.1f} s")
                    time.sleep(SETTLED_S)
                    report_memory(up.pid)
            finally:
                began = time.monotonic()
                up.send_signal(signal.SIGTERM)
                up.wait()
                print(f"{turn}: stopped after {time.monotonic() - began:.1f} s")


def waited(condition: Callable[[], bool], began: float) -> float:
    while not condition():
        if time.monotonic() - began > LONGEST_WAIT_S:
            raise SystemExit("it took too long")
        time.sleep(0.05)
    return time.monotonic() - began


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def mails(home: Path) -> bool:
    return any((home / "outbox" / "new").glob("*"))


def report_memory(pid: int) -> None:
    """Memory by process; PSS counts shared pages once (Linux), elsewhere RSS counts them in each."""
    total = 0
    for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        used = memory(process)
        total += used
        print(f"  {used / MIB:6.0f} MiB  {' '.join(process.cmdline()[1:4])[-60:]}")
    print(f"  {total / MIB:6.0f} MiB  in all, idle")


def memory(process: psutil.Process) -> int:
    found = process.memory_full_info()
    return int(getattr(found, "pss", 0) or found.rss)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
