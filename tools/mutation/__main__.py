"""`make mutation`: puts one mistake after the other into the modules that lease tasks, and counts those no test sees.

Each mutant lives in a fork of this process, in memory alone, and is shown to the tests, on SQLite and PostgreSQL. One
that no test can see, because it changes nothing, is listed in equivalent.txt with the reason. Exits with 1 below 85 %.
"""

import argparse
import importlib.abc
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType

# Whatever the tests need but the mutated modules: loaded once, before any fork.
import alembic.command
import hypothesis.stateful
import pika
import psycopg
import pymongo
import pytest
import sqlalchemy.dialects.sqlite
import structlog

from tests import servers
from tools.mutation.mutants import Mutant, mutants

LOADED = (alembic, hypothesis, pika, psycopg, pymongo, sqlalchemy, structlog)
ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
WANTED = 0.85
PATIENCE = 5.0  # times as long as without a mistake: then it hangs
SCHEDULER = "tests/component/scheduler"
PURE = ["tests/unit/domain/test_task_states.py", "tests/unit/domain/test_retry.py", "tests/unit/domain/test_turns.py"]
STORED = [
    f"{SCHEDULER}/test_leases.py",
    f"{SCHEDULER}/test_endings.py",
    f"{SCHEDULER}/test_watch.py",
    f"{SCHEDULER}/test_relay_and_sweepers.py",
    f"{SCHEDULER}/test_network.py",
    f"{SCHEDULER}/test_poison.py",
    f"{SCHEDULER}/test_lease_machine.py",
]
LINE = ("next_in_line", "leases", "priorities", "running_alone", "claims_together", "plans_of_claims")
IN_LINE = [f"{SCHEDULER}/test_{name}.py" for name in LINE]
TARGETS = {
    "jobalerts/domain/task_states.py": PURE,
    "jobalerts/domain/retry.py": PURE,
    "jobalerts/domain/turns.py": PURE,
    "jobalerts/sql/leases.py": STORED,
    "jobalerts/sql/endings.py": STORED,
    "jobalerts/sql/next_in_line.py": IN_LINE,
}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Of one module; `equivalent` ones are not counted."""

    patience_s: float
    killed: int = 0
    hanging: int = 0
    equivalent: int = 0
    survived: list[Mutant]

    @property
    def score(self) -> float:
        seen = self.killed + self.hanging
        return seen / (seen + len(self.survived) or 1)


class InPlaceOf(importlib.abc.MetaPathFinder, SourceFileLoader):
    """Imports one module from the tree it is given."""

    def __init__(self, path: str, mutant: Mutant) -> None:
        self._module = path.removesuffix(".py").replace("/", ".")
        self._tree = mutant.tree
        super().__init__(self._module, str(ROOT / path))

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", default=list(TARGETS), help="of these only")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    os.chdir(ROOT)
    known = reasons()
    is_good = True
    for path in given.modules:
        with servers.postgresql() as url:
            os.environ["TEST_DATABASE_URL"] = url
            tally = measure(path, known, given.jobs)
        is_good = is_good and tally.score >= WANTED
        counts = f"{tally.killed} killed, {tally.hanging} hang, {len(tally.survived)} survived"
        counts += f", {tally.equivalent} change nothing"
        print(f"{path}: {counts}, score {tally.score:.1%}", flush=True)
        for mutant in tally.survived:
            print(f"  survived {path}:{mutant.line}: {mutant.name}", flush=True)
    return 0 if is_good else 1


def reasons() -> set[str]:
    """Mutants that change nothing, a line each; one that begins with # is the reason for those below it."""
    lines = EQUIVALENT.read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def measure(path: str, known: set[str], jobs: int) -> Tally:
    tests = TARGETS[path]
    began = time.monotonic()
    is_sound = run(path, None, tests) == 0
    tally = Tally(survived=[], patience_s=10 + PATIENCE * (time.monotonic() - began))
    if not is_sound:
        sys.exit(f"{path}: its tests fail without any mistake")
    running: dict[int, tuple[Mutant, float]] = {}
    for mutant in mutants((ROOT / path).read_text()):
        if f"{path}: {mutant.name}" in known:
            tally.equivalent += 1
            continue
        while len(running) >= jobs:
            reap(running, tally)
        running[start(path, mutant, tests)] = (mutant, time.monotonic())
    while running:
        reap(running, tally)
    return tally


def run(path: str, mutant: Mutant | None, tests: Sequence[str]) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(start(path, mutant, tests), 0)[1])


def start(path: str, mutant: Mutant | None, tests: Sequence[str]) -> int:
    """Fork a process that shows the mutant to the tests, and ends with 0 if they see nothing."""
    pid = os.fork()
    if pid:
        return pid
    os.setpgid(0, 0)
    with open(os.devnull, "r+b", buffering=0) as nowhere:
        for descriptor in range(3):
            os.dup2(nowhere.fileno(), descriptor)
    if mutant is not None:
        sys.meta_path.insert(0, InPlaceOf(path, mutant))
    options = [
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-k",
        "not rabbitmq",
        "--assert=plain",
    ]
    os._exit(int(pytest.main([*options, *tests])))


def reap(running: dict[int, tuple[Mutant, float]], tally: Tally) -> None:
    """Wait for one to end; who takes too long hangs in a loop, which a test would have seen."""
    for pid, (mutant, began) in list(running.items()):
        ended, status = os.waitpid(pid, os.WNOHANG)
        hangs = not ended and time.monotonic() - began > tally.patience_s
        if hangs:
            os.killpg(pid, signal.SIGKILL)
            ended, status = os.waitpid(pid, 0)
        if ended:
            del running[pid]
            if hangs:
                tally.hanging += 1
            elif os.waitstatus_to_exitcode(status) == 0:
                tally.survived.append(mutant)
            else:
                tally.killed += 1
            return
    time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
