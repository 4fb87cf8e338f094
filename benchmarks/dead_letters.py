"""A page of the dead letters among 1,000,000: milliseconds, on SQLite and, where it is installed, on PostgreSQL.

`python -m benchmarks.dead_letters [ROWS]`: half of them tasks with their output, half messages. Nearly all share one
reason and one board: the worst a filter can meet.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from jobalerts.sql import dead_letters, schema
from jobalerts.sql.dead_letters import ANY, Position, Wanted
from jobalerts.sql.engine import open_engine, read, write
from tests import servers

ROWS = 1_000_000
TARGET_MS = 50.0
REPEATS = 20
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
OUTPUT = "GET https://boards-api.greenhouse.io/v1/boards/acme/jobs 403\n" * 40  # two KiB
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)",
    "postgresql": "WITH numbers AS (SELECT generate_series(1, :rows) AS n)",
}
MOMENT = {
    "sqlite": f"strftime('%Y-%m-%d %H:%M:%S.000000', {int(FIRST.timestamp())} + n, 'unixepoch')",
    "postgresql": f"to_timestamp({int(FIRST.timestamp())} + n)",
}
TASK_ID = {
    "sqlite": "printf('%08x', n) || '-0000-7000-8000-000000000000'",
    "postgresql": "lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000'",
}
REASON = "CASE WHEN n % 1000 = 0 THEN 'rare' ELSE 'blocked' END"
BOARD = "CASE WHEN n % 1000 = 1 THEN 'lever/rare' ELSE 'lever/acme' END"
TASKS = """
INSERT INTO tasks (task_id, kind, board, args, lane, lock_key, status, outcome, is_retry, priority, attempt,
    max_attempts, lost_workers, message, epoch, waiting_since, woken_at, created_at, given_up_at, version)
{numbers} SELECT {task_id}, 'crawl', {board}, '{{}}', 'oneoff', {task_id}, 'dead', {reason}, {yes}, 5, 4,
    4, 0, 'the board answers 403', 4, {moment}, {moment}, {moment}, {moment}, 1 FROM numbers"""
ATTEMPTS = """
INSERT INTO attempts (task_id, epoch, number, worker, started_at, ended_at, outcome, message, output_tail)
{numbers} SELECT {task_id}, 4, 4, 'w', {moment}, {moment}, 'blocked', '', :output FROM numbers"""
MESSAGES = """
INSERT INTO dead_letters (queue, body, reason, cause, board, created_at)
{numbers} SELECT 'mail.send', '{{"v": 1}}', 'no such mail', {reason}, {board}, {moment} FROM numbers"""


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    slowest = []
    with tempfile.TemporaryDirectory() as folder:
        slowest.append(_measure(open_engine(f"sqlite:///{Path(folder) / 'letters.db'}"), rows))
    try:
        with servers.postgresql() as url:
            slowest.append(_measure(open_engine(url.replace("postgresql://", "postgresql+psycopg://")), rows))
    except pytest.skip.Exception as missing:
        print(missing.msg)
    print(f"slowest median {max(slowest):.1f} ms, to be at most {TARGET_MS:.0f} ms")


def _measure(engine: Engine, rows: int) -> float:
    """Print each question's time; return the slowest median."""
    schema.migrate(engine)
    _fill(engine, rows // 2)
    middle = Position(moment=FIRST + timedelta(seconds=rows // 4), kind="message", id=rows // 4)
    questions = {
        "the first page": (ANY, None),
        "a page from the middle": (ANY, middle),
        "one reason": (Wanted(reason="rare"), None),
        "one reason, from the middle": (Wanted(reason="blocked"), middle),
        "one board": (Wanted(board="lever/rare"), None),
        "a reason of a board": (Wanted(board="lever/acme", reason="rare"), middle),
        "what there is none of": (Wanted(board="lever/rare", reason="rare"), None),
    }
    print(f"{engine.dialect.name}, {rows:,} dead letters, pages of 50")
    found = {name: _median_ms(engine, wanted, after) for name, (wanted, after) in questions.items()}
    for name, milliseconds in found.items():
        print(f"  {name:<28} {milliseconds:6.1f} ms")
    engine.dispose()
    return max(found.values())


def _fill(engine: Engine, rows: int) -> None:
    dialect = engine.dialect.name
    words = {
        "numbers": NUMBERS[dialect],
        "moment": MOMENT[dialect],
        "task_id": TASK_ID[dialect],
        "board": BOARD,
        "reason": REASON,
        "yes": "true" if dialect == "postgresql" else "1",
    }
    with write(engine) as connection:
        for statement in (TASKS, ATTEMPTS, MESSAGES):
            values = {"rows": rows} | ({"output": OUTPUT} if ":output" in statement else {})
            connection.execute(text(statement.format(**words)), values)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if dialect == "postgresql":
            connection.execute(text("VACUUM ANALYZE"))


def _median_ms(engine: Engine, wanted: Wanted, after: Position | None) -> float:
    took = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        with read(engine) as connection:
            dead_letters.page(connection, wanted, after=after)
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)[REPEATS // 2]


if __name__ == "__main__":
    main()
