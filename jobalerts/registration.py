"""Becoming a user: the one path of page and API, and the confirmation that ends it.

A new address, one that waits for its confirmation and one that has an account are answered alike and take as long:
what differs is told by mail, to whoever owns the address.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from jobalerts import passwords
from jobalerts.broker import ALERT_CHANGED
from jobalerts.domain.alert import Alert
from jobalerts.preferences import Registration as Registration
from jobalerts.preferences import field_errors as field_errors
from jobalerts.sql import alerts, boards, companies, mails, outbox, tokens, users
from jobalerts.sql.engine import write
from jobalerts.sql.users import User

UNCONFIRMED_KEPT = timedelta(days=7)
ACCOUNT_MAILS_A_DAY = 3  # to one address, so that the form is no mail bomb


def register(engine: Engine, registration: Registration, *, now: datetime) -> None:
    """Create the unconfirmed user with a first alert and plan the confirm mail, or tell the owner of the address.

    One transaction of its own: the password is hashed before it (a dummy without one), for that takes long.
    """
    password_hash = passwords.hashed(registration.password)
    with write(engine) as connection:
        users.forget_unconfirmed(connection, before=now - UNCONFIRMED_KEPT)
        _register(connection, registration, password_hash=password_hash, now=now)


def _register(connection: Connection, registration: Registration, *, password_hash: str | None, now: datetime) -> None:
    user = users.by_email(connection, registration.email)
    if user is None:
        user = users.add(
            connection,
            username=registration.username,
            email=registration.email,
            password_hash=password_hash,
            now=now,
        )
        if user is None:  # registered by another request in this moment, which has sent the mail
            return
        alerts.add(connection, user.id, registration.wanted, now=now)
    elif user.confirmed_at is None:
        _renew(connection, user, registration, password_hash=password_hash, now=now)
    _tell(connection, user, now=now)


def confirm(connection: Connection, token: str, *, now: datetime) -> User | None:
    """Use the mailed link: the address is proven, its alerts are matched, one welcome goes out; None: no live link."""
    user_id = tokens.use(connection, token, purpose="confirm", now=now)
    user = users.by_id(connection, user_id) if user_id else None
    if user is None:
        return None
    tokens.void(connection, user_id=user.id, purpose="confirm", now=now)
    if users.confirm(connection, user.id, now=now):
        for alert in alerts.of(connection, user.id):
            follow(connection, alert, now=now)
        mails.plan(
            connection, kind="welcome", recipient=user.email, user_id=user.id, now=now, dedupe_key=f"welcome:{user.id}"
        )
    return users.by_id(connection, user.id)


def follow(connection: Connection, alert: Alert, *, now: datetime) -> None:
    """What a new, changed or resumed alert of a confirmed person sets going: matching, boards, unknown names."""
    known = companies.known(connection, alert.companies)
    boards.follow(connection, [key for key in known.values() if key], now)
    companies.remember_unknown(connection, [name for name, key in known.items() if key is None], now=now)
    outbox.add(connection, ALERT_CHANGED, alert_id=alert.id)


def send_sign_in_link(connection: Connection, email: str, *, now: datetime) -> None:
    """Plan the mail with a sign-in link, or with a confirm link while unconfirmed; an unknown address gets nothing."""
    user = users.by_email(connection, email)
    if user is None or _told_enough(connection, user.email, now=now):
        return
    kind: mails.Kind = "sign_in" if user.confirmed_at else "confirm"
    mails.plan(connection, kind=kind, recipient=user.email, user_id=user.id, now=now)


def check_password(connection: Connection, email: str, password: str) -> User | None:
    """The confirmed user whose address and password these are; takes as long when there is no such user."""
    user = users.by_email(connection, email)
    right = passwords.is_right(password, user.password_hash if user else None)
    return user if user and user.confirmed_at and right else None


def _renew(
    connection: Connection, user: User, registration: Registration, *, password_hash: str | None, now: datetime
) -> None:
    """The newer form counts: nobody has proven yet that the older one was theirs."""
    users.rename(connection, user.id, username=registration.username)
    users.set_password(connection, user.id, password_hash=password_hash)
    for alert in alerts.of(connection, user.id):
        alerts.remove(connection, user.id, alert.id)
    alerts.add(connection, user.id, registration.wanted, now=now)


def _tell(connection: Connection, user: User, *, now: datetime) -> None:
    if _told_enough(connection, user.email, now=now):
        return
    kind: mails.Kind = "exists" if user.confirmed_at else "confirm"
    mails.plan(connection, kind=kind, recipient=user.email, user_id=user.id, now=now)


def _told_enough(connection: Connection, email: str, *, now: datetime) -> bool:
    return users.account_mails(connection, email, now=now) >= ACCOUNT_MAILS_A_DAY
