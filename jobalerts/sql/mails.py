"""Mails: planned in the transaction whose news they carry, claimed by one mailer, kept as history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import new as hmac
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, or_, select, update
from uuid_utils import uuid7

from jobalerts.broker import MAIL_SEND
from jobalerts.domain.mail_states import Next
from jobalerts.sql import outbox
from jobalerts.sql.engine import clock, insert, is_postgresql
from jobalerts.sql.tables import mails, suppressions

Kind = Literal["digest", "confirm", "welcome", "sign_in", "exists", "operator"]
LEASE = timedelta(seconds=30)
AWAITED = ("confirm", "sign_in", "exists")
"""Somebody sits and waits for these: they go out before digests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one recipient; `message_id` never changes once the first try has begun."""

    id: str
    user_id: str | None
    recipient: str
    kind: str
    context: dict[str, Any]
    message_id: str
    status: str
    tries: int
    in_doubt: int
    epoch: int
    created_at: datetime
    queued_at: datetime | None

    @property
    def due_since(self) -> datetime:
        """What giving up is counted from."""
        return self.queued_at or self.created_at


_FIELDS = [mails.c[name] for name in Mail.__dataclass_fields__]


def plan(
    connection: Connection,
    *,
    kind: Kind,
    recipient: str,
    user_id: str | None,
    now: datetime,
    context: dict[str, Any] | None = None,
    dedupe_key: str | None = None,
) -> str | None:
    """Insert the mail and its wake-up; None when its `dedupe_key`, or an unsent digest of this user, is there already.

    `context` never holds a token: links are minted when the mail is rendered.
    """
    mail_id = str(uuid7())
    values = {
        "id": mail_id,
        "user_id": user_id,
        "recipient": recipient,
        "kind": kind,
        "dedupe_key": dedupe_key,
        "context": context or {},
        "message_id": f"{kind}-{mail_id}",
        "status": "planned",
        "created_at": now,
    }
    query = insert(connection, mails).values(values).on_conflict_do_nothing().returning(mails.c.id)
    if connection.execute(query).first() is None:
        return None
    outbox.add(connection, MAIL_SEND, mail_id=mail_id)
    return mail_id


def claim(connection: Connection, *, host: str, now: datetime) -> Mail | None:
    """Take the next mail that is due for `LEASE`: a new one, a retry, or one whose mailer died; None: nothing is due.

    The first claim completes the Message-ID with `host`, before anything is sent.
    """
    moment = clock(connection)
    query = select(mails.c.id, mails.c.epoch, mails.c.message_id).where(_is_due(now, moment)).order_by(*_ORDER).limit(1)
    row = connection.execute(_locked(connection, query)).first()
    if row is None:
        return None
    message_id = row.message_id if "@" in row.message_id else f"<{row.message_id}@{host}>"
    claimed = connection.execute(
        update(mails)
        .where(mails.c.id == row.id, mails.c.epoch == row.epoch)
        .values(
            status="sending",
            epoch=row.epoch + 1,
            tries=mails.c.tries + 1,
            message_id=message_id,
            lease_until=moment + LEASE,
            next_try_at=None,
        )
    )
    return one(connection, row.id) if claimed.rowcount == 1 else None


def renew(connection: Connection, claimed: Iterable[Mail]) -> set[str]:
    """Keep the leases of mails that are being sent and return their ids; one that was taken over stays taken over."""
    until = clock(connection) + LEASE
    kept = set()
    for mail in claimed:
        if connection.execute(update(mails).where(_is_held(mail)).values(lease_until=until)).rowcount == 1:
            kept.add(mail.id)
    return kept


def finish(connection: Connection, mail: Mail, then: Next, *, now: datetime) -> bool:
    """Book what became of a claimed mail; False when another mailer has taken it over in the meantime."""
    values = {
        "status": then.status,
        "error": then.reason,
        "next_try_at": then.next_try_at,
        "lease_until": None,
        "sent_at": now if then.status == "sent" else None,
        "in_doubt": mail.in_doubt + (then.status == "unknown"),
    }
    return connection.execute(update(mails).where(_is_held(mail)).values(values)).rowcount == 1


def one(connection: Connection, mail_id: str) -> Mail | None:
    row = connection.execute(select(*_FIELDS).where(mails.c.id == mail_id)).first()
    return Mail(**row._mapping) if row else None


def suppress(connection: Connection, key: str, address: str, *, reason: str, now: datetime) -> None:
    """Remember that nobody is at this address; it outlives the account, as an HMAC under `key`."""
    values = {"address_hash": _address_hash(key, address), "reason": reason, "created_at": now}
    connection.execute(insert(connection, suppressions).values(values).on_conflict_do_nothing())


def suppressed(connection: Connection, key: str, address: str) -> str | None:
    """Return the reason why the address gets no mail, None when it does."""
    query = select(suppressions.c.reason).where(suppressions.c.address_hash == _address_hash(key, address))
    reason: str | None = connection.execute(query).scalar()
    return reason


def lift_suppression(connection: Connection, key: str, address: str) -> None:
    """Somebody is there after all: a mail to the address was taken."""
    connection.execute(delete(suppressions).where(suppressions.c.address_hash == _address_hash(key, address)))


_ORDER = (case((mails.c.kind.in_(AWAITED), 0), else_=1), mails.c.created_at)


def _is_due(now: datetime, moment: datetime) -> ColumnElement[bool]:
    return or_(
        mails.c.status == "planned",
        and_(mails.c.status.in_(("waiting", "unknown")), mails.c.next_try_at <= now),
        and_(mails.c.status == "sending", mails.c.lease_until < moment),
    )


def _is_held(mail: Mail) -> ColumnElement[bool]:
    return and_(mails.c.id == mail.id, mails.c.epoch == mail.epoch, mails.c.status == "sending")


def _locked(connection: Connection, query: Select[Any]) -> Select[Any]:
    return query.with_for_update(skip_locked=True) if is_postgresql(connection) else query


def _address_hash(key: str, address: str) -> str:
    return hmac(key.encode(), address.strip().casefold().encode(), sha256).hexdigest()
