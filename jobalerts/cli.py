"""The `jobalerts` command: a group whose subcommands are entry points (`jobalerts.commands`) of the programs."""

import sys
from importlib.metadata import EntryPoint, entry_points
from itertools import groupby

import click
from rich.console import Console
from rich.table import Table

from jobalerts.errors import ConfigError, JobalertsError

ENTRY_POINTS = "jobalerts.commands"
HEADINGS = {
    "jobalerts": "Everything",
    "webapp": "Site",
    "crawler": "Boards",
    "scheduler": "Scheduling",
    "mailer": "Mail",
}


class Programs(click.Group):
    """Loads a command when it is named, so that `jobalerts mailer` does not load the crawler; help loads all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [point.name for point in sorted(entry_points(group=ENTRY_POINTS), key=_place)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command: click.Command | None = None
        for point in entry_points(group=ENTRY_POINTS, name=cmd_name):
            command = point.load()
        return command

    def get_help(self, ctx: click.Context) -> str:
        console = Console(highlight=False)
        points = sorted(entry_points(group=ENTRY_POINTS), key=_place)
        with console.capture() as capture:
            console.print(f"[bold]Usage:[/bold] {ctx.command_path} COMMAND [OPTIONS]\n\n{self.help}\n")
            width = max(len(point.name) for point in points)
            for program, its_points in groupby(points, key=_program):
                console.print(f"[bold]{HEADINGS[program]}[/bold]")
                console.print(_table([point.load() for point in its_points], width))
            console.print(f"{ctx.command_path} COMMAND --help explains one command.")
        return capture.get().rstrip()


def _program(point: EntryPoint) -> str:
    """The program a command belongs to: the package it comes from."""
    return point.value.split(".")[0]


def _place(point: EntryPoint) -> tuple[int, str]:
    return list(HEADINGS).index(_program(point)), point.name


def _table(commands: list[click.Command], width: int) -> Table:
    """Names in a column `width` characters wide, the same under every heading."""
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(no_wrap=True, min_width=width, style="cyan")
    table.add_column()
    for command in commands:
        table.add_row(command.name, command.get_short_help_str(limit=200))
    return table


@click.command(
    cls=Programs,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Self-hosted job alerts: reads companies' job boards and mails what fits.",
)
@click.version_option(package_name="jobalerts")
def program() -> None:
    """The group itself does nothing."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a wrong setting is one line and exit 2, another expected error one line and exit 1."""
    try:
        program(args=arguments, prog_name="jobalerts")
    except JobalertsError as error:
        click.echo(f"jobalerts: {error}", err=True)
        sys.exit(2 if isinstance(error, ConfigError) else 1)
