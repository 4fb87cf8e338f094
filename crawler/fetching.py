"""Starts the part of a run that talks to the internet: a forked process that holds no credentials."""

import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from crawler.confinement import die_with_parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """A running fetch: `lines` gives its standard output until it ends, `wait` its exit code, negative for a signal."""

    lines: IO[bytes]
    wait: Callable[[], int]


def start(program: Callable[[], int]) -> Fetching:
    """Fork `program`. To be called in the main thread, before there is another one or any credential in memory."""
    read_end, write_end = os.pipe()
    parent = os.getpid()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        _run(program, write_end, parent)
    os.close(write_end)
    return Fetching(lines=os.fdopen(read_end, "rb"), wait=partial(_exit_code, pid))


def execute(job: bytes, *, folder: Path, lock: int) -> Fetching:
    """Start `python -m crawler.fetch` with an environment that holds nothing of ours; it inherits `lock`."""
    environment = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler.fetch", job.decode()],
        env=environment,
        pass_fds=[lock],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509 - there is no other thread yet
    )
    if process.stdout is None:
        raise RuntimeError("a piped process has a standard output")
    return Fetching(lines=process.stdout, wait=process.wait)


def _exit_code(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _run(program: Callable[[], int], output: int, parent: int) -> None:
    code = 1
    try:
        die_with_parent(parent)
        os.dup2(output, 1)
        os.close(output)
        code = program()
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - nothing of the forked parent may run on in the child
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
