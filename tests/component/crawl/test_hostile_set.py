"""Every hostile board, crawled by a real run into a real MongoDB: its name, its limits, and nobody else harmed.

HOSTILE_LIMITS=default (`make hostile`) crawls under the limits of production and prints what each board took; without
it time-outs are short.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobalerts.mongo.boards import CrawlRecord
from jobalerts.mongo.store import PostingStore
from jobalerts.runs import RunOrder, RunResult
from scheduler.launching import Launcher, Run
from scheduler.supervision import Output, supervise
from tests.component.conftest import LaunchLocked
from tests.component.crawl.conftest import HostileBoard, body
from tests.component.crawl.hostile_set import FIXTURES, SET, Hostile
from tests.component.crawl.measuring import Peak
from tests.contract.board_crawls import a_posting

MIB = 2**20
LIMIT_S = 300
LIMIT_BYTES = 512 * MIB
STORED = 3
WITH_DEFAULTS = os.environ.get("HOSTILE_LIMITS") == "default"
SHORT = {"answer_timeout": 1.0, "time_limit": 20.0, "max_pages": 60, "retry_delays": [0.01, 0.02]}
Start = Callable[[str, str], Run]

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def order(mongodb_url: str, mongodb_database: str, mongo: PostingStore) -> RunOrder:
    return RunOrder(board="", epoch=2, mongodb_url=mongodb_url, mongodb_database=mongodb_database, time_limit=LIMIT_S)


@pytest.fixture
def start(launch_locked: LaunchLocked, hostile: HostileBoard, tmp_path: Path, order: RunOrder) -> Start:
    def launch(source: str, token: str) -> Run:
        limits = {} if WITH_DEFAULTS else SHORT
        job = {"source": source, "token": token, "company": "Acme", "base_url": hostile.url,
               "hosts": str(tmp_path / "hosts"), **limits}  # fmt: skip
        return launch_locked(f"{source}/{token}", job, replace(order, board=f"{source}/{token}"))

    return launch


def ended(run: Run, launcher: Launcher, folder: Path) -> tuple[RunResult, str]:
    output = Output(folder)
    threading.Thread(target=_beat, args=(run,), daemon=True).start()
    try:
        result = supervise(run, output, limit=LIMIT_S, end=launcher.end)
        return result, output.tail
    finally:
        output.close()


def _beat(run: Run) -> None:
    """What a worker does whenever it has renewed its lease."""
    while not run.ended.wait(5):
        run.beat()


def store_some(mongo: PostingStore, board: str) -> None:
    """What a good crawl of the day before would have left."""
    then = datetime.now(UTC) - timedelta(days=1)
    old = [a_posting(f"old-{number}", title=f"Old {number}") for number in range(STORED)]
    mongo.begin_crawl(board, epoch=1)
    mongo.save(board, old, epoch=1, now=then, first_crawl=True, is_demo=False)
    mongo.record_crawl(
        board,
        CrawlRecord(at=then, epoch=1, outcome="success", seen=STORED, new=STORED, changed=0, closed=0, skipped=0,
                    seconds=1.0, complete=True),
    )  # fmt: skip


def test_the_set_is_as_large_as_promised_and_every_name_stands_once() -> None:
    assert len(SET) >= 25
    assert len({case.name for case in SET}) == len(SET)


@pytest.mark.parametrize("case", SET, ids=lambda case: case.name)
def test_a_hostile_board_ends_under_its_name_and_harms_nobody(
    case: Hostile, start: Start, launcher: Launcher, hostile: HostileBoard, mongo: PostingStore, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    board = f"{case.source}/{case.token}"
    store_some(mongo, board)
    hostile.paths |= {case.path: case.answer(), **case.also}
    hostile.paths["/v1/boards/sound/jobs"] = body((FIXTURES / "greenhouse" / "response.json").read_bytes())

    run = start(case.source, case.token)
    assert run.pid is not None
    peak = Peak(run.pid).start()
    result, printed = ended(run, launcher, tmp_path)
    peak.stop()

    if WITH_DEFAULTS:
        with capsys.disabled():
            print(f"\n{case.name:36} {result.outcome:10} {peak.seconds:6.1f} s {peak.resident / MIB:5.0f} MiB "
                  f"({peak.own / MIB:.0f} own)  {result.message[:90]}", end="")  # fmt: skip
    seen = int(result.counts["seen"])
    assert result.outcome == case.outcome, (result, printed)
    assert seen == case.seen or (case.seen is None and seen > 0)
    assert "Traceback" not in printed
    assert peak.seconds < LIMIT_S
    assert 0 < peak.resident < LIMIT_BYTES
    state = mongo.board_state(board)
    assert (state.open_count, state.last_records[-1].closed) == (STORED + seen, 0)
    assert state.last_records[-1].outcome == case.outcome


def test_the_board_beside_a_hanging_one_is_read_meanwhile(
    start: Start, launcher: Launcher, hostile: HostileBoard, mongo: PostingStore, tmp_path: Path
) -> None:
    hanging = next(case for case in SET if case.name == "hang")
    hostile.paths |= {hanging.path: hanging.answer()}
    hostile.paths["/v1/boards/sound/jobs"] = body((FIXTURES / "greenhouse" / "response.json").read_bytes())
    bad = start(hanging.source, hanging.token)
    while hanging.path not in hostile.asked:
        time.sleep(0.01)

    result, _ = ended(start("greenhouse", "sound"), launcher, tmp_path)

    assert (result.outcome, bad.ended.is_set()) == ("success", False)
    assert mongo.board_state("greenhouse/sound").open_count == 3
