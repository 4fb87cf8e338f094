"""`run/NAME.json`: which process serves what and where, so that others find it and the next start can reclaim it."""

import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

SAME_START_S = 1.0  # psutil derives the start from clock ticks, so two readings may differ a little


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A process; its number alone is no proof, because numbers are given anew, so its start time stands beside it."""

    name: str
    pid: int
    started: float  # seconds since 1970
    address: str = ""


def record_of(name: str, pid: int, address: str = "") -> Record | None:
    """Describe a running process; None when it is gone already."""
    try:
        return Record(name=name, pid=pid, started=psutil.Process(pid).create_time(), address=address)
    except psutil.Error:
        return None


def write(home: Path, record: Record) -> None:
    """Replace the record in one step: a reader sees the old one or the new one."""
    folder = home / "run"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{record.name}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(record)))
    draft.replace(folder / f"{record.name}.json")


def read(home: Path, name: str) -> Record | None:
    """None when there is no record or it cannot be read."""
    try:
        document = json.loads((home / "run" / f"{name}.json").read_text())
        return Record(**{key: document[key] for key in ("name", "pid", "started", "address")})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def every(home: Path) -> list[Record]:
    found = (read(home, path.stem) for path in sorted((home / "run").glob("*.json")))
    return [record for record in found if record]


def remove(home: Path, name: str) -> None:
    (home / "run" / f"{name}.json").unlink(missing_ok=True)


def process_of(record: Record) -> psutil.Process | None:
    """The recorded process itself, never another one that got its number."""
    try:
        process = psutil.Process(record.pid)
        is_same = abs(process.create_time() - record.started) < SAME_START_S
        return process if is_same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None


def is_alive(record: Record) -> bool:
    return process_of(record) is not None


def stop_trees(found: list[Record], *, patience: float) -> list[Record]:
    """End them and all they started: SIGTERM, after `patience` seconds SIGKILL; return those that were alive."""
    alive = [(record, process) for record in found if (process := process_of(record))]
    tops = [process for _, process in alive]
    trees = {*tops, *(child for process in tops for child in _children(process))}
    _signal(tops, signal.SIGTERM)
    _, left = psutil.wait_procs(list(trees), timeout=patience)
    _signal(left, signal.SIGKILL)
    psutil.wait_procs(left, timeout=2)
    return [record for record, _ in alive]


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _signal(processes: list[psutil.Process], number: int) -> None:
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.Error:
            continue
