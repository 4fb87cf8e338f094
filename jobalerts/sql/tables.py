"""All tables. Names of constraints are fixed, because alembic's batch mode drops unnamed ones."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from jobalerts.sql.engine import UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
Serial = BigInteger().with_variant(Integer, "sqlite")
UNSENT = "'planned', 'sending', 'waiting', 'unknown'"


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(36), primary_key=True)


def _user(*, nullable: bool = False) -> Column[str]:
    return Column("user_id", String(36), ForeignKey("users.id", ondelete="CASCADE"), nullable=nullable)


users = Table(
    "users",
    metadata,
    _id(),
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
)

sessions = Table(
    "sessions",
    metadata,
    Column("id_hash", String(64), primary_key=True),
    _user(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("user_agent", String(200), nullable=False, default=""),
)

# One-use links by mail: only the SHA-256 of the token is kept.
tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _user(),
    Column("purpose", String(20), nullable=False),  # confirm, sign_in
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _user(),
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
    _id(),
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

companies = Table(
    "companies",
    metadata,
    _id(),
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
    Column("created_at", UtcDateTime, nullable=False),
)

schedules = Table(
    "schedules",
    metadata,
    _id(),
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

tasks = Table(
    "tasks",
    metadata,
    _id("task_id"),
    Column("schedule_id", String(36)),  # no foreign key: a deleted schedule leaves its history
    Column("scheduled_for", UtcDateTime),
    Column("kind", String(40), nullable=False),
    Column("board", String(300)),
    Column("args", JSON, nullable=False),  # {job_type, location, company}
    Column("lane", String(10), nullable=False),  # recurring, oneoff, retry
    Column("lock_key", String(320), nullable=False),  # crawl:greenhouse/stripe
    Column("status", String(10), nullable=False),
    Column("outcome", String(20)),
    Column("is_retry", Boolean, nullable=False, default=False),
    Column("priority", Integer, nullable=False, default=5),  # 0-9, 9 first
    Column("attempt", Integer, nullable=False, default=0),
    Column("max_attempts", Integer, nullable=False, default=4),
    Column("lost_workers", Integer, nullable=False, default=0),
    Column("message", Text, nullable=False, default=""),
    Column("worker", String(100)),
    Column("progress_done", Integer),
    Column("progress_total", Integer),
    Column("epoch", Integer, nullable=False, default=0),  # the fencing token: +1 at every claim
    Column("lease_until", UtcDateTime),
    Column("claim_rank", UtcDateTime, nullable=False),  # waiting since, less ten minutes a level of priority: ageing
    Column("woken_at", UtcDateTime, nullable=False),  # when its last wake-up was written
    Column("created_at", UtcDateTime, nullable=False),
    Column("start_time", UtcDateTime),
    Column("first_failure_at", UtcDateTime),
    Column("end_time", UtcDateTime),
    Column("next_try_at", UtcDateTime),
    Column("version", Integer, nullable=False, default=1),
    UniqueConstraint("schedule_id", "scheduled_for"),
    Index("uq_tasks_lock_key_running", "lock_key", unique=True, sqlite_where=text("status = 'running'"),
          postgresql_where=text("status = 'running'")),
    Index("ix_tasks_waiting", "lane", "claim_rank", sqlite_where=text("status IN ('created', 'retrying')"),
          postgresql_where=text("status IN ('created', 'retrying')")),
    Index("ix_tasks_status_task_id", "status", "task_id"),
    Index("ix_tasks_board_task_id", "board", "task_id"),
    Index("ix_tasks_end_time", "end_time"),
)  # fmt: skip

# Fencing: the newest epoch of each lock key, over all its tasks. It only rises.
fences = Table(
    "fences",
    metadata,
    Column("lock_key", String(320), primary_key=True),
    Column("epoch", Integer, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("task_id", String(36), ForeignKey("tasks.task_id", ondelete="CASCADE"), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("worker", String(100), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(20)),
    Column("message", Text, nullable=False, default=""),
    Column("counts", JSON),  # {seen, new, changed, closed, skipped, seconds}
    Column("output_tail", Text, nullable=False, default=""),  # the last 64 KiB
    Column("output_name", String(300)),  # the whole log in the outputs folder
)

workers = Table(
    "workers",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("host", String(200), nullable=False),
    Column("slots", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_beat_at", UtcDateTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("queue", String(60), nullable=False),
    Column("body", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# The embedded broker's queues.
messages = Table(
    "messages",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("queue", String(60), nullable=False),
    Column("body", Text, nullable=False),
    Column("deliveries", Integer, nullable=False, default=0),
    Column("lease_until", UtcDateTime),
    Column("lease_token", String(36)),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_messages_queue_id", "queue", "id"),
)

# Messages that are given up (a dead task is its own row in `tasks`).
dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("queue", String(60), nullable=False),
    Column("body", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
)

mails = Table(
    "mails",
    metadata,
    _id(),
    _user(nullable=True),
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
    _user(),
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

facts = Table(
    "facts",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)
