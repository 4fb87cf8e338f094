"""Which processes are still there."""

import contextlib

import psutil


def living(processes: list[psutil.Process]) -> list[str]:
    """Those that still do something, each as a line; a dead one waiting to be reaped does nothing."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(f"{process.pid} {process.status()} {process.cmdline()[1:4]}")
    return found
