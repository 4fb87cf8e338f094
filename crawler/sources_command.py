"""`jobalerts sources`: what kinds of boards can be read, and the beginnings of a new one."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import get_args

import click

from crawler.commands import checked_job
from crawler.new_source import fixture_folder, write_source
from crawler.recording import record
from crawler.shape import Says, Source
from crawler.sources import load_source, source_names
from jobalerts.config import load
from jobalerts.errors import ConfigError

ELSE: Mapping[str, str] = MappingProxyType({"salary": "text", "remote": "text", "dates": "-", "years": "text"})
"""Where it comes from when there is no field; a date that is not said is that of the first sighting."""


@click.group(invoke_without_command=True)
@click.pass_context
def sources(context: click.Context) -> None:
    """List the kinds of boards that can be read, and what each says in fields of its own."""
    if context.invoked_subcommand is None:
        click.echo(listing({name: load_source(name) for name in source_names()}))


@sources.command(short_help="Begin a new kind of board: a file and its fixtures.")
@click.argument("name")
def new(name: str) -> None:
    """Write crawler/sources/NAME.py and its fixture folder: a beginning that passes the tests of every source."""
    for path in write_source(name):
        click.echo(f"written: {path}")
    click.echo("next: put a response in the true format into the folder, and run pytest tests/unit/sources")


@sources.command(name="record", short_help="Save postings of a live board as fixtures.")
@click.argument("name")
@click.argument("token")
@click.option("--base-url", metavar="URL", help="Ask this server instead of the source's own; path and query stay.")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Another folder than the fixture's own.")
@click.option("--replace", "may_replace", is_flag=True, help="Replace the fixture that is there.")
def record_command(name: str, token: str, *, base_url: str | None, into: Path | None, may_replace: bool) -> None:
    """Save the first three postings of the live board TOKEN as the fixture of NAME.

    Addresses, telephone numbers and fields that name people are emptied; look through the files all the same.
    """
    job = checked_job(load(), source=name, token=token, base_url=base_url)
    folder = into or fixture_folder(name)
    if any(folder.glob("*")) and not may_replace:
        raise ConfigError(f"{folder} holds a fixture already; --replace replaces it, --into names another folder")
    if any(folder.glob("*")) and not (folder / "case.json").is_file():
        raise ConfigError(f"{folder} holds other things than a fixture; --into names another folder")
    outcome, kept = record(replace(job, time_limit=min(job.time_limit, 60.0)), load_source(name), folder)
    if outcome.exit_code:
        click.echo(outcome.line(job.name), err=True)
        sys.exit(outcome.exit_code)
    click.echo(f"written: {folder}, {kept} postings; read it through before it is shared: texts may name people")


def listing(known: dict[str, Source]) -> str:
    """A line a source, and what the words in it mean."""
    columns = get_args(Says)
    wide = max(map(len, known), default=0)
    lines = [f"{'SOURCE':{wide}}  {''.join(f'{name.upper():8}' for name in columns)}TOKEN"]
    for name, source in known.items():
        said = "".join(f"{'yes' if one in source.says else ELSE[one]:8}" for one in columns)
        lines.append(f"{name:{wide}}  {said}{source.named_by}")
    return "\n".join([*lines, "yes: in a field of its own. text: read from the description, where that says it."])
