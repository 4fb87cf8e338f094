"""`jobalerts web`: serves pages and API with granian."""

import errno
import socket

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from jobalerts import config
from jobalerts.config import Settings
from jobalerts.embedded.addresses import resolved
from jobalerts.errors import ConfigError
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine
from webapp.app import THREADS

KILL_AFTER_S = 10


@click.command()
def web() -> None:
    """Serve the pages and the API."""
    settings = resolved(config.load())
    schema.require_current(open_engine(settings.sql_url))
    require_free(settings)
    server(settings).serve()


def server(settings: Settings) -> MPServer:
    """One process for each of WEB_WORKERS, each with its own application."""
    return MPServer(
        "webapp.wsgi:build",
        factory=True,
        address=settings.bind_address,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER_S,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
    )


def require_free(settings: Settings) -> None:
    """A ConfigError when the port is taken: found here, before any worker starts."""
    family = socket.AF_INET6 if ":" in settings.bind_address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind_address, settings.port))
        except OSError as error:
            raise ConfigError(_refused(settings, error)) from None


def _refused(settings: Settings, error: OSError) -> str:
    """Which of the two settings is wrong, and what to do."""
    where = f"cannot listen on {settings.bind_address}:{settings.port} ({error.strerror})"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"BIND_ADDRESS: {where}: set it to an address of this machine"
    return f"PORT: {where}: set PORT to a free one"
