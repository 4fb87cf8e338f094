"""Commands that belong to no single program."""

import os
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.markup import escape

from jobalerts import administration, config, logs
from jobalerts.checkup import findings
from jobalerts.embedded.addresses import resolved
from jobalerts.embedded.demo_boards.server import open_server, serve_until
from jobalerts.embedded.up import up
from jobalerts.preparation import prepare
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine, write
from jobalerts.stopping import stop_on_signals

PRIVATE = 0o077  # what is kept about people is readable by its owner alone


@click.command("up")
def up_command() -> None:
    """Start everything on this machine, and stop it all on Ctrl-C.

    Needs no server: what DATABASE_URL, MONGODB_URL, BROKER_URL and SMTP_URL do not name runs embedded.
    """
    os.umask(PRIVATE)
    stop = stop_on_signals()
    settings = config.load()
    logs.configure(settings.log_level, "up")
    up(settings, Console(), stop)


@click.command()
def migrate() -> None:
    """Bring the databases to the schema of this version, and read the list of companies."""
    os.umask(PRIVATE)
    settings = resolved(config.load())
    engine = open_engine(settings.sql_url)
    prepare(settings, engine)
    click.echo("The databases are up to date.")


@click.group()
def admin() -> None:
    """Things only the admin of the machine may do."""


@admin.command()
def link() -> None:
    """Print a new one-time sign-in link for the admin."""
    settings = config.load()
    engine = open_engine(settings.sql_url)
    schema.require_current(engine)
    with write(engine) as connection:
        click.echo(administration.sign_in_link(connection, settings, now=datetime.now(UTC)))


@click.command()
@click.option("--stores", is_flag=True, help="Ask the databases and queues only: the health check of a container.")
def doctor(stores: bool) -> None:
    """Ask every part whether it is well; exit 1 when one is not."""
    console = Console(highlight=False)
    found = findings(resolved(config.load()), stores_only=stores)
    for finding in found:
        bad = "[red]bad [/red]" if finding.is_needed else "[yellow]note[/yellow]"
        mark = "[green]ok  [/green]" if finding.is_well else bad
        console.print(f"{mark} [bold]{finding.name:<13}[/bold] {escape(finding.detail)}", soft_wrap=True)
    if not all(finding.is_well or not finding.is_needed for finding in found):
        raise SystemExit(1)


@click.command("demo-boards")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8090, show_default=True, help="Port to listen on.")
@click.option("--seed", default=1, show_default=True, help="Another number gives other postings.")
@click.option("--url", default="", help="How the server is reached, for links [default: address and port].")
def demo_boards(bind: str, port: int, seed: int, url: str) -> None:
    """Serve made-up companies on the vendors' own API paths.

    \b
    Try: jobalerts crawl greenhouse brindlewick --base-url http://127.0.0.1:8090 --dry-run
    """
    stop = stop_on_signals()
    server = open_server(bind, port, seed=seed, url=url)
    click.echo(f"Demo boards: {server.site.url} (Ctrl-C stops)")
    serve_until(server, stop)
