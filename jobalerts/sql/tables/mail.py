"""Matches and the mails they end in."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from jobalerts.sql.columns import UNSENT, Serial, id_column, metadata, user_column
from jobalerts.sql.engine import UtcDateTime

mails = Table(
    "mails",
    metadata,
    id_column(),
    user_column(nullable=True),
    Column("recipient", String(254), nullable=False),
    Column("kind", String(20), nullable=False),  # digest, confirm, welcome, sign_in, exists, operator
    Column("dedupe_key", String(200), unique=True),
    Column("context", JSON, nullable=False),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("status", String(10), nullable=False),  # planned, sending, waiting, unknown, sent, failed, dropped
    Column("tries", Integer, nullable=False, default=0),
    Column("in_doubt", Integer, nullable=False, default=0),  # times the server's answer to the whole mail never came
    Column("epoch", Integer, nullable=False, default=0),
    Column("lease_until", UtcDateTime),
    Column("next_try_at", UtcDateTime),
    Column("error", Text, nullable=False, default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("queued_at", UtcDateTime),  # when somebody had it sent again; None: it was not
    Index("uq_mails_unsent_digest", "user_id", unique=True,
          sqlite_where=text(f"kind = 'digest' AND status IN ({UNSENT})"),
          postgresql_where=text(f"kind = 'digest' AND status IN ({UNSENT})")),
    Index("ix_mails_status_created_at", "status", "created_at"),
    Index("ix_mails_sent_at", "sent_at"),
)  # fmt: skip

# Addresses a server said do not exist; only their HMAC is kept, so that it outlives the account.
suppressions = Table(
    "suppressions",
    metadata,
    Column("address_hash", String(64), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

matches = Table(
    "matches",
    metadata,
    Column("id", Serial, primary_key=True),
    user_column(),
    Column("cluster_id", String(36), nullable=False),
    Column("posting_key", String(600), nullable=False),  # source/board/external_id
    Column("board", String(300), nullable=False),
    Column("reasons", JSON, nullable=False),  # [{alert_id, text, evidence}]
    Column("rank", Float, nullable=False, default=0.0),  # years not stated come last
    Column("created_at", UtcDateTime, nullable=False),
    Column("digest_id", String(36), ForeignKey("mails.id", ondelete="SET NULL")),
    Column("dropped_at", UtcDateTime),  # closed before it could be mailed
    UniqueConstraint("user_id", "cluster_id"),
    Index("ix_matches_undigested", "user_id", "created_at",
          sqlite_where=text("digest_id IS NULL AND dropped_at IS NULL"),
          postgresql_where=text("digest_id IS NULL AND dropped_at IS NULL")),
    Index("ix_matches_digest_id", "digest_id"),
    Index("ix_matches_cluster_id", "cluster_id"),
)  # fmt: skip
