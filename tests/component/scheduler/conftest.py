"""Schedulers and workers as real processes, on SQLite with the embedded queue and on PostgreSQL with RabbitMQ."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import Engine

from jobalerts.sql import boards, schedules, schema
from jobalerts.sql.engine import open_engine, read, write
from jobalerts.sql.tables import attempts, tasks
from tests.component.scheduler.boards_on_loopback import Boards

STARTED_WITHIN_S = 120


@dataclass(slots=True, kw_only=True)
class Plant:
    """What the processes share, and the processes."""

    home: Path
    environment: dict[str, str]
    engine: Engine
    boards: Boards
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, program: str, **settings: str) -> psutil.Process:
        """Start it and wait for its line."""
        log_path = self.home / f"{program}-{len(self.processes)}.log"
        with log_path.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "jobalerts", program],
                env=self.environment | settings, cwd=self.home, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        self.wait_for(lambda: "ready" in log_path.read_text(), STARTED_WITHIN_S, f"{program} is ready")
        return psutil.Process(process.pid)

    def add_board(self, name: str) -> str:
        with write(self.engine) as connection:
            boards.put_company(connection, name)
            board = boards.put(
                connection, source="greenhouse", token=name, company=name, base_url=self.boards.url,
                every_hours=6, now=datetime.now(UTC),
            )  # fmt: skip
        return board.id

    def make_due(self, *names: str) -> None:
        with write(self.engine) as connection:
            for name in names:
                schedules.set_due(connection, name, datetime.now(UTC))

    def crawl(self, board: str) -> str:
        with write(self.engine) as connection:
            return boards.crawl_now(connection, board, datetime.now(UTC)).task_id

    def tasks(self, **where: Any) -> list[Any]:
        query = tasks.select().order_by(tasks.c.task_id).filter_by(**where)
        with read(self.engine) as connection:
            return list(connection.execute(query).all())

    def attempts(self, task_id: str) -> list[Any]:
        query = attempts.select().where(attempts.c.task_id == task_id).order_by(attempts.c.epoch)
        with read(self.engine) as connection:
            return list(connection.execute(query).all())

    def wait_for(self, condition: Callable[[], Any], within_s: float, what: str) -> Any:
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if value := condition():
                return value
            time.sleep(0.05)
        logs = "\n".join(f"--- {path.name}\n{path.read_text()[-2500:]}" for path in sorted(self.home.glob("*.log")))
        raise AssertionError(f"not within {within_s} s: {what}\n{[tuple(row) for row in self.tasks()]}\n{logs}")

    def wait_for_status(self, task_id: str, status: str, within_s: float) -> Any:
        [row] = self.wait_for(lambda: self.tasks(task_id=task_id, status=status), within_s, f"{task_id} is {status}")
        return row

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(params=["embedded", "postgresql-rabbitmq"])
def plant(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    mongodb_url: str,
    mongodb_database: str,
    loopback_boards: Boards,
) -> Iterator[Plant]:
    """Takes its databases fresh; nothing runs yet."""
    (tmp_path / "companies.yaml").write_text("companies: []\n")
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "JOBALERTS_HOME": str(tmp_path),
        "MONGODB_URL": mongodb_url,
        "MONGODB_DATABASE": mongodb_database,
        "SMTP_URL": "smtp://127.0.0.1:1",
        "PORT": "1",
        "COMPANIES_FILE": str(tmp_path / "companies.yaml"),
    }
    url = f"sqlite:///{tmp_path / 'jobalerts.db'}"
    if request.param != "embedded":
        url = request.getfixturevalue("postgres_url")
        environment |= {"DATABASE_URL": url, "BROKER_URL": request.getfixturevalue("rabbitmq_url")}
    engine = open_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    schema.migrate(engine)
    plant = Plant(home=tmp_path, environment=environment, engine=engine, boards=loopback_boards)
    yield plant
    plant.end()
    engine.dispose()
