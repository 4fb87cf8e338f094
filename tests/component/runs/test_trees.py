"""A run ends with its whole tree, whatever is in it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import psutil

from tests import servers
from tests.component.scheduler.living import living

EVERYBODY = 4  # the program, its two children, and the grandchild that left its session
ROOT = Path(__file__).parents[3]


@contextmanager
def nasty_run(folder: Path, *, limit: float) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The run, once all of its tree is there, and the end of the pipe its worker would beat on."""
    beat_read, beat_write = os.pipe()
    command = [sys.executable, "-m", "tests.component.runs.nasty_run", str(folder), str(limit), str(beat_read)]
    with subprocess.Popen(
        command, cwd=ROOT, pass_fds=[beat_read], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.close(beat_read)
        try:
            while len(list(folder.iterdir())) < EVERYBODY:
                assert process.poll() is None
                time.sleep(0.02)
            yield process, beat_write
        finally:
            process.kill()


def members(folder: Path) -> list[psutil.Process]:
    found = [psutil.Process(int(path.name)) for path in folder.iterdir()]
    assert len(living(found)) == EVERYBODY
    return found


def outcome(process: subprocess.Popen[bytes]) -> str:
    output, _ = process.communicate(timeout=15)
    return str(orjson.loads(output)["outcome"])


def test_when_the_worker_is_gone_so_is_everything_below_the_run(tmp_path: Path) -> None:
    with nasty_run(tmp_path, limit=100) as (process, beat):
        tree = members(tmp_path)

        os.close(beat)

        assert outcome(process) == "stopped"
        assert living(tree) == []


def test_a_killed_worker_that_took_every_pipe_along_leaves_nothing_behind(tmp_path: Path) -> None:
    with nasty_run(tmp_path, limit=100) as (process, beat):
        tree = members(tmp_path)
        assert process.stdout is not None
        assert process.stderr is not None

        process.stdout.close()
        process.stderr.close()
        os.close(beat)

        process.wait(15)
        assert living(tree) == []


def test_the_time_limit_ends_programs_that_ignore_sigterm_fork_and_detach(tmp_path: Path) -> None:
    began = time.monotonic()
    with nasty_run(tmp_path, limit=4) as (process, beat):
        tree = members(tmp_path)

        assert outcome(process) == "timeout"

        assert living(tree) == []
        assert time.monotonic() - began < 4 + 6 + 5  # ± 6 s, and the start of Python itself
        os.close(beat)


def test_the_time_limit_ends_a_browser_that_left_session_and_parent(tmp_path: Path) -> None:
    chromium, _driver = servers.chromium()
    beat_read, beat_write = os.pipe()
    command = [sys.executable, "-m", "tests.component.runs.nasty_run", str(tmp_path), "3", str(beat_read), chromium]
    with subprocess.Popen(command, cwd=ROOT, pass_fds=[beat_read], stdout=subprocess.PIPE) as process:
        os.close(beat_read)
        port = tmp_path / "profile" / "DevToolsActivePort"
        while not port.exists():
            assert process.poll() is None
            time.sleep(0.02)
        up_at = time.monotonic()
        browser = [
            one for one in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(one.info["cmdline"] or [])
        ]
        assert len(living(browser)) > 3, "the run, and the browser with its children"

        assert outcome(process) == "timeout"

        assert living(browser) == []
        assert time.monotonic() - up_at < 3 + 6
        os.close(beat_write)


def test_a_run_that_is_killed_itself_takes_its_fetch_along(tmp_path: Path) -> None:
    with nasty_run(tmp_path, limit=100) as (process, beat):
        [program] = [child for child in psutil.Process(process.pid).children() if child.children()]

        process.kill()
        process.wait()

        program.wait(5)
        os.close(beat)
        for member in living_members(tmp_path):
            member.kill()


def living_members(folder: Path) -> list[psutil.Process]:
    return [psutil.Process(int(path.name)) for path in folder.iterdir() if psutil.pid_exists(int(path.name))]
