"""What the operator is told, and the rounds by which each loop of each program shows that it still goes round."""

from sqlalchemy import Column, String, Table, Text

from jobalerts.sql.columns import metadata
from jobalerts.sql.engine import UtcDateTime

notices = Table(
    "notices",
    metadata,
    Column("key", String(200), primary_key=True),  # what it is about: one open notice each
    Column("subject", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),  # when its mail was planned
    Column("ended_at", UtcDateTime),  # it is healthy again
)

rounds = Table(
    "rounds",
    metadata,
    Column("process", String(100), primary_key=True),  # host:pid
    Column("work", String(40), primary_key=True),  # task sweeper, relay, senders, …
    Column("program", String(20), nullable=False),  # scheduler, mailer
    Column("good_at", UtcDateTime),  # its last round that went well; None: none yet
    Column("error", Text, nullable=False, default=""),  # why the latest round did not
    Column("started_at", UtcDateTime, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),  # the process itself is alive
)
