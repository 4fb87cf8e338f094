"""Reads the mails that the SMTP catcher keeps, for the page `/outbox` and for tests."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

NAME = re.compile(r"[\w.,=:-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtMail:
    """One kept mail; `date` is when it was kept (UTC), `id` names its file."""

    id: str
    subject: str
    to: str
    date: datetime
    text: str
    html: str


def outbox_mails(home: Path, limit: int = 200) -> list[CaughtMail]:
    """The newest first."""
    newest = sorted(_files(home), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(path) for path in newest[:limit]]


def outbox_mail(home: Path, id: str) -> CaughtMail | None:
    """The mail of that id; None when there is none."""
    if not NAME.fullmatch(id):
        return None
    return next((_read(path) for path in _files(home) if path.name == id), None)


def _files(home: Path) -> Iterator[Path]:
    for name in ("new", "cur"):
        folder = home / "outbox" / name
        if folder.is_dir():
            yield from (path for path in folder.iterdir() if not path.name.startswith("."))


def _read(path: Path) -> CaughtMail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return CaughtMail(
        id=path.name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or message["X-Envelope-To"] or ""),
        date=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if not isinstance(part, EmailMessage):
        return ""
    return str(part.get_content()).replace("\r\n", "\n")
