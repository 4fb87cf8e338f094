"""`jobalerts doctor`: asks everything the programs need, and says in one line each what is wrong and what to do."""

import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Engine

from jobalerts import browsers
from jobalerts.broker.opening import open_broker
from jobalerts.config import Settings
from jobalerts.domain.alarms import alarms
from jobalerts.errors import JobalertsError, TemporaryError
from jobalerts.mongo.store import open_store
from jobalerts.sql import gauges, notices, schema
from jobalerts.sql.engine import open_engine, read

CONNECT_S = 5
SMTP_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was asked; `detail` is what it is, or what is wrong with it."""

    name: str
    is_well: bool
    detail: str
    is_needed: bool = True
    """Without it the programs cannot do what everybody uses; else it is told, and no failure."""


def findings(settings: Settings, *, stores_only: bool = False) -> list[Finding]:
    """Ask each part in turn; `settings` are resolved. Nothing is raised: what fails is a finding."""
    engine = open_engine(settings.sql_url)
    stores: dict[str, Callable[[], str]] = {
        "SQL database": lambda: _sql(engine),
        "MongoDB": lambda: _mongo(settings),
        "Queues": lambda: _broker(settings, engine),
    }
    others: dict[str, Callable[[], str]] = {
        "Home": lambda: _home(settings),
        "Mail server": lambda: _smtp(settings),
        "Programs": lambda: _programs(engine, settings),
        "Site": lambda: _site(settings),
    }
    try:
        found = [_asked(name, ask) for name, ask in (stores if stores_only else stores | others).items()]
        return found if stores_only else [*found, _browser()]
    finally:
        engine.dispose()


def _asked(name: str, ask: Callable[[], str]) -> Finding:
    try:
        return Finding(name=name, is_well=True, detail=ask())
    except (JobalertsError, OSError) as error:
        return Finding(name=name, is_well=False, detail=str(error))


def _browser() -> Finding:
    missing = browsers.missing()
    detail = "there, with its driver, for boards of the source `browser`"
    if missing:
        detail = f"only boards of the source `browser` need it: install {' and '.join(missing)} if you have such"
    return Finding(name="Chromium", is_well=not missing, is_needed=False, detail=detail)


def _home(settings: Settings) -> str:
    if not settings.home.exists():
        raise FileNotFoundError(f"JOBALERTS_HOME: there is no folder {settings.home} yet: run `jobalerts up`")
    if not os.access(settings.home, os.W_OK):
        raise PermissionError(f"JOBALERTS_HOME: {settings.home} cannot be written")
    return f"{settings.home}, Python {sys.version.split()[0]}"


def _sql(engine: Engine) -> str:
    schema.require_current(engine)
    return f"{engine.dialect.name}, schema is current"


def _mongo(settings: Settings) -> str:
    store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
    try:
        store.ping()
    finally:
        store.close()
    return f"answers, database {settings.mongodb_database}"


def _broker(settings: Settings, engine: Engine) -> str:
    broker = open_broker(settings, engine)
    try:
        broker.ping()
    finally:
        broker.close()
    return "RabbitMQ answers" if settings.broker_url.get_secret_value() else "in the SQL database"


def _smtp(settings: Settings) -> str:
    parts = urlsplit(settings.smtp_url.get_secret_value())
    address = (parts.hostname or "", parts.port or SMTP_PORTS.get(parts.scheme, 25))
    with socket.create_connection(address, timeout=CONNECT_S):
        return f"{address[0]}:{address[1]} accepts connections"


def _programs(engine: Engine, settings: Settings) -> str:
    """The same alarms that the operator is told of, as they stand now."""
    with read(engine) as connection:
        found = gauges.gauges(connection)
        wrong = [notice.subject for notice in notices.open_notices(connection)]
    wrong += [alarm.subject for alarm in alarms(found, time_limit=settings.job_timeout)]
    if wrong:
        raise TemporaryError(f"{'; '.join(dict.fromkeys(wrong))}: see {settings.site}/stats")
    return f"scheduler and mailer go round, {found.workers} worker{'' if found.workers == 1 else 's'} alive"


def _site(settings: Settings) -> str:
    with socket.create_connection(("127.0.0.1", settings.port), timeout=CONNECT_S):
        return f"{settings.site} listens"
