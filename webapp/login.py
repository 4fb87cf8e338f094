"""Signing in and out: flask-login over a server-side session row, so that a session can be seen and ended."""

from datetime import timedelta
from typing import cast

from flask import Flask, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from jobalerts.sql import sessions, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.sessions import Session
from jobalerts.sql.users import User
from webapp.services import now, services


class Account(UserMixin):
    """The signed-in person as flask-login sees them; its id is the session's, never the user's."""

    def __init__(self, user: User, session_id: str, row: Session) -> None:
        self.user = user
        self.session_id = session_id
        self.session = row

    def get_id(self) -> str:
        return self.session_id


def init_login(app: Flask) -> None:
    """Load the person from the session row; sessions end after 14 idle days, at the latest after 30."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # it would ask the database on the page that says it is away
    manager.session_protection = None  # the row is the session: nothing in the cookie is believed beyond its id
    manager.user_loader(_load)
    app.config["PERMANENT_SESSION_LIFETIME"] = sessions.LONGEST + timedelta(days=1)


def signed_in_user() -> User | None:
    """Who is signed in, if anybody."""
    return cast(Account, current_user).user if current_user.is_authenticated else None


def current_person() -> User:
    """Who is signed in, in a view that only such people reach."""
    return cast(Account, current_user).user


def current_session() -> Session:
    return cast(Account, current_user).session


def sign_in(user: User) -> None:
    """Begin a new session for this browser; what it was before is forgotten (no session fixation)."""
    _end_row()
    session.clear()
    moment = now()
    agent = request.user_agent.string
    with write(services().engine) as connection:
        session_id = sessions.start(connection, user.id, now=moment, user_agent=agent)
        row = sessions.find(connection, session_id, now=moment)
    if row is None:
        raise RuntimeError("a session that was just begun is not there")
    session.permanent = True
    login_user(Account(user, session_id, row))


def sign_out() -> None:
    _end_row()
    logout_user()
    session.clear()


def _end_row() -> None:
    if current_user.is_authenticated:
        account = cast(Account, current_user)
        with write(services().engine) as connection:
            sessions.end(connection, account.user.id, id_hash=account.session.id_hash)


def _load(session_id: str) -> Account | None:
    moment = now()
    engine = services().engine
    with read(engine) as connection:
        row = sessions.find(connection, session_id, now=moment)
        user = users.by_id(connection, row.user_id) if row else None
    if row is None or user is None:
        return None
    if sessions.is_touch_due(row, now=moment):
        with write(engine) as connection:
            sessions.touch(connection, row, now=moment)
    return Account(user, session_id, row)
