"""`jobalerts scheduler`, `jobalerts worker` and `jobalerts boards`."""

import logging
from datetime import UTC, datetime, timedelta

import click
import structlog
from sqlalchemy import Engine

from jobalerts import companies_file, config, logs
from jobalerts.broker import Broker
from jobalerts.broker.opening import open_broker
from jobalerts.config import Settings
from jobalerts.domain.retry import RetryRule
from jobalerts.embedded.addresses import resolved
from jobalerts.errors import TemporaryError
from jobalerts.mongo.store import open_store
from jobalerts.outputs import open_outputs
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine, write
from jobalerts.sql.workers import Capacity
from jobalerts.stopping import stop_on_signals
from scheduler.booking import Booking
from scheduler.crawl_records import CrawlRecords
from scheduler.execution import Execution
from scheduler.launching import Launcher
from scheduler.orders import Orders
from scheduler.programs import run_scheduler, run_worker
from scheduler.worker import Worker, worker_name

log = structlog.get_logger()


@click.command()
def scheduler() -> None:
    """Make tasks of what is due, publish the outbox, and find what got stuck."""
    stop = stop_on_signals()
    settings = _settings("scheduler")
    engine = open_engine(settings.sql_url)
    schema.require_current(engine)
    companies = companies_file.read(settings)
    with write(engine) as connection:
        companies_file.seed(connection, companies, every_hours=settings.crawl_every_hours, now=datetime.now(UTC))
    store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
    broker = _broker(settings, engine)
    click.echo("scheduler: ready", err=True)
    run_scheduler(engine, broker, store, rule=_rule(settings), stop=stop)
    broker.close()
    store.close()


@click.command()
def worker() -> None:
    """Run tasks as they come, up to WORKER_SLOTS at a time."""
    stop = stop_on_signals()
    settings = _settings("worker")
    engine = open_engine(settings.sql_url)
    schema.require_current(engine)
    broker = _broker(settings, engine)
    launcher = Launcher(settings.home / "tmp")
    launcher.start()
    store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
    execution = Execution(
        settings=settings,
        engine=engine,
        launcher=launcher,
        orders=Orders(settings=settings, key=config.signing_key(settings)),
        outputs=open_outputs(settings.outputs),
        booking=Booking(engine, _rule(settings)),
        records=CrawlRecords(store=store),
    )
    capacity = Capacity(slots=settings.worker_slots, prefetch=settings.job_prefetch)
    program = Worker(engine, execution.carry_out, capacity=capacity, name=worker_name())
    click.echo("worker: ready", err=True)
    run_worker(program, broker, prefetch=settings.job_prefetch, stop=stop)
    launcher.close()
    broker.close()
    store.close()


def _settings(program: str) -> Settings:
    settings = resolved(config.load())
    logs.configure(settings.log_level, program)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is late is no news
    return settings


def _broker(settings: Settings, engine: Engine) -> Broker:
    """One that is away is waited for; one that refuses us is a ConfigError, now."""
    broker = open_broker(settings, engine)
    try:
        broker.ping()
    except TemporaryError as error:
        log.warning("the broker is away", reason=str(error))
    return broker


def _rule(settings: Settings) -> RetryRule:
    return RetryRule(time_limit=timedelta(seconds=settings.job_timeout))
