"""Starts the part of a run that talks to the internet: a forked process that holds no credentials."""

import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from crawler.confinement import die_with_parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """A running fetch: `lines` gives its standard output until it ends."""

    pid: int
    lines: BinaryIO

    def wait(self) -> int:
        """Its exit code once it has ended, negative for a signal."""
        self.lines.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


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
    return Fetching(pid=pid, lines=os.fdopen(read_end, "rb"))


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
