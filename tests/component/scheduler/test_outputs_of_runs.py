"""What a run prints, whatever it prints: the end at hand, the whole in a file up to its limit."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from jobalerts.errors import TemporaryError
from jobalerts.outputs import open_outputs
from jobalerts.sql import attempts, tasks
from jobalerts.sql.attempts import TAIL_BYTES, Beginning, Ending
from jobalerts.sql.engine import clock, write
from jobalerts.sql.tables import attempts as attempt_rows
from scheduler.launching import Run
from scheduler.supervision import LARGEST_LOG, Output, supervise
from tests import small_disks

FLOOD = """
import os
for number in range({chunks}):
    os.write(1, (b"%08d " % number) * 7281 + b"\\n" * 7)
os.write(1, b"the end")
"""
CHUNK = 9 * 7281 + 7


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small disk"
    folder.mkdir()
    with small_disks.small_disk(folder, "256k"):
        yield folder


@pytest.fixture
def output(tmp_path: Path) -> Iterator[Output]:
    output = Output(tmp_path)
    yield output
    output.close()


def supervised(program: str, output: Output) -> None:
    """Run the program as its worker does, until it has ended."""
    out_read, out_write = os.pipe()
    result_read, result_write = os.pipe()
    beat_read, beat_write = os.pipe()
    process = subprocess.Popen([sys.executable, "-c", program], stdout=out_write)
    os.close(out_write)
    os.close(result_write)
    run = Run(id="r", output=out_read, result=result_read, beat_pipe=beat_write, code=0)

    def wait() -> None:
        process.wait()
        run.ended.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    supervise(run, output, limit=120, end=lambda _run: process.kill())
    waiter.join()
    run.close()
    os.close(beat_read)


def test_a_flood_is_kept_whole_in_the_file_and_its_last_64_kib_at_hand(output: Output) -> None:
    supervised(FLOOD.format(chunks=320), output)  # 20 MiB as fast as it can

    assert sum(len(chunk) for chunk in output.chunks()) == 320 * CHUNK + len("the end")
    assert len(output.tail.encode()) == TAIL_BYTES
    assert output.tail.endswith("00000319 \n\n\n\n\n\n\nthe end")


def test_a_file_has_its_limit_and_the_end_is_known_nevertheless(output: Output) -> None:
    supervised(FLOOD.format(chunks=LARGEST_LOG // CHUNK + 20), output)

    assert sum(len(chunk) for chunk in output.chunks()) == LARGEST_LOG
    assert output.tail.endswith("the end")


@pytest.mark.parametrize(
    "said",
    [b"\xff\xfe\x80caf\xe9", b"a\0b", "naïve 漢字".encode("utf-16"), b"\xff" * 2 * TAIL_BYTES, "é".encode() * 40_000],
)
def test_output_that_is_not_utf_8_is_marked_and_can_be_stored(engine: Engine, output: Output, said: bytes) -> None:
    output.add(said)

    assert len(output.tail.encode()) <= TAIL_BYTES
    assert b"".join(output.chunks()) == said
    with write(engine) as connection:
        task = tasks.request(connection, kind="crawl", board="lever/acme", args={}, now=clock(connection))
        beginning = Beginning(number=1, worker="w", waited_seconds=0)
        attempts.begin(connection, task.task_id, epoch=1, beginning=beginning, now=clock(connection))
        ending = Ending(outcome="success", output_tail=output.tail)
        attempts.end(connection, task.task_id, epoch=1, ending=ending, now=clock(connection))
        assert connection.execute(select(attempt_rows.c.output_tail)).scalar_one() == output.tail


def test_a_full_disk_cuts_the_file_and_the_end_is_at_hand_all_the_same(small_disk: Path) -> None:
    output = Output(small_disk)
    supervised(FLOOD.format(chunks=16), output)  # 1 MiB; the disk holds 256 KiB
    assert output.trouble == "No space left on device"
    assert output.tail.endswith("the end")
    kept = b"".join(output.chunks())
    assert kept.startswith(b"00000000 ")
    assert b"[not kept: No space left on device; the end of it:]" in kept
    assert kept.endswith(b"the end")
    output.close()
    assert list(small_disk.iterdir()) == []


def test_where_no_file_can_be_made_the_end_is_at_hand_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    output = Output(tmp_path / "a file" / "tmp")
    output.add(b"what it said")
    assert output.trouble == "Not a directory"
    assert output.tail == "what it said"
    assert b"".join(output.chunks()).endswith(b"what it said")
    output.close()


def test_an_output_that_could_not_be_stored_leaves_no_half_behind(small_disk: Path) -> None:
    outputs = open_outputs(str(small_disk))
    with pytest.raises(TemporaryError, match=r"cannot write large\.log: No space left on device"):
        outputs.write("large.log", (b"x" * 65536 for _ in range(100)))
    assert list(small_disk.iterdir()) == []
    outputs.write("small.log", [b"fits"])
    assert outputs.read("small.log") == b"fits"
