"""Disks of their own for tests, small enough to be filled."""

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import servers


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """The folder, on a disk of its own; `size` as mount(8) takes it: 256k, 1m."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        servers.missing(f"a small disk: only root may mount one: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def kept_full(folder: Path) -> Iterator[None]:
    """Whatever a program gives back there is taken at once, until the block ends."""
    over = threading.Event()
    filler = fill(folder)

    def take() -> None:
        with filler.open("ab", buffering=0) as file:
            while not over.wait(0.005):
                with contextlib.suppress(OSError):
                    while file.write(bytes(4096)):
                        pass

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        filler.unlink()


def fill(folder: Path) -> Path:
    """Write a file there until the disk is full; its removal makes room again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return filler
    raise AssertionError("a disk that is never full")
