"""People, what proves who they are, and their alerts."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text

from jobalerts.sql.columns import id_column, metadata, user_column
from jobalerts.sql.engine import UtcDateTime

users = Table(
    "users",
    metadata,
    id_column(),
    Column("username", String(100), nullable=False),
    Column("email", String(254), nullable=False),
    Column("email_key", String(254), nullable=False, unique=True),  # casefolded: one account an address
    Column("password_hash", String(200)),
    Column("session_salt", String(36), nullable=False),  # changing it ends every session
    Column("is_admin", Boolean, nullable=False, default=False),
    Column("is_demo", Boolean, nullable=False, default=False),
    Column("frequency", String(10), nullable=False, default="at_once"),  # at_once, daily, weekly
    Column("digest_hour", Integer, nullable=False, default=8),
    Column("digest_weekday", Integer, nullable=False, default=0),  # Monday is 0
    Column("timezone", String(64), nullable=False, default="UTC"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("bounces", Integer, nullable=False, default=0),  # digests in a row that the address did not take
    Column("bounce_reason", Text, nullable=False, default=""),  # not empty: their alerts were paused for it
)

sessions = Table(
    "sessions",
    metadata,
    Column("id_hash", String(64), primary_key=True),
    user_column(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("user_agent", String(200), nullable=False, default=""),
)

# One-use links by mail: only the SHA-256 of the token is kept.
tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    user_column(),
    Column("purpose", String(20), nullable=False),  # confirm, sign_in
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    user_column(),
    Column("family", String(36), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("scope", String(100), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
)

alerts = Table(
    "alerts",
    metadata,
    id_column(),
    Column("user_id", String(36), ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("job_types", JSON, nullable=False),  # slugs; ["any"] means all
    Column("years", String(5), nullable=False),  # a band: 0-1, 1-3, 3-5, 5-8, 8-12, 12+
    Column("companies", JSON, nullable=False),  # names as typed; empty means all
    Column("countries", JSON, nullable=False),  # ISO 3166-1 alpha-2; empty means anywhere
    Column("remote_only", Boolean, nullable=False, default=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("paused_at", UtcDateTime),
)
