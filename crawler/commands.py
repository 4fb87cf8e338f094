"""The crawler's subcommands of `jobalerts`."""

import os
import sys
from difflib import get_close_matches

import click

from crawler.addresses import origin_from
from crawler.direct import crawl_and_store
from crawler.fetch import fetch
from crawler.jobs import Job
from crawler.outcomes import Outcome
from crawler.tokens import check_token
from jobalerts.config import Settings, load
from jobalerts.domain.job_types import SLUGS
from jobalerts.embedded.addresses import resolved
from jobalerts.errors import ConfigError


@click.command()
@click.argument("source")
@click.argument("token")
@click.option("--company", help="The employer as people call it, where the board does not say.")
@click.option("--job-type", metavar="SLUG", help="Only postings of this job type (software_engineer, …).")
@click.option("--location", metavar="TEXT", help="Only postings in this country or place, or `remote`.")
@click.option("--task-id", help="The task this crawl is a run of; it reports its progress there.")
@click.option("--base-url", metavar="URL", help="Ask this server instead of the source's own; path and query stay.")
@click.option("--dry-run", is_flag=True, help="Print the postings as JSON lines and store nothing.")
def crawl(source: str, token: str, *, task_id: str | None, dry_run: bool, **options: str | None) -> None:
    """Read the board TOKEN of SOURCE: `jobalerts sources` lists the sources, and what a TOKEN is for each.

    Mostly it is the board's name in its address (jobs.lever.co/TOKEN); for jsonld it is that of the careers page.
    Exit codes: 0 all read, 1 failed or not to be trusted (one line says why), 2 the command line is wrong.
    """
    settings = load()
    job = checked_job(settings, source=source, token=token, **options)
    sys.exit(print_board(job) if dry_run else store_board(resolved(settings), job, task_id=task_id))


def checked_job(settings: Settings, *, source: str, token: str, **options: str | None) -> Job:
    """The job to run; ConfigError for what the command line got wrong."""
    check_token(source, token, options.get("base_url"))
    job_type = options.get("job_type")
    if job_type is not None and job_type not in SLUGS:
        close = get_close_matches(job_type, SLUGS, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise ConfigError(f"unknown job type {job_type!r}: {hint}Job types are {', '.join(sorted(SLUGS))}")
    if options.get("base_url"):
        origin_from(options["base_url"] or "")
    return Job(
        source=source,
        token=token,
        company=options.get("company"),
        job_type=job_type,
        location=options.get("location"),
        base_url=options.get("base_url"),
        contact=settings.operator_contact,
        max_bytes=settings.crawl_max_bytes,
        time_limit=settings.crawl_time_limit,
        hosts=str(settings.hosts) if settings.home.is_dir() else "",
        host_requests=settings.crawl_host_requests,
        host_delay=settings.crawl_host_delay,
        log_level="DEBUG" if settings.log_level == "DEBUG" else "",
    )


def print_board(job: Job) -> int:
    """Print the postings on stdout and one line on stderr; the exit code is that of the outcome."""
    try:
        outcome = fetch(job, sys.stdout.buffer.write)
        sys.stdout.flush()
    except BrokenPipeError:  # `… | head`: who read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    click.echo(summary(outcome, job.name), err=True)
    return outcome.exit_code


def store_board(settings: Settings, job: Job, *, task_id: str | None) -> int:
    """Store the postings, print one line on stderr; the exit code is that of the outcome."""
    ingested = crawl_and_store(settings, job, task_id=task_id)
    saved = ingested.saved
    line = summary(ingested.outcome, job.name, new=saved.new, changed=saved.changed, closed=ingested.closed)
    click.echo(line, err=True)
    return ingested.outcome.exit_code


def summary(outcome: Outcome, board: str, *, new: int = 0, changed: int = 0, closed: int = 0) -> str:
    """The line on stderr: what was counted, after the outcome and what to do when it failed."""
    counts = f"seen {outcome.seen}, new {new}, changed {changed}, closed {closed}, {outcome.seconds:.1f} seconds"
    extra = "".join(f", {name} {number}" for name, number in _extras(outcome) if number)
    return f"{board}: {counts}{extra}" if outcome.exit_code == 0 else f"{outcome.line(board)} [{counts}{extra}]"


def _extras(outcome: Outcome) -> tuple[tuple[str, int], ...]:
    return (
        ("unreadable", outcome.skipped),
        ("filtered out", outcome.filtered),
        ("without their own page", outcome.alone),
    )
