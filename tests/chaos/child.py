"""`python child.py FOLDER -m MODULE [WORDS]`: runs a module of the product with its named points and its journal.

A worker starts its launcher with `sys.executable`; here that is a script which comes back to this file, so that runs
have points and a journal too, although the launcher starts with a clean environment.
"""

import os
import runpy
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.chaos import journal, points  # noqa: E402 - not installed: found by its path

LAUNCHER = "crawler.launcher"
RETRIES = (timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=10))
PYTHON = "python-with-points"
GATHER_S = 0.4


def python_with_points(folder: Path) -> Path:
    """The script that stands for Python in a worker."""
    script = folder / PYTHON
    if not script.exists():
        script.write_text(f'#!/bin/sh\nexec {sys.executable} {Path(__file__).resolve()} {folder} "$@"\n')
        script.chmod(0o755)
    return script


def _prepare_run(folder: Path) -> None:
    from crawler import run as runs  # noqa: PLC0415 - a worker must not load the crawler

    keeper = journal.Journal(folder)
    runs.store_all = keeper.around_store_all(runs.store_all)
    runs.Report.__call__ = keeper.around_report(runs.Report.__call__)
    points.install(folder, "run")
    runs.run = keeper.around_run(runs.run)


def _prepare_engine(folder: Path, role: str) -> None:
    from jobalerts.domain.retry import RetryRule  # noqa: PLC0415
    from scheduler import booking, commands  # noqa: PLC0415

    commands._rule = lambda settings: RetryRule(offsets=RETRIES)
    if role == "worker":
        sys.executable = str(python_with_points(folder))
        booking.Booking._gathered = _after_a_moment(booking.Booking._gathered)
    points.install(folder, role)


def _after_a_moment(gathered: Callable[..., Any]) -> Callable[..., Any]:
    """With a handful of boards runs seldom end in the same moment; here such as end within less than a second do."""

    def call(*arguments: Any) -> Any:
        time.sleep(GATHER_S)
        return gathered(*arguments)

    return call


def main(folder: Path, module: str, words: list[str]) -> None:
    role = "run" if module == LAUNCHER else words[0]
    sys.argv = [module, *words]
    if role == "run":
        _prepare_run(folder)
    elif role in ("mailer", "web"):
        points.install(folder, role)
    else:
        _prepare_engine(folder, role)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    main(Path(sys.argv[1]), sys.argv[3], sys.argv[4:])
