"""Speaking SMTP: one connection kept open between mails, and a sure word on what became of each."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from jobalerts.domain.mail_states import About, Outcome
from jobalerts.errors import ConfigError

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
DEAD_ADDRESS = re.compile(r"\b5\.1\.(?![78]\b)\d+\b")
"""Bad destination (RFC 3463); 5.1.7 and 5.1.8 are about the sender."""

_SHUTTING_DOWN = 421
_SIGN_IN_FIRST = {530, 534, 535, 538}
"""RFC 4954 section 6: the server wants other credentials, or any; so it will of every mail."""

Refusal = tuple[int, bytes, About]
"""A reply's code and text, and what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where mail is handed over. `security` is smtp (in the clear), smtp+starttls or smtps."""

    security: str
    host: str
    port: int
    user: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds of silence that are waited for. RFC 5321 4.5.3.2.6 asks for ten minutes after the final dot."""

    connect: float = 30
    command: float = 120
    final_dot: float = 600


def read_relay(url: str) -> Relay:
    """Take `smtp[s]://user:password@host:port` (or `smtp+starttls://`) apart; a ConfigError names what is wrong."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigError(f"SMTP_URL: {error}") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ConfigError("SMTP_URL must look like smtp://user:password@host:587 (or smtps://, smtp+starttls://)")
    return Relay(
        security=parts.scheme,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class SmtpConnection:
    """One recipient a transaction. Used by one thread; only `abort` may be called by another."""

    def __init__(self, relay: Relay, *, local_hostname: str, timeouts: Timeouts | None = None) -> None:
        self._relay = relay
        self._local_hostname = local_hostname
        self._timeouts = timeouts or Timeouts()
        self._smtp: smtplib.SMTP | None = None

    def send(
        self, *, sender: str, recipient: str, message: bytes, still_ours: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """Hand one mail over and say what the server made of it; never raises for what a server or network does.

        `still_ours` is asked last, when the server waits for the mail: after a No it is not handed over.
        """
        try:
            smtp = self._ready()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            reason = f"cannot talk to the mail server: {_words(error)}"
            return Outcome(result="held" if _refuses_us(error) else "later", reason=reason, about="server")
        try:
            refusal = _envelope(smtp, sender, recipient)
            if refusal:
                return self._answered(refusal)
            if not still_ours():
                return self._lost("this mailer stood still for so long that another one may have sent the mail")
            smtp.send(_dotted(message))
        except smtplib.SMTPNotSupportedError:
            return Outcome(result="refused", reason="the mail server takes no addresses beyond ASCII (SMTPUTF8)")
        except (smtplib.SMTPException, OSError) as error:
            return self._lost(f"the mail server went away before the mail was handed over: {_words(error)}")
        return self._final_answer(smtp)

    def close(self) -> None:
        """Say goodbye if somebody listens."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._drop()

    def abort(self) -> None:
        """End whatever another thread waits for on this connection; its `send` returns at once."""
        smtp = self._smtp
        sock = smtp.sock if smtp is not None else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _ready(self) -> smtplib.SMTP:
        """The open connection if it still answers (RSET), else a new one."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._smtp.rset()[0] == 250:
                    return self._smtp
            self._drop()
        self._smtp = self._connected()
        return self._smtp

    def _connected(self) -> smtplib.SMTP:
        relay, timeout = self._relay, self._timeouts.connect
        if relay.security == "smtps":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                relay.host, relay.port, self._local_hostname, timeout=timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(relay.host, relay.port, self._local_hostname, timeout=timeout)
        try:
            if relay.security == "smtp+starttls":
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if relay.user:
                smtp.login(relay.user, relay.password)
        except (smtplib.SMTPException, OSError):
            smtp.close()
            raise
        _wait_at_most(smtp, self._timeouts.command)
        return smtp

    def _final_answer(self, smtp: smtplib.SMTP) -> Outcome:
        """From here on the server may have the mail: no answer is a doubt, not a failure."""
        try:
            _wait_at_most(smtp, self._timeouts.final_dot)
            code, text = smtp.getreply()
            _wait_at_most(smtp, self._timeouts.command)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Outcome(result="in_doubt", reason=f"no answer to the whole mail: {_words(error)}")
        if 200 <= code < 300:
            return Outcome(result="accepted")
        if code < 400:
            self._drop()
            return Outcome(result="in_doubt", reason=f"an unreadable answer to the whole mail: {_reply(code, text)}")
        return self._answered((code, text, "mail"))

    def _answered(self, refusal: Refusal) -> Outcome:
        code, text, about = refusal
        if code == _SHUTTING_DOWN:
            self._drop()
        reason = f"{_reply(code, text)} (about the {about})"
        if code < 500:
            return Outcome(result="later", reason=reason, about=about)
        if about == "sender" or code in _SIGN_IN_FIRST:
            return Outcome(result="held", reason=reason, about="server")
        dead = about == "recipient" and bool(DEAD_ADDRESS.search(reason))
        return Outcome(result="refused", reason=reason, about=about, dead_address=dead)

    def _lost(self, reason: str) -> Outcome:
        self._drop()
        return Outcome(result="later", reason=reason)

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def _envelope(smtp: smtplib.SMTP, sender: str, recipient: str) -> Refusal | None:
    """MAIL, RCPT and DATA; return the reply that ends the transaction and what it is about, None when all went well."""
    options = () if recipient.isascii() else ("SMTPUTF8",)
    code, text = smtp.mail(sender, options)
    if code != 250:
        return code, text, "mail" if options else "sender"
    code, text = smtp.rcpt(recipient)
    if code not in (250, 251):
        return code, text, "recipient"
    code, text = smtp.docmd("DATA")
    return None if code == 354 else (code, text, "mail")


def _refuses_us(error: Exception) -> bool:
    """Whether the server has said no to us (greeting, TLS, login): a setting is to be corrected, here or there."""
    if isinstance(error, smtplib.SMTPResponseException):
        return 500 <= error.smtp_code < 600
    return isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLCertVerificationError)


def _dotted(message: bytes) -> bytes:
    """The message as it goes over the wire, the final dot included (RFC 5321 4.5.2)."""
    lines = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n"


def _wait_at_most(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return _reply(error.smtp_code, text if isinstance(text, bytes) else text.encode())
    return str(error) or type(error).__name__


def _reply(code: int, text: bytes) -> str:
    return f"{code} {' '.join(text.decode('utf-8', 'replace').split())[:300]}"
