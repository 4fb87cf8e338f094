"""The programs' log files: opened for appending, followed for what a person should see, kept from growing for ever."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

LARGEST = 20 * 2**20
LOUD = ("warning", "error", "critical")
LOUD_STARTS = tuple(level.upper() + " " for level in LOUD)
UNSHOWN = ("event", "level", "timestamp", "program", "exception", "v")


@dataclass(kw_only=True)
class LogFile:
    """`home/logs/NAME.log`; the programs write into it directly, so that it outlives whoever started them."""

    path: Path
    position: int = 0

    def open(self) -> IO[bytes]:
        file = self.path.open("ab")
        self.position = file.tell()
        return file

    def news(self) -> list[str]:
        """The whole lines written since the last call."""
        with self.path.open("rb") as file:
            file.seek(self.position)
            text = file.read()
        end = text.rfind(b"\n") + 1
        self.position += end
        return text[:end].decode(errors="replace").splitlines()

    def shorten(self) -> None:
        """Move a file that has grown large aside; appending goes on at the new beginning."""
        if self.position < LARGEST:
            return
        shutil.copyfile(self.path, self.path.with_suffix(".log.1"))
        with self.path.open("r+b") as file:
            file.truncate(0)
        self.position = 0


def loud(line: str) -> str | None:
    """What a person should read of a log line: warnings and worse, as words; None for everything else."""
    if line.startswith(LOUD_STARTS):
        return line
    document = _json(line)
    if document is None or document.get("level") not in LOUD:
        return None
    details = " ".join(f"{key}={value}" for key, value in document.items() if key not in UNSHOWN)
    return f"{document['level']}: {document.get('event', '')} {details}".rstrip()


def _json(line: str) -> dict[str, Any] | None:
    try:
        document = json.loads(line)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None
