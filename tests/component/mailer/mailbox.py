"""A mail server on loopback that misbehaves as it is told."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests import servers


class Mailbox:
    """An SMTP server's handler with a memory; `moods` by recipient say how it misbehaves, and are used up in order.

    A mood is a reply ("450 4.2.1 busy" at RCPT, "dot:451 4.3.0 no" after the mail) or one of drop, hang, dot:drop,
    dot:hang. `taken` are the mails it has, whether or not it said so.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.moods: dict[str, list[str]] = {}
        self.says_to_all = ""
        """What it says to every sender ("mail:535 …") or recipient."""

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.says_to_all.startswith("mail:"):
            return self.says_to_all.removeprefix("mail:")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        mood = self.says_to_all or self._mood(address, after_dot=False)
        if mood:
            return await self._misbehave(server, mood)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos  # one recipient a transaction
        mood = self._mood(address, after_dot=True).removeprefix("dot:")
        if mood[:1] not in ("4", "5"):
            self.taken.append((address, envelope.original_content or b""))
        return await self._misbehave(server, mood) if mood else "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for _, content in self.taken]  # type: ignore[misc]

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]

    def _mood(self, address: str, *, after_dot: bool) -> str:
        waiting = self.moods.get(address, [])
        if waiting and waiting[0].startswith("dot:") == after_dot:
            return waiting.pop(0)
        return ""

    async def _misbehave(self, server: SMTP, mood: str) -> str:
        if mood == "drop":
            assert server.transport is not None
            server.transport.abort()
            return "250 never heard"
        if mood == "hang":
            await asyncio.sleep(60)
        return mood


def serve(mailbox: Mailbox) -> Controller:
    """Start the server on a free port of loopback."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=servers.free_port(), ready_timeout=10)
    controller.start()
    return controller
