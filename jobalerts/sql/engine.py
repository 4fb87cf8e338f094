"""The seam between SQLite and PostgreSQL: everything that differs between them is in this module."""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    FromClause,
    String,
    and_,
    any_,
    bindparam,
    cast,
    column,
    create_engine,
    event,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql import func
from sqlalchemy.sql.schema import Table
from sqlalchemy.types import TypeDecorator, TypeEngine

from jobalerts.errors import ConfigError, TemporaryError

BUSY_TIMEOUT_S = 15
CONNECT_TIMEOUT_S = 5
POOL_TIMEOUT_S = 5
RESTED_S = 0.25
RESTS_SINCE = "rests since"
DISK_FULL = ("disk is full", "No space left on device")  # SQLite's words, PostgreSQL's
REFUSALS = (SQLAlchemyError, TypeError, ValueError)  # what is raised for a value that no database takes
BY_INDEX = {  # what `steady_clock` sets
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",  # for what is switched off counts as very expensive
}
LOST_LINE = {  # libpq's: a host that is cut off is noticed within 25 s, not after hours
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC on both databases; SQLite drops zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone is never stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_engine(url: str) -> Engine:
    """Open lazily (nothing connects yet); a URL that cannot be used is a ConfigError."""
    try:
        if url.startswith("sqlite"):
            engine = create_engine(
                url,
                pool_timeout=POOL_TIMEOUT_S,
                connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
            )
            event.listen(engine, "connect", _configure_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        engine = create_engine(
            url,
            pool_recycle=1800,
            pool_timeout=POOL_TIMEOUT_S,
            json_deserializer=orjson.loads,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S, **LOST_LINE},
        )
        event.listen(engine, "checkout", partial(_ping_if_rested, engine))
        event.listen(engine, "checkin", _rest)
        return engine
    except (SQLAlchemyError, ValueError, ImportError) as error:
        raise ConfigError(f"DATABASE_URL: {error}") from None


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write; commits at the end, rolls back on an error."""
    with _translated(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads; on SQLite it never waits for a writer."""
    with _translated(), engine.connect() as raw:
        connection = raw.execution_options(jobalerts_read_only=True)
        with connection.begin():
            yield connection


def clock(connection: Connection) -> datetime:
    """The database's own time (UTC), which all leases are measured by."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    moment: datetime = connection.execute(_NOW).scalar_one()
    return moment.astimezone(UTC)


def steady_clock(connection: Connection) -> datetime:
    """`clock`, and until the transaction ends plans that look every row up by an index.

    For statements that pick or change a few rows of a queue by their keys: the planner's statistics of a table that
    fills and empties within seconds are of another moment, and it would read all of it.
    """
    if connection.dialect.name == "sqlite":
        return clock(connection)
    moment: datetime = connection.execute(_STEADY).scalar_one()
    return moment.astimezone(UTC)


def ping(engine: Engine) -> None:
    """Return if the database answers; TemporaryError otherwise."""
    with read(engine) as connection:
        connection.execute(select(1))


def insert(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - the two dialects' Insert share no type
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update` on this database."""
    return insert_on(table, of_postgresql=is_postgresql(connection))


def insert_on(table: Table, *, of_postgresql: bool) -> Any:  # noqa: ANN401 - the two dialects' Insert share no type
    """`insert` for a statement that is made once."""
    return postgresql.insert(table) if of_postgresql else sqlite.insert(table)


def rows_of(connection: Connection, rows: Sequence[Mapping[str, Any]], **columns: TypeEngine[Any]) -> FromClause:
    """Rows of ours as a table to select and update from: one parameter, however many there are."""
    given = literal(in_one_parameter(connection, rows), String())
    return _table_in(given, columns, of_postgresql=is_postgresql(connection))


def rows_given(parameter: str, *, of_postgresql: bool, **columns: TypeEngine[Any]) -> FromClause:
    """`rows_of` for a statement that is made once: `in_one_parameter` makes the parameter's value."""
    return _table_in(bindparam(parameter, type_=String()), columns, of_postgresql=of_postgresql)


def in_one_parameter(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as the one value that `rows_given` reads."""
    passed = 0 if is_postgresql(connection) else orjson.OPT_PASSTHROUGH_DATETIME
    return orjson.dumps(rows, _as_sqlite_keeps_it, passed).decode()


def looked_up(rows: FromClause, table: FromClause, parameter: str, *, of_postgresql: bool) -> ColumnElement[bool]:
    """That rows of the table are those of `rows` by `task_id`: `ids_in` makes the parameter.

    SQLite goes from one to the other anyway. PostgreSQL might read all of the table, if it was small lately.
    """
    same: ColumnElement[bool] = table.c.task_id == rows.c.task_id
    if not of_postgresql:
        return same
    return and_(same, table.c.task_id == any_(bindparam(parameter, type_=postgresql.ARRAY(String()))))


def ids_in(connection: Connection, parameter: str, ids: Sequence[str]) -> dict[str, Any]:
    """The parameter that `looked_up` asks for."""
    return {parameter: list(ids)} if is_postgresql(connection) else {}


def is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _table_in(given: ColumnElement[str], columns: Mapping[str, TypeEngine[Any]], *, of_postgresql: bool) -> FromClause:
    if of_postgresql:
        typed = (column(name, type_) for name, type_ in columns.items())
        return func.json_to_recordset(cast(given, JSON)).table_valued(*typed).render_derived(with_types=True)
    each = func.json_each(given).table_valued("value")
    found = {name: func.json_extract(each.c.value, f"$.{name}") for name in columns}
    return select(*(type_coerce(found[name], columns[name]).label(name) for name in columns)).subquery()


def _as_sqlite_keeps_it(value: Any) -> str:  # noqa: ANN401 - a datetime
    text: str = value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return text


_NOW = select(func.clock_timestamp())
_STEADY = select(
    func.clock_timestamp(), func.concat(*(func.set_config(name, value, True) for name, value in BY_INDEX.items()))
)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if any(words in str(error.orig) for words in DISK_FULL):
            raise TemporaryError(
                f"the disk of the SQL database is full: free some space ({_line(error.orig)})"
            ) from error
        raise TemporaryError(f"the SQL database does not answer: {_line(error.orig)}") from error
    except NoConnectionFree as error:
        raise TemporaryError("the SQL database does not answer: all connections wait for it") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise TemporaryError(f"the SQL database went away: {_line(error.orig)}") from error
        raise


def _line(error: BaseException | None) -> str:
    """libpq advises in further lines."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _rest(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[RESTS_SINCE] = time.monotonic()


def _ping_if_rested(engine: Engine, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Like `pool_pre_ping`, but a connection that was used a moment ago needs none."""
    if time.monotonic() - record.info.get(RESTS_SINCE, -math.inf) > RESTED_S:
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error  # the pool opens another one


def _configure_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_S * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("jobalerts_read_only")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
