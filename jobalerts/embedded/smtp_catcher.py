"""An SMTP server on loopback that keeps every mail in the Maildir `outbox` of the home folder."""

import mailbox
import os
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from jobalerts.embedded.ports import LOOPBACK, is_free
from jobalerts.errors import ConfigError

LARGEST = 10 * 2**20
CANNOT_KEEP = "452 4.3.1 cannot keep the mail; is the disk full?"


class Keeper:
    """Answers 250 only after the mail is a synced file in `new/`, so that a 250 is a promise."""

    def __init__(self, folder: Path) -> None:
        self._maildir = mailbox.Maildir(folder, factory=None, create=True)
        self._lock = threading.Lock()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        to = ", ".join(envelope.rcpt_tos)
        marked = f"X-Envelope-To: {to}\r\n".encode("ascii", "replace") + content
        try:
            with self._lock:
                self._maildir.add(marked)
        except OSError:
            return CANNOT_KEEP
        return "250 OK kept in the outbox"


def outbox(home: Path) -> Path:
    return home / "outbox"


def open_catcher(home: Path, port: int) -> Controller:
    """Listen on loopback; a port in use is a ConfigError."""
    if not is_free(LOOPBACK, port):
        raise ConfigError(f"mail outbox: cannot listen on {LOOPBACK}:{port}: it is in use")
    controller = Controller(Keeper(outbox(home)), hostname=LOOPBACK, port=port, data_size_limit=LARGEST, ident="outbox")
    try:
        controller.start()
    except OSError as error:
        controller.loop.close()
        raise ConfigError(f"mail outbox: cannot listen on {LOOPBACK}:{port}: {os.strerror(error.errno or 0)}") from None
    return controller
