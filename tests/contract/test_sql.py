"""What SQLite and PostgreSQL both promise behind `jobalerts.sql.engine`."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from jobalerts.broker import MAIL_SEND
from jobalerts.errors import ConfigError, TemporaryError
from jobalerts.sql import outbox, schema
from jobalerts.sql.engine import clock, insert, open_engine, read, write
from jobalerts.sql.tables import boards, companies, facts, metadata, users

NOW = datetime(2026, 11, 20, 12, 30, 15, 123456, tzinfo=UTC)


def add_user(engine: Engine, user_id: str, *, email: str = "ada@example.org", at: datetime = NOW) -> None:
    with write(engine) as connection:
        connection.execute(
            users.insert().values(
                id=user_id, username="Ada", email=email, email_key=email, session_salt="salt", created_at=at
            )
        )


def test_the_schema_goes_up_down_and_up_again(engine: Engine) -> None:
    schema.require_current(engine)
    schema.downgrade(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.migrate(engine)
    schema.require_current(engine)
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())


def test_the_migrations_make_what_the_tables_say(engine: Engine) -> None:
    schema.require_current(engine)
    found = inspect(engine)
    for name, table in metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys()), name
        indexes = {index["name"] for index in found.get_indexes(name)}
        assert {index.name for index in table.indexes} <= indexes, name


def test_several_programs_may_migrate_at_once(engine: Engine) -> None:
    schema.downgrade(engine)
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(schema.migrate, engine) for _ in range(3)]:
            done.result()
    schema.require_current(engine)


def test_an_old_schema_is_named_with_the_command_that_helps(engine: Engine) -> None:
    schema.downgrade(engine)
    with pytest.raises(ConfigError, match="run `jobalerts migrate`"):
        schema.require_current(engine)


def test_a_database_that_was_never_made_is_named_with_the_command_that_helps(tmp_path: Path) -> None:
    path = tmp_path / "home" / "jobalerts.db"
    with pytest.raises(ConfigError, match=rf"no database {path} yet: run `jobalerts up`"):
        schema.require_current(open_engine(f"sqlite:///{path}"))
    path.parent.mkdir()
    with pytest.raises(ConfigError, match="yet: run `jobalerts up`"):
        schema.require_current(open_engine(f"sqlite:///{path}"))
    assert not path.exists()


def test_a_moment_comes_back_as_it_was_in_utc(engine: Engine) -> None:
    add_user(engine, "1", at=NOW.astimezone(timezone(timedelta(hours=5, minutes=30))))
    with read(engine) as connection:
        found = connection.execute(select(users.c.created_at)).scalar_one()
    assert found == NOW
    assert found.utcoffset() == timedelta(0)


def test_moments_are_compared_in_utc(engine: Engine) -> None:
    add_user(engine, "1")
    earlier = (NOW - timedelta(seconds=1)).astimezone(timezone(timedelta(hours=-8)))
    with read(engine) as connection:
        query = select(users.c.id).where(users.c.created_at > earlier)
        assert connection.execute(query).scalar_one() == "1"


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        add_user(engine, "1", at=NOW.replace(tzinfo=None))


def test_one_account_an_address(engine: Engine) -> None:
    add_user(engine, "1")
    with pytest.raises(IntegrityError):
        add_user(engine, "2")


def test_a_row_that_points_nowhere_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), write(engine) as connection:
        connection.execute(
            boards.insert().values(
                id="lever/x", source="lever", token="x", company_id="nobody", created_at=NOW, active=False
            )
        )


def test_an_insert_may_pass_over_what_exists(engine: Engine) -> None:
    with write(engine) as connection:
        for name in ("Acme", "Acme again"):
            values = {"id": name, "name": name, "name_key": "acme", "alias_keys": []}
            connection.execute(insert(connection, companies).values(values).on_conflict_do_nothing())
    with read(engine) as connection:
        assert connection.execute(select(companies.c.name)).scalars().all() == ["Acme"]


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    def half() -> None:
        with write(engine) as connection:
            outbox.add(connection, MAIL_SEND, mail_id="1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with read(engine) as connection:
        assert outbox.waiting(connection) == 0


def test_the_clock_of_the_database_goes_on_within_a_transaction(engine: Engine) -> None:
    with write(engine) as connection:
        first = clock(connection)
        assert first.utcoffset() == timedelta(0)
        assert clock(connection) > first


def test_writers_wait_for_each_other_and_lose_nothing(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(facts.insert().values(name="count", value=0))

    def count() -> None:
        for _ in range(25):
            with write(engine) as connection:
                query = select(facts.c.value).where(facts.c.name == "count").with_for_update()
                value = connection.execute(query).scalar_one()
                connection.execute(update(facts).where(facts.c.name == "count").values(value=value + 1))

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(count) for _ in range(4)]:
            done.result()
    with read(engine) as connection:
        assert connection.execute(select(facts.c.value)).scalar_one() == 100


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with write(engine) as writing:
        outbox.add(writing, MAIL_SEND, mail_id="1")
        with read(engine) as reading:
            assert outbox.waiting(reading) == 0


def test_two_relays_never_hold_the_same_message(engine: Engine) -> None:
    with write(engine) as connection:
        outbox.add_each(connection, MAIL_SEND, [{"mail_id": str(number)} for number in range(40)])
    both_began = threading.Barrier(2)

    def relay() -> list[int]:
        taken: list[int] = []
        both_began.wait(30)
        while True:
            with write(engine) as connection:
                pending = outbox.claim(connection, 5)
                outbox.drop(connection, [one.id for one in pending])
            if not pending:
                return taken
            taken += [one.id for one in pending]

    with ThreadPoolExecutor(2) as pool:
        first, second = [pool.submit(relay) for _ in range(2)]
    ids = first.result() + second.result()
    assert len(ids) == len(set(ids)) == 40


def test_messages_leave_the_outbox_in_order_and_with_their_version(engine: Engine) -> None:
    with write(engine) as connection:
        outbox.add(connection, MAIL_SEND, mail_id="1")
        outbox.add(connection, MAIL_SEND, mail_id="2")
    with write(engine) as connection:
        bodies = [message.body for row in outbox.claim(connection, 10) for message in row.messages]
    assert bodies == [{"v": 1, "mail_id": "1"}, {"v": 1, "mail_id": "2"}]


def test_a_database_that_is_away_may_come_back() -> None:
    away = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(TemporaryError, match="SQL database"), read(away):
        pass


def test_a_program_whose_connections_all_wait_may_try_again(engine: Engine) -> None:
    with ExitStack() as held, pytest.raises(TemporaryError, match="all connections"):
        _hold_all(engine, held)
    with read(engine) as connection:
        assert clock(connection)


def _hold_all(engine: Engine, held: ExitStack) -> None:
    while True:
        held.enter_context(read(engine))


def test_a_malformed_address_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        open_engine("postgresql+nonsense://x")
