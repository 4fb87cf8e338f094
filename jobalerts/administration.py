"""The admin's account and the one-time links to it; whoever may run the command may be the admin."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from jobalerts.config import Settings
from jobalerts.errors import ConfigError
from jobalerts.sql import tokens, users

LINK_LIFETIME = timedelta(hours=24)


def sign_in_link(connection: Connection, settings: Settings, *, now: datetime) -> str:
    """A link that signs the admin in once within 24 hours; makes the account at ADMIN_EMAIL if there is none."""
    admin = users.by_email(connection, settings.admin_email) or users.add(
        connection, username="Admin", email=settings.admin_email, confirmed=True, is_admin=True, now=now
    )
    if admin is None or not admin.is_admin:
        raise ConfigError(
            f"ADMIN_EMAIL: {settings.admin_email} belongs to somebody who is no admin; choose another address"
        )
    token = tokens.mint(connection, user_id=admin.id, purpose="sign_in", now=now, lifetime=LINK_LIFETIME)
    return f"{settings.site}/sign-in/{token}"
