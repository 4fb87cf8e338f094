"""Companies, their boards, and when these are read."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from jobalerts.sql.columns import id_column, metadata
from jobalerts.sql.engine import UtcDateTime

companies = Table(
    "companies",
    metadata,
    id_column(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),  # jobalerts.domain.companies.name_key
    Column("alias_keys", JSON, nullable=False),
    Column("is_demo", Boolean, nullable=False, default=False),
)

# A name nobody knows yet: kept, shown as "not covered yet", told to the admin once.
unknown_companies = Table(
    "unknown_companies",
    metadata,
    Column("name_key", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("first_asked_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
)

boards = Table(
    "boards",
    metadata,
    Column("id", String(300), primary_key=True),  # source/token, e.g. greenhouse/stripe
    Column("source", String(40), nullable=False),
    Column("token", String(250), nullable=False),
    Column("company_id", String(36), ForeignKey("companies.id"), nullable=False, index=True),
    Column("base_url", String(300)),  # replaces scheme and host of the source's address
    Column("active", Boolean, nullable=False, default=False),
    Column("disabled_at", UtcDateTime),  # by an admin: following does not activate it
    Column("is_demo", Boolean, nullable=False, default=False),
    Column("note", Text, nullable=False, server_default=""),  # an admin's words on its robots.txt and terms
    Column("created_at", UtcDateTime, nullable=False),
)

schedules = Table(
    "schedules",
    metadata,
    id_column(),
    Column("kind", String(40), nullable=False),  # crawl
    Column("board", String(300), ForeignKey("boards.id", ondelete="CASCADE"), unique=True),
    Column("cron", String(100), nullable=False),
    Column("timezone", String(64), nullable=False, default="UTC"),
    Column("args", JSON, nullable=False),
    Column("priority", Integer, nullable=False, default=5),
    Column("next_due_at", UtcDateTime),  # None: switched off
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_schedules_next_due_at", "next_due_at"),
)
