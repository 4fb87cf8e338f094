"""Messages on their way, and single facts to keep."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text, text

from jobalerts.sql.columns import Serial, metadata
from jobalerts.sql.engine import UtcDateTime

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("queue", String(60), nullable=False),
    Column("body", JSON, nullable=False),  # a message, or a list of messages that leave together
    Column("created_at", UtcDateTime, nullable=False),
    Column("claimed_until", UtcDateTime),  # a relay is publishing it
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
    Column("cause", String(20), nullable=False, default="refused"),  # refused, unreadable, version, undelivered
    Column("board", String(300)),  # if the message names one
    Column("origin", String(100), unique=True),  # the message itself: two schedulers keep it once
    Column("created_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    *(
        Index(f"ix_dead_letters_{'_'.join(first) or 'all'}", *first, "created_at", "id",
              sqlite_where=text("resolved_at IS NULL"), postgresql_where=text("resolved_at IS NULL"))
        for first in ((), ("cause",), ("board",), ("board", "cause"))
    ),
)  # fmt: skip

# What admins did with dead letters.
dead_letter_deeds = Table(
    "dead_letter_deeds",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("done_at", UtcDateTime, nullable=False, index=True),
    Column("user_id", String(36), nullable=False),  # no foreign key: it outlives the account
    Column("deed", String(10), nullable=False),  # requeued, discarded
    Column("count", Integer, nullable=False),
    Column("wanted", JSON, nullable=False),  # {ids}, or the filters of all that matched
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)
