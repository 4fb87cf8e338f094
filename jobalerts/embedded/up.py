"""`jobalerts up`: everything on one machine, started, watched and stopped by this process."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from jobalerts import administration
from jobalerts.config import Settings
from jobalerts.embedded.addresses import resolved
from jobalerts.embedded.home import owned, reclaim
from jobalerts.embedded.ports import LOOPBACK, is_free
from jobalerts.embedded.programs import PROGRAMS, Programs
from jobalerts.embedded.services import Services
from jobalerts.errors import ConfigError
from jobalerts.preparation import prepare
from jobalerts.sql.engine import open_engine, write

LOOK_EVERY_S = 0.2
FIRST_PAGE_S = 60.0
PARTS = {
    "sql": "the SQL database (DATABASE_URL)",
    "mongodb": "MongoDB (MONGODB_URL)",
    "broker": "RabbitMQ (BROKER_URL)",
}
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened on


def up(settings: Settings, console: Console, stop: threading.Event) -> None:
    """Start everything, print where it is, and watch over it until `stop` is set; stops all it has started."""

    def tell(program: str, text: str) -> None:
        console.print(f"[yellow]{program}[/yellow] {escape(text)}", soft_wrap=True, highlight=False)

    with owned(settings.home):
        left = reclaim(settings.home)
        if left:
            tell("up", f"ended what an earlier run left: {', '.join(left)}")
        _require_place(settings)
        programs = Programs(home=settings.home, tell=tell)
        with _stopped_at_the_end(Services(settings), programs, console) as services:
            services.start()
            link = _prepared(resolved(settings))
            programs.start(PROGRAMS)
            if _await_first_page(settings, programs, stop):
                _welcome(settings, console, link)
                for part in _silent(settings):
                    tell("up", f"{part} does not answer: what needs it waits, and goes on by itself")
            while not stop.wait(LOOK_EVERY_S):
                programs.look()
                news = services.look()
                if news:
                    tell("mongod", news)


def _require_place(settings: Settings) -> None:
    if not is_free(settings.bind_address, 0):  # not even some port
        raise ConfigError(f"BIND_ADDRESS: {settings.bind_address} is no address of this machine; 0.0.0.0 means all")
    if not is_free(settings.bind_address, settings.port):
        raise ConfigError(
            f"PORT: {settings.bind_address}:{settings.port} is in use; stop what listens there, "
            f"or choose another port: PORT={settings.port + 1}"
        )


@contextmanager
def _stopped_at_the_end(services: Services, programs: Programs, console: Console) -> Iterator[Services]:
    try:
        yield services
        console.print("Stopping …")
    finally:
        programs.stop()
        services.stop()
    console.print("Stopped. `make run` or `jobalerts up` goes on from here.", highlight=False)


def _prepared(settings: Settings) -> str:
    engine = open_engine(settings.sql_url)
    try:
        prepare(settings, engine)
        with write(engine) as connection:
            return administration.sign_in_link(connection, settings, now=datetime.now(UTC))
    finally:
        engine.dispose()


def _await_first_page(settings: Settings, programs: Programs, stop: threading.Event) -> bool:
    """Wait until the site answers; False when it was stopped before."""
    deadline = time.monotonic() + FIRST_PAGE_S
    while not stop.wait(LOOK_EVERY_S / 2):
        programs.look()
        if _answers(settings):
            return True
        if time.monotonic() > deadline:
            raise ConfigError(f"the site does not answer after {FIRST_PAGE_S:.0f} s: see {settings.home}/logs/web.log")
    return False


def _answers(settings: Settings) -> bool:
    return _asked(settings, "/healthz")[0] == http.client.OK


def _silent(settings: Settings) -> list[str]:
    """The parts that the site says do not answer, by their settings' names."""
    status, body = _asked(settings, "/readyz")
    if status != http.client.SERVICE_UNAVAILABLE:
        return []
    return [words for name, words in PARTS.items() if f'"{name}":"no answer"' in body]


def _asked(settings: Settings, path: str) -> tuple[int, str]:
    """Status and text of a page of ours; 0 when nobody answers."""
    host = LOOPBACK if settings.bind_address in EVERYWHERE else settings.bind_address
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def _welcome(settings: Settings, console: Console, link: str) -> None:
    lines = [("Site", settings.site), ("Admin", f"{link}  (signs in once, for 24 hours)")]
    if settings.smtp_url.get_secret_value():
        lines.append(("Mails", "are sent by the server in SMTP_URL"))
    else:
        lines.append(("Mails", f"{settings.site}/outbox  (Maildir {settings.home / 'outbox'})"))
    if settings.demo_on:
        lines.append(("Demo", "made-up companies; the first digest comes within a minute"))
    lines += [("Logs", str(settings.home / "logs")), ("Stop", "Ctrl-C")]
    console.print("\n[bold green]jobalerts is running[/bold green]\n")
    for label, text in lines:
        console.print(f"  [bold]{label:<6}[/bold] {escape(text)}", soft_wrap=True, highlight=False)
    console.print()
