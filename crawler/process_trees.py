"""Ends process trees whatever is in them: children that ignore SIGTERM, fork, or leave their session."""

import contextlib
import time

import psutil

PATIENCE_S = 5.0
PAUSE_S = 0.01


def end_descendants(root: int, *, spare: frozenset[int] = frozenset()) -> bool:
    """Kill everything below `root`, except the trees of `spare`; return whether all of it is gone within 5 s.

    All are stopped before the first is killed: a program that forks faster than it is killed cannot run away.
    """
    deadline = time.monotonic() + PATIENCE_S
    while _signal_all(root, spare):
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE_S)
    return True


def end_tree(root: int) -> None:
    """Kill `root` and everything below it."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(root)
        process.suspend()
        end_descendants(root)
        process.kill()


def _signal_all(root: int, spare: frozenset[int]) -> int:
    """Freeze what lives until nothing new appears, then kill it; return how many lived."""
    frozen: dict[int, psutil.Process] = {}
    while fresh := [process for process in _living(root, spare) if process.pid not in frozen]:
        for process in fresh:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.suspend()
            frozen[process.pid] = process
    for process in frozen.values():
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    return len(frozen)


def _living(root: int, spare: frozenset[int]) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        children = [child for child in psutil.Process(root).children() if child.pid not in spare]
        everyone = children + [below for child in children for below in _below(child)]
        return [process for process in everyone if _lives(process)]
    return []


def _below(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.children(recursive=True)
    return []


def _lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
