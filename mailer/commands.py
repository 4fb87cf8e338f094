"""`jobalerts mailer`: matching, digests and sending in one process."""

import os
import sys

import click
import structlog

from jobalerts import config, logs
from jobalerts.broker.opening import open_broker
from jobalerts.embedded.addresses import resolved
from jobalerts.mongo.store import open_store
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine
from jobalerts.stopping import stop_on_signals
from mailer.program import Mailer, Parts

log = structlog.get_logger()


@click.command()
def mailer() -> None:
    """Match new postings with alerts, plan digests and send mails, until told to stop."""
    settings = resolved(config.load())
    logs.configure(settings.log_level, "mailer")
    engine = open_engine(settings.sql_url)
    schema.require_current(engine)
    store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
    parts = Parts(settings=settings, engine=engine, store=store, open_broker=lambda: open_broker(settings, engine))
    program = Mailer(parts)
    stop = stop_on_signals()
    click.echo("mailer: ready", err=True)
    ending = program.run(stop)
    log.info("mailer stopped", threads_left=ending.threads_left)
    sys.stderr.flush()
    # Not sys.exit, which would wait for a thread that waits for a server.
    os._exit(1 if ending.crashed else 0)
