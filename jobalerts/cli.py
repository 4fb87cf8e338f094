"""The `jobalerts` command: a group whose subcommands the programs add by entry points (`jobalerts.commands`)."""

import sys
from collections.abc import Iterator
from importlib.metadata import entry_points

import click
from rich.console import Console
from rich.table import Table

from jobalerts.errors import ConfigError, JobalertsError

ENTRY_POINTS = "jobalerts.commands"
HEADINGS = {"core": "Everything", "web": "Site", "crawler": "Boards", "scheduler": "Scheduling", "mailer": "Mail"}


class Programs(click.Group):
    """Loads a program's subcommands when they are looked for, so that `jobalerts crawl` does not load the mailer."""

    def by_program(self) -> Iterator[tuple[str, list[click.Command]]]:
        for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: list(HEADINGS).index(point.name)):
            yield point.name, list(point.load())

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [command.name or "" for command in self._commands()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return next((command for command in self._commands() if command.name == cmd_name), None)

    def get_help(self, ctx: click.Context) -> str:
        console = Console(highlight=False)
        with console.capture() as capture:
            console.print(f"[bold]Usage:[/bold] {ctx.command_path} COMMAND [OPTIONS]\n\n{self.help}\n")
            for program, commands in self.by_program():
                console.print(f"[bold]{HEADINGS[program]}[/bold]")
                console.print(_table(commands))
            console.print(f"{ctx.command_path} COMMAND --help explains one command.")
        return capture.get().rstrip()

    def _commands(self) -> Iterator[click.Command]:
        return (command for _, commands in self.by_program() for command in commands)


def _table(commands: list[click.Command]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column()
    for command in commands:
        table.add_row(command.name, command.get_short_help_str(limit=200))
    return table


@click.command(cls=Programs, help="Self-hosted job alerts: reads companies' job boards and mails what fits.")
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
