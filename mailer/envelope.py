"""A letter as the bytes of a mail: headers, text part first, HTML after it."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from jobalerts.domain.mail_sender import Sender
from mailer.render import Letter

ASCII = bytes(range(128))


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a mail carries beside its letter; `unsubscribe_url` None: not a list mail."""

    mail_id: str
    message_id: str
    recipient: str
    date: datetime
    unsubscribe_url: str | None = None


def message_bytes(letter: Letter, envelope: Envelope, sender: Sender) -> bytes:
    """Build the mail; headers as RFC 8058 (one-click unsubscribe) and RFC 3834 (sent by a program) ask for."""
    message = EmailMessage(policy=SMTP if envelope.recipient.isascii() else SMTPUTF8)
    message["From"] = Address(display_name=sender.name, addr_spec=sender.address)
    message["To"] = envelope.recipient
    message["Date"] = format_datetime(envelope.date)
    message.set_content(letter.text, cte=_encoding(letter.text))
    message.add_alternative(letter.html, subtype="html", cte=_encoding(letter.html))
    return _unfolded(letter.subject, envelope, sender) + message.as_bytes()


def _unfolded(subject: str, envelope: Envelope, sender: Sender) -> bytes:
    """Headers that EmailMessage folds badly: long links it encodes, and nobody decodes them."""
    headers = {
        "Subject": _encoded(subject),
        "Message-ID": envelope.message_id,
        "X-Entity-Ref-ID": envelope.mail_id,  # Gmail: do not fold two of these into one thread
        "Auto-Submitted": "auto-generated",
    }
    if envelope.unsubscribe_url:
        headers |= {
            "List-Id": f"jobalerts digests <digests.{sender.host}>",
            "List-Unsubscribe": f"<{envelope.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("ascii")


def _encoded(subject: str) -> str:
    """RFC 2047 words where they are needed; a line may have 998 characters, and subjects have far fewer."""
    if subject.isascii() and "=?" not in subject:
        return subject
    return Header(subject, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _encoding(text: str) -> str:
    """Quoted-printable (3 bytes for each beyond ASCII) or base64 (4 for 3), whichever is shorter; both 7-bit clean."""
    raw = text.encode()
    return "quoted-printable" if 6 * len(raw.translate(None, delete=ASCII)) < len(raw) else "base64"
