"""`jobalerts boards`: which boards there are, and whether they are crawled."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import click
from sqlalchemy import Engine

from jobalerts import config
from jobalerts.companies_file import SOURCES
from jobalerts.config import Settings
from jobalerts.domain.companies import name_key
from jobalerts.errors import ConfigError, PermanentError
from jobalerts.preferences import COMPANY_LENGTH
from jobalerts.sql import boards as board_rows
from jobalerts.sql import schema
from jobalerts.sql.boards import Board
from jobalerts.sql.engine import open_engine, read, write

LONGEST_TOKEN = 250
WRONG_TOKEN = 2  # the exit code of `crawler.tokens`


@click.group()
def boards() -> None:
    """List the boards, add one, crawl one now, switch one on or off.

    A BOARD is written SOURCE/TOKEN: greenhouse/stripe.
    """


@boards.command("list")
@click.option("--active", is_flag=True, help="Only those that are crawled.")
def list_boards(*, active: bool) -> None:
    """Show every board, its company, and when it is crawled next."""
    engine = _engine(config.load())
    with read(engine) as connection:
        found = [board for board in board_rows.all_boards(connection) if board.active or not active]
    click.echo(listing(found))


@boards.command()
@click.argument("source", type=click.Choice(SOURCES), metavar="SOURCE")
@click.argument("token")
@click.option("--company", required=True, help="The employer as people call it.")
@click.option("--base-url", metavar="URL", help="Ask this server instead of the source's own; path and query stay.")
@click.option("--activate/--no-activate", default=True, show_default=True, help="Crawl it from now on.")
def add(source: str, token: str, *, company: str, base_url: str | None, activate: bool) -> None:
    """Add the board TOKEN of SOURCE, or change its company or address.

    `jobalerts sources` lists the sources, and what a TOKEN is for each. One that its source does not take is refused
    with exit code 2, as by `jobalerts crawl`.
    """
    if not token.strip() or len(token) > LONGEST_TOKEN:
        raise ConfigError(f"TOKEN must have 1 to {LONGEST_TOKEN} characters")
    if {".", ".."} & set(token.split("/")):
        raise ConfigError("TOKEN must not hold . or .. between slashes: browsers leave them out of addresses")
    if not name_key(company) or len(company) > COMPANY_LENGTH:
        raise ConfigError(f"--company must have a letter or digit and at most {COMPANY_LENGTH} characters")
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise ConfigError("--base-url must start with http:// or https://")
    settings = config.load()
    engine = _engine(settings)
    _ask_the_source(source, token, base_url)
    now = datetime.now(UTC)
    with write(engine) as connection:
        board_rows.put_company(connection, company)
        board = board_rows.put(
            connection, source=source, token=token, company=company,
            base_url=base_url, every_hours=settings.crawl_every_hours, now=now,
        )  # fmt: skip
        if activate:
            board = board_rows.enable(connection, board.id, now)
    click.echo(f"{board.id} ({board.company}): {_sentence(board, settings.crawl_every_hours)}")


@boards.command()
@click.argument("board")
def disable(board: str) -> None:
    """Stop crawling BOARD, whoever follows its company."""
    settings = config.load()
    with write(_engine(settings)) as connection:
        changed = board_rows.disable(connection, board, datetime.now(UTC))
    click.echo(f"{changed.id}: {_sentence(changed, settings.crawl_every_hours)}")


@boards.command()
@click.argument("board")
def enable(board: str) -> None:
    """Crawl BOARD now and every few hours."""
    settings = config.load()
    with write(_engine(settings)) as connection:
        changed = board_rows.enable(connection, board, datetime.now(UTC))
    click.echo(f"{changed.id}: {_sentence(changed, settings.crawl_every_hours)}")


@boards.command()
@click.argument("board")
def crawl(board: str) -> None:
    """Have BOARD crawled once, now, by the next free worker."""
    with write(_engine(config.load())) as connection:
        task = board_rows.crawl_now(connection, board, datetime.now(UTC))
    click.echo(f"{board}: asked for, task {task.task_id}")


def _ask_the_source(source: str, token: str, base_url: str | None) -> None:
    """Refuse what a crawl would refuse, in its words; only the crawler loads sources, hence a process of its own."""
    command = [sys.executable, "-m", "crawler.tokens", source, token, *([base_url] if base_url else [])]
    answer = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if answer.returncode == WRONG_TOKEN:
        raise ConfigError(answer.stdout.strip())
    if answer.returncode:
        words = (answer.stderr.strip().splitlines() or [f"exit code {answer.returncode}"])[-1]
        raise PermanentError(f"the source {source} could not be asked whether it takes this token: {words}")


def _engine(settings: Settings) -> Engine:
    engine = open_engine(settings.sql_url)
    schema.require_current(engine)
    return engine


def listing(boards: Sequence[Board]) -> str:
    """A line a board; nothing is cut, whatever the width: what stands here is typed into other commands."""
    rows = [("BOARD", "COMPANY", "CRAWLED", "NEXT CRAWL (UTC)")]
    rows += [(board.id, board.company, _state(board), _due(board)) for board in boards]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _due(board: Board) -> str:
    return f"{board.next_due_at:%Y-%m-%d %H:%M}" if board.active and board.next_due_at else ""


def _sentence(board: Board, every_hours: int) -> str:
    """What will happen to it."""
    if board.disabled_at:
        return "disabled, it is not crawled any more"
    if board.active:
        return f"crawled now, and then every {every_hours} hours" if every_hours > 1 else "crawled now and every hour"
    return f"listed, and crawled as soon as somebody follows {board.company}"


def _state(board: Board) -> str:
    if board.disabled_at:
        return "disabled"
    return "yes" if board.active else "when followed"
