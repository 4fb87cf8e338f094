"""Claiming what is due stays flat: a batch of due schedules made into tasks among 10 thousand, 1 million, 10 million.

On SQLite and, where it is installed, on PostgreSQL. `python -m benchmarks.claims [SIZE ...]`; without sizes 10,000 and
1,000,000, and with BENCH_LARGEST=1 also 10,000,000, which takes minutes to fill.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from jobalerts.sql import schedules, schema
from jobalerts.sql.engine import open_engine, write
from scheduler.dispatch import BATCH, Slots
from tests import servers

SIZES = (10_000, 1_000_000)
LARGEST = 10_000_000
BATCHES = 12
WANTED_RATIO = 2.0
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)",
    "postgresql": "WITH numbers AS (SELECT generate_series(1, :rows) AS n)",
}
FILL = """
INSERT INTO schedules (id, kind, cron, timezone, args, priority, next_due_at, created_at)
{numbers} SELECT 'schedule ' || n, 'crawl', (n % 60) || ' */6 * * *', 'UTC', '{{}}', 5,
    CASE WHEN n % :every = 0 THEN {now} ELSE {later} END, {now} FROM numbers"""


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [*SIZES, *([LARGEST] if os.environ.get("BENCH_LARGEST") else [])]
    print(f"a batch of {BATCH} due schedules made into tasks, the best of {BATCHES} batches")
    _compare("sqlite", sizes)
    try:
        _compare("postgresql", sizes)
    except pytest.skip.Exception as missing:
        print(missing.msg)


def _compare(name: str, sizes: list[int]) -> None:
    took = {size: _on(name, size) for size in sizes}
    for size, milliseconds in took.items():
        print(f"  {name:<11} {size:>11,} schedules  {milliseconds:7.1f} ms")
    print(f"  {name:<11} ratio {max(took.values()) / took[sizes[0]]:.2f} (to be at most {WANTED_RATIO:.0f})")


def _on(name: str, size: int) -> float:
    if name == "postgresql":
        with servers.postgresql("fsync=on") as url:
            return _measure(open_engine(url.replace("postgresql://", "postgresql+psycopg://")), size)
    with tempfile.TemporaryDirectory() as folder:
        return _measure(open_engine(f"sqlite:///{Path(folder) / 'schedules.db'}"), size)


def _measure(engine: Engine, size: int) -> float:
    schema.migrate(engine)
    _fill(engine, size)
    took = []
    for _ in range(BATCHES):
        slots = Slots(NOW)
        began = time.perf_counter()
        with write(engine) as connection:
            claimed = schedules.claim_due(connection, NOW, BATCH)
            schedules.dispatch(connection, [slots.due(schedule) for schedule in claimed], NOW)
        took.append((time.perf_counter() - began) * 1000)
        if len(claimed) != BATCH:
            raise SystemExit(f"only {len(claimed)} of {size:,} schedules were due")
    engine.dispose()
    return min(took)


def _fill(engine: Engine, size: int) -> None:
    """As many due ones whatever the size, spread over the table; the others are due in six hours."""
    dialect = engine.dialect.name
    moments = {"now": NOW, "later": NOW + timedelta(hours=6)}
    words = {name: f"'{moment:%Y-%m-%d %H:%M:%S.%f}{'' if dialect == 'sqlite' else '+00'}'"
             + ("" if dialect == "sqlite" else "::timestamptz") for name, moment in moments.items()}  # fmt: skip
    with write(engine) as connection:
        every = size // (BATCH * BATCHES)
        connection.execute(text(FILL.format(numbers=NUMBERS[dialect], **words)), {"rows": size, "every": every})
    if dialect == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE schedules"))


if __name__ == "__main__":
    main()
