"""Writing a claimed mail: what it says at the moment of sending, or that there is nothing to say any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from jobalerts.domain.alert_words import alert_words
from jobalerts.domain.digest import MOST_POSTINGS
from jobalerts.domain.mail_sender import Sender
from jobalerts.links import unsubscribe_token
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, companies, employers, mails, tokens, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.mails import Mail
from jobalerts.sql.users import User
from mailer.digests import BoardStates, Digest, digest_of
from mailer.envelope import Envelope, message_bytes
from mailer.render import render

LARGEST_MAIL = 100_000
"""Bytes. Gmail clips a mail at 102 KB."""

MOST_ALERTS_IN_A_LINK = 12
"""The header must stay on a line of 998 characters (RFC 5322, 2.1.1); the busiest alerts are in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """The mail is not sent, and why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Turns claimed mails into bytes; `key` signs unsubscribe links."""

    engine: Engine
    store: PostingStore
    states: BoardStates
    site: str
    key: str
    sender: Sender

    def write(self, mail: Mail, *, now: datetime) -> bytes | Dropped:
        """Return the mail's bytes, or why it is dropped."""
        if mail.kind == "operator":
            return self._message(mail, mail.context, now=now)
        with read(self.engine) as connection:
            user = users.by_id(connection, mail.user_id) if mail.user_id else None
            suppressed = mails.suppressed(connection, self.key, mail.recipient)
        if user is None:
            return Dropped(reason="the account was deleted")
        if mail.kind in ("confirm", "sign_in", "exists"):  # asked for just now: the address may be alive again
            return self._account_mail(mail, user, now=now)
        if suppressed:
            return Dropped(reason=f"nobody is at this address: {suppressed}")
        if user.confirmed_at is None:
            return Dropped(reason="the address is not confirmed")
        return self._welcome(mail, user, now=now) if mail.kind == "welcome" else self._digest(mail, now=now)

    def _digest(self, mail: Mail, *, now: datetime) -> bytes | Dropped:
        digest = digest_of(self.engine, self.store, mail, states=self.states, now=now)
        if digest is None:
            return Dropped(reason="nothing left to tell: closed since, or no alert takes it any more")
        shown = MOST_POSTINGS
        message = self._digest_message(mail, digest, shown=shown, now=now)
        while len(message) > LARGEST_MAIL and shown > 1:
            shown = shown * 3 // 4
            message = self._digest_message(mail, digest, shown=shown, now=now)
        return message

    def _digest_message(self, mail: Mail, digest: Digest, *, shown: int, now: datetime) -> bytes:
        stops = [{"alert": alert_words(alert), "url": self._stop_url(alert.id)} for alert in digest.alerts]
        values = {
            "digest": digest,
            "frequency": digest.frequency,
            "count": len(digest.items),
            "items": digest.items[:shown],
            "more": max(0, len(digest.items) - shown),
            "stops": stops,
        }
        behind = [alert.id for alert in digest.alerts[:MOST_ALERTS_IN_A_LINK]]
        return self._message(mail, values, now=now, unsubscribe_url=self._stop_url(*behind))

    def _stop_url(self, *alert_ids: str) -> str:
        return f"{self.site}/u/{unsubscribe_token(self.key, *alert_ids)}"

    def _account_mail(self, mail: Mail, user: User, *, now: datetime) -> bytes | Dropped:
        if mail.kind == "confirm" and user.confirmed_at is not None:
            return Dropped(reason="the address is confirmed already")
        with write(self.engine) as connection:
            wanted = [alert_words(alert) for alert in alerts.of(connection, user.id)]
            if mail.kind == "confirm":
                lifetime, path = tokens.CONFIRM_LIFETIME, "confirm"
                token = tokens.mint(connection, user_id=user.id, purpose="confirm", now=now, lifetime=lifetime)
            else:
                lifetime, path = tokens.SIGN_IN_LIFETIME, "sign-in"
                token = tokens.mint(connection, user_id=user.id, purpose="sign_in", now=now, lifetime=lifetime)
        values = {"user": user, "link": f"{self.site}/{path}/{token}", "wanted": wanted}
        return self._message(mail, values, now=now)

    def _welcome(self, mail: Mail, user: User, *, now: datetime) -> bytes | Dropped:
        with read(self.engine) as connection:
            own = alerts.of(connection, user.id)
            boards = employers.followed_boards(connection, own, demo_user=user.is_demo)
            known = companies.known(connection, [name for alert in own for name in alert.companies])
            demo = set() if user.is_demo else companies.made_up(connection, filter(None, known.values()))
        values = {
            "user": user,
            "wanted": [alert_words(alert) for alert in own],
            "covered": list(dict.fromkeys(board.company for board in boards)),
            "takes_all": any(not alert.companies for alert in own),
            "made_up": [name for name, key in known.items() if key in demo],
            "not_covered": [name for name, key in known.items() if key is None],
        }
        return self._message(mail, values, now=now)

    def _message(
        self, mail: Mail, values: Mapping[str, Any], *, now: datetime, unsubscribe_url: str | None = None
    ) -> bytes:
        letter = render(mail.kind, {"site": self.site, **values})
        envelope = Envelope(
            mail_id=mail.id,
            message_id=mail.message_id,
            recipient=mail.recipient,
            date=now,
            unsubscribe_url=unsubscribe_url,
        )
        return message_bytes(letter, envelope, self.sender)
