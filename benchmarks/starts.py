"""No-op tasks through one worker process: ours beside Celery (RabbitMQ) and procrastinate (PostgreSQL).

All tasks wait before the worker starts; what is counted is starts a second, from the first to the last, as the tasks
themselves note them in a file. Every worker is one process with the same number of slots and the servers of its own:
RabbitMQ with a quorum queue, PostgreSQL that syncs its commits. With more slots ours claims and ends more at once;
the others go one by one whatever they have.

  ours           every task is claimed with a lease and a fence, its try and its end are rows, nothing is lost when the
                 worker is killed
  Celery         threads; a task is acknowledged after it has run, so that nothing is lost either, but no row says so
  Celery, as it  acknowledged before it runs: what a killed worker held is lost
  comes
  procrastinate  asyncio; every task is a row that is fetched and finished one at a time

`python -m benchmarks.starts [TASKS]`
"""

import os
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import func, select

from benchmarks.dispatch import NOW, fill, make_due
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine, read
from jobalerts.sql.tables import attempts, tasks
from scheduler.dispatch import dispatch_due
from scheduler.relay import publish_waiting
from tests import servers

COUNT, ROUNDS = 6_000, 3
SLOTS = (20, 50)
PATIENCE_S = 180
MOMENT = struct.Struct("d")
PROCRASTINATE_SHARE = 8  # it gets a part of the tasks, or we wait for it


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    try:
        with tempfile.TemporaryDirectory() as folder, servers.postgresql("fsync=on") as sql, servers.rabbitmq() as bus:
            _prepare(sql, count)
            for slots in SLOTS:
                _show(_measure(Path(folder), sql, bus.url, count, slots=slots), slots)
    except pytest.skip.Exception as missing:
        print(missing.msg)


def _show(found: dict[str, list[float]], slots: int) -> None:
    print(f"no-op tasks started by one worker process with {slots} slots, medians of {ROUNDS} rounds")
    for name, rates in found.items():
        print(f"  {name:<36} {median(rates):>7,.0f} /s")
    ours_, *others = found.values()
    ratio = median(mine / max(theirs) for mine, *theirs in zip(ours_, *others, strict=True))
    print(f"  {'ours beside the best of the others':<36} {ratio:>7.2f}     (to be at least 1)")


def _measure(folder: Path, sql: str, bus: str, count: int, *, slots: int) -> dict[str, list[float]]:
    share = count // PROCRASTINATE_SHARE
    ways: dict[str, Callable[[Path, str], None]] = {
        "ours: claimed, leased, ended": lambda path, _name: ours(path, sql, bus, count, slots=slots),
        "Celery, acknowledged afterwards": lambda path, name: celery(path, bus, f"late{name}", count, slots=slots),
        "Celery as it comes": lambda path, name: celery(path, bus, f"early{name}", count, slots=slots),
        "procrastinate": lambda path, _name: procrastinate(path, sql, share, slots=slots),
    }
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS):
        for name, way in ways.items():
            path = folder / f"{slots}-{number}-{name.split(':')[0]}"
            way(path, f"{slots}-{number}")
            moments = sorted(moment for (moment,) in MOMENT.iter_unpack(path.read_bytes()))
            found[name].append((len(moments) - 1) / (moments[-1] - moments[0]))
    return found


def _prepare(sql: str, count: int) -> None:
    engine = open_engine(_driver(sql))
    schema.migrate(engine)
    fill(engine, count)
    engine.dispose()


def ours(path: Path, sql: str, bus: str, count: int, *, slots: int) -> None:
    """The scheduler makes the tasks and their wake-ups; the worker is the program's, with an empty run."""
    engine = open_engine(_driver(sql))
    make_due(engine, count)
    broker = RabbitBroker(bus, prefix=f"{path.name}.")
    dispatch_due(engine, NOW)
    while publish_waiting(engine, broker):
        pass
    broker.close()
    _run(path, count, [sys.executable, "-m", "benchmarks.starts_ours", _driver(sql), bus, f"{path.name}.", str(slots)])
    with read(engine) as connection:
        ended = connection.execute(select(func.count()).where(tasks.c.status == "success")).scalar_one()
        tries = connection.execute(select(func.count()).where(attempts.c.outcome == "success")).scalar_one()
    engine.dispose()
    if (ended, tries) != (count, count):
        raise SystemExit(f"of {count:,} tasks {ended:,} ended well, with {tries:,} tries")


def celery(path: Path, bus: str, queue: str, count: int, *, slots: int) -> None:
    settings = {"BENCH_BROKER": bus, "BENCH_QUEUE": queue, "BENCH_LATE": "1" if queue.startswith("late") else ""}
    program = "benchmarks.starts_celery"
    _check([sys.executable, "-m", program, str(count)], settings)
    words = ["worker", "-P", "threads", "-c", str(slots), "-Q", queue, "-l", "WARNING"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    _run(path, count, [sys.executable, "-m", "celery", "-q", "-A", program, *words, *quiet], settings)


def procrastinate(path: Path, sql: str, count: int, *, slots: int) -> None:
    program = [sys.executable, "-m", "benchmarks.starts_procrastinate"]
    _check([*program, "fill", str(count)], {"BENCH_SQL": sql})
    _run(path, count, [*program, "work", str(slots)], {"BENCH_SQL": sql})


def _check(command: list[str], settings: dict[str, str]) -> None:
    subprocess.run(command, env=os.environ | settings | {"BENCH_STARTS": os.devnull}, check=True)


def _run(path: Path, count: int, command: list[str], settings: dict[str, str] | None = None) -> None:
    """Run a worker until the tasks have noted so many starts, and a moment longer for their ends."""
    environment = os.environ | (settings or {}) | {"BENCH_STARTS": str(path)}
    path.touch()
    worker = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE_S
    while path.stat().st_size < count * MOMENT.size:
        if worker.poll() is not None or time.monotonic() > deadline:
            worker.kill()
            raise SystemExit(f"{' '.join(command[1:4])}: {path.stat().st_size // MOMENT.size:,} of {count:,} started")
        time.sleep(0.1)
    time.sleep(1)
    worker.terminate()
    worker.wait()


def _driver(sql: str) -> str:
    return sql.replace("postgresql://", "postgresql+psycopg://")


if __name__ == "__main__":
    main()
