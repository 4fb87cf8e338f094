"""A mail server on loopback that logs each mail before and after its 250, and when its sender goes on to the next."""

import asyncio
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import psutil
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.acceptance.mail_sink import MailServer, message_in, text_of
from tests.servers import free_port

SLOWEST_S = 0.4
NEVER = float("inf")
NUMBER = re.compile(r"numbered\.example/jobs/(\d+)")


@dataclass(kw_only=True)
class Copy:
    """One mail that was handed over whole: `at` its final dot, `answered_at` after the 250, by the process `pid`.

    `gone_on_at` is the next command of its sender, which books a mail before that. Seconds since the epoch.
    """

    recipient: str
    message: EmailMessage
    pid: int
    at: float
    answered_at: float = NEVER
    gone_on_at: float = NEVER

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def numbers(self) -> list[int]:
        """Of the postings it tells of, as often as it does."""
        return [int(number) for number in NUMBER.findall(text_of(self.message))]


@dataclass
class Sink(MailServer):
    """`copies` in the order of their final dots."""

    seed: int
    copies: list[Copy] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._choice = random.Random(self.seed)
        self._controller = _Controller(self, hostname="127.0.0.1", port=free_port())

    def to(self, address: str) -> list[EmailMessage]:
        return [copy.message for copy in self.copies if copy.recipient == address]

    def doubled(self) -> int:
        """Copies beyond the first of each Message-ID."""
        counts = Counter(copy.message_id for copy in self.copies)
        return sum(count - 1 for count in counts.values())

    async def handle_DATA(self, server: "_Server", _session: Session, envelope: Envelope) -> str:
        copy = Copy(recipient=envelope.rcpt_tos[0], message=message_in(envelope), pid=server.client, at=time.time())
        self.copies.append(copy)
        server.last_copy = copy
        await asyncio.sleep(self._choice.uniform(0, SLOWEST_S))
        return "250 OK"


class _Server(SMTP):
    """Knows which answer is that to a mail, and when the next command comes."""

    last_copy: Copy | None = None
    client = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.client = _owner(transport.get_extra_info("peername"))

    async def push(self, status: Any) -> None:
        copy = self.last_copy
        await super().push(status)
        if copy is not None:
            if copy.answered_at == NEVER:
                copy.answered_at = time.time()
            else:  # the answer to the command after it
                copy.gone_on_at = time.time()
                self.last_copy = None


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, enable_SMTPUTF8=True)


def _owner(peer: Any) -> int:
    """The process at the other end of a connection; 0 when it is gone already."""
    for connection in psutil.net_connections("tcp4"):
        if connection.laddr and connection.raddr and tuple(connection.laddr) == tuple(peer)[:2]:
            return connection.pid or 0
    return 0
