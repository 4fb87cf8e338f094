"""Commands that belong to no single program."""

import click

from jobalerts.embedded.demo_boards.server import open_server, serve_until
from jobalerts.stopping import stop_on_signals


@click.command("demo-boards")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8090, show_default=True, help="Port to listen on.")
@click.option("--seed", default=1, show_default=True, help="Another number gives other postings.")
@click.option("--url", default="", help="How the server is reached, for links [default: address and port].")
def demo_boards(bind: str, port: int, seed: int, url: str) -> None:
    """Serve made-up companies on the vendors' own API paths.

    Try: jobalerts crawl greenhouse brindlewick --base-url http://127.0.0.1:8090 --dry-run
    """
    stop = stop_on_signals()
    server = open_server(bind, port, seed=seed, url=url)
    click.echo(f"Demo boards: {server.site.url} (Ctrl-C stops)")
    serve_until(server, stop)


commands: list[click.Command] = [demo_boards]
