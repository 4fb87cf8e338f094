"""Who every mail is from."""

from dataclasses import dataclass
from email.utils import parseaddr


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """`host` stands in Message-ID and List-Id."""

    name: str
    address: str

    @property
    def host(self) -> str:
        return self.address.rpartition("@")[2]


def read_sender(mail_from: str) -> Sender:
    """Take MAIL_FROM, "jobalerts <alerts@example.org>", apart; ValueError says what is missing."""
    name, address = parseaddr(mail_from)
    if not address.isascii() or not address.isprintable() or address.count("@") != 1 or not all(address.split("@")):
        raise ValueError(f"MAIL_FROM: {mail_from!r} has no address: write it like jobalerts <alerts@example.org>")
    return Sender(name=name, address=address)
