"""Whether a source takes a token, asked without crawling: `python -m crawler.tokens SOURCE TOKEN [BASE_URL]`.

Exit code 2 and one line on stdout when it does not. Other programs ask this way: only the crawler loads sources.
"""

import sys

import click

from crawler.shape import Board
from crawler.sources import load_source
from jobalerts.errors import ConfigError


def check_token(source: str, token: str, base_url: str | None = None) -> None:
    """Return if a crawl of this board could begin; a ConfigError says why not."""
    kind = load_source(source)
    if not token.strip():
        raise ConfigError(f"TOKEN is empty; give {kind.named_by}")
    try:
        kind.start(Board(source=source, token=token, base_url=base_url))
    except ValueError as error:
        raise ConfigError(f"{token!r} is no TOKEN of {source}: {error}") from None


def main(arguments: list[str]) -> int:
    try:
        check_token(*arguments)
    except ConfigError as error:
        click.echo(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
