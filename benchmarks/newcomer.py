"""A newcomer's first minute: seconds from `jobalerts up` to the first page and the first mail; memory when idle."""

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
import urllib3

LIMIT_S = 120
IDLE_AFTER_S = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder) / "var", _free_port()
        environment = os.environ | {"JOBALERTS_HOME": str(home), "PORT": str(port)}
        began = time.perf_counter()
        up = subprocess.Popen(
            [sys.executable, "-m", "jobalerts", "up"], env=environment, cwd=folder, stdout=subprocess.DEVNULL
        )
        try:
            page = _seconds_until(lambda: _answers(f"http://127.0.0.1:{port}/"), began)
            mail = _seconds_until(lambda: any((home / "outbox" / "new").glob("*")), began)
            time.sleep(IDLE_AFTER_S)
            memory = _memory(up.pid)
        finally:
            up.send_signal(signal.SIGINT)
            up.wait(30)
    print(f"from `jobalerts up` to the first page  {page:6.1f} s")
    print(f"from `jobalerts up` to the first mail  {mail:6.1f} s")
    print(f"memory of everything, idle             {sum(memory.values()):6.0f} MiB (PSS: shared pages counted once)")
    for name, mebibytes in sorted(memory.items(), key=lambda item: -item[1]):
        print(f"  {name:<36} {mebibytes:6.0f} MiB")


def _seconds_until(condition: Callable[[], bool], began: float) -> float:
    while not condition():
        if time.perf_counter() - began > LIMIT_S:
            raise SystemExit(f"nothing within {LIMIT_S} s")
        time.sleep(0.05)
    return time.perf_counter() - began


def _answers(url: str) -> bool:
    try:
        return urllib3.request("GET", url, retries=False, timeout=2).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def _memory(pid: int) -> dict[str, float]:
    """MiB by program; PSS where the kernel tells it, else RSS."""
    found: dict[str, float] = {}
    for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        words = process.cmdline()
        name = " ".join(Path(word).name for word in words[1:4] if not word.startswith("-")) or process.name()
        memory = process.memory_full_info() if sys.platform == "linux" else process.memory_info()
        found[name] = found.get(name, 0) + getattr(memory, "pss", memory.rss) / 2**20
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
