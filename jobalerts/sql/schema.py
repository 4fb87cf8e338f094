"""Brings a database to the schema this code needs: alembic, under a lock, so that any number may try at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from jobalerts.errors import ConfigError, needed_to_start
from jobalerts.sql.engine import is_postgresql, read, write

ADVISORY_LOCK = 7_236_401


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to `revision`; SQLite's write lock or PostgreSQL's advisory lock lets one in at a time."""
    with write(engine) as connection:
        _lock(connection)
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    with write(engine) as connection:
        _lock(connection)
        command.downgrade(_config(connection), revision)


def require_current(engine: Engine) -> None:
    """A ConfigError, with the command to run, unless the database answers and has the schema this code needs."""
    _require_file(engine)
    with needed_to_start(), read(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    needed = ScriptDirectory.from_config(_config(None)).get_current_head()
    if found != needed:
        raise ConfigError(
            f"the database has schema {found or 'none'}, this version needs {needed}: run `jobalerts migrate`"
        )


def _require_file(engine: Engine) -> None:
    """Say where the SQLite file should be instead of leaving an empty one behind."""
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if path and path != ":memory:" and not path.startswith("file:") and not Path(path).exists():
        raise ConfigError(
            f"there is no database {path} yet: run `jobalerts up`, or `jobalerts migrate` with servers of your own"
        )


def _lock(connection: Connection) -> None:
    if is_postgresql(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
