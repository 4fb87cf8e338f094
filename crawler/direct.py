"""`jobalerts crawl` without --dry-run: one crawl by hand, stored as a worker's run would store it."""

import os
import threading
from dataclasses import dataclass, replace
from functools import partial

import click
import orjson
from sqlalchemy import Connection

from crawler import fetching
from crawler.confinement import adopt_orphans
from crawler.ingest import Crawl, Ingested, ingest
from crawler.jobs import Job
from crawler.progress import Progress, ProgressReport, silent
from crawler.watchdog import Watchdog
from jobalerts import host_locks, task_tokens
from jobalerts.broker import POSTINGS_NEW
from jobalerts.config import Settings, signing_key
from jobalerts.errors import TemporaryError
from jobalerts.mongo.store import open_store
from jobalerts.runs import RunResult
from jobalerts.sql import board_notices, boards, leases, outbox, schema, tasks
from jobalerts.sql.engine import open_engine, write

LOCK_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """A crawl by hand: its job, its fence, and where it reports, if it is said to be a run of a task."""

    job: Job
    crawl: Crawl
    report: Progress


def crawl_and_store(settings: Settings, job: Job, *, task_id: str | None = None) -> Ingested:
    """Crawl and store. TemporaryError while a worker of this host crawls the same board. `settings` are resolved."""
    adopt_orphans()
    engine = open_engine(settings.sql_url)
    schema.require_current(engine)
    key = f"{boards.CRAWL}:{job.name}"
    lock = host_locks.acquire(settings.home / "locks", key, patience=LOCK_PATIENCE_S, stop=threading.Event())
    if lock is None:
        raise TemporaryError(f"{job.name} is being crawled right now: try again when that is over")
    try:
        with write(engine) as connection:
            direct = _direct(connection, settings, job, task_id)
        ingested = _run(settings, direct, lock)
    finally:
        os.close(lock)
    with write(engine) as connection:
        if not direct.crawl.is_filtered:
            outcome = ingested.outcome
            board_notices.book(connection, job.name, outcome=outcome.name, message=outcome.detail)
        if ingested.saved.seen:
            outbox.add(connection, POSTINGS_NEW, board=job.name)
    return ingested


def _direct(connection: Connection, settings: Settings, job: Job, task_id: str | None) -> Direct:
    """A listed board's address and company are its own unless given; the later epoch fences off other hosts."""
    try:
        board = boards.one(connection, job.name)
        job = replace(job, company=job.company or board.company, base_url=job.base_url or board.base_url)
        is_demo = board.is_demo
    except boards.NoSuchBoard:
        is_demo = False
    crawl = Crawl(
        board=job.name,
        epoch=leases.next_epoch(connection, f"{boards.CRAWL}:{job.name}"),
        is_demo=is_demo,
        is_filtered=bool(job.job_type or job.location),
    )
    report = _report(settings, tasks.one(connection, task_id)) if task_id else silent
    return Direct(job=job, crawl=crawl, report=report)


def _report(settings: Settings, task: tasks.Task) -> Progress:
    token = task_tokens.issue(signing_key(settings), task.task_id, task.epoch, settings.job_timeout)
    return ProgressReport(f"{settings.site}/api/v1/tasks/{task.task_id}", token)


def _run(settings: Settings, direct: Direct, lock: int) -> Ingested:
    folder = settings.home / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    fetched = fetching.execute(orjson.dumps(direct.job.to_json()), folder=folder, lock=lock)
    Watchdog(time_limit=settings.job_timeout, report=partial(_say, direct.job.name)).start()
    store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
    try:
        store.prepare()
        return ingest(fetched.lines, store, direct.crawl, direct.report)
    finally:
        store.close()
        fetched.lines.close()
        fetched.wait()


def _say(board: str, result: RunResult) -> None:
    click.echo(f"{result.outcome}: {board} ({result.message})", err=True)
