"""Boards and the companies they belong to. A listed board is inactive until its company is followed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update
from uuid_utils import uuid7

from jobalerts.domain.companies import name_key
from jobalerts.domain.timetable import next_slot, spread
from jobalerts.errors import PermanentError
from jobalerts.sql import schedules, tasks
from jobalerts.sql.engine import insert
from jobalerts.sql.tables import boards, companies
from jobalerts.sql.tables import schedules as schedule_rows

CRAWL = "crawl"


class NoSuchBoard(PermanentError):
    """No board has this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A row of `boards` with its company's name; `disabled_at` is set by an admin only."""

    id: str
    source: str
    token: str
    company: str
    company_key: str
    base_url: str | None
    active: bool
    disabled_at: datetime | None
    is_demo: bool
    next_due_at: datetime | None


def all_boards(connection: Connection) -> list[Board]:
    """Every board by company, then id."""
    return [_board(row) for row in connection.execute(_query().order_by(companies.c.name_key, boards.c.id))]


def one(connection: Connection, board_id: str) -> Board:
    """The board, or NoSuchBoard."""
    row = connection.execute(_query().where(boards.c.id == board_id)).one_or_none()
    if row is None:
        raise NoSuchBoard(f"there is no board {board_id}: `jobalerts boards list` shows all, `boards add` adds one")
    return _board(row)


def put_company(connection: Connection, name: str, *, aliases: Iterable[str] = (), is_demo: bool = False) -> str:
    """Insert the company or bring its name and aliases up to date; return its id."""
    key = name_key(name)
    if not key:
        raise PermanentError(f"{name!r} is no company name")
    alias_keys = sorted({name_key(alias) for alias in aliases} - {key, ""})
    values: dict[str, Any] = {"name": name, "alias_keys": alias_keys, "is_demo": is_demo}
    statement = insert(connection, companies).values(id=str(uuid7()), name_key=key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name_key"], set_=values))
    return str(connection.execute(select(companies.c.id).where(companies.c.name_key == key)).scalar_one())


def put(
    connection: Connection,
    *,
    source: str,
    token: str,
    company: str,
    every_hours: int,
    now: datetime,
    base_url: str | None = None,
    is_demo: bool = False,
) -> Board:
    """Insert the board, inactive, or bring it up to date; `put_company` comes first. None keeps the address it has."""
    board_id = f"{source}/{token}"
    query = select(companies.c.id).where(companies.c.name_key == name_key(company))
    values: dict[str, Any] = {"company_id": connection.execute(query).scalar_one()}
    if base_url is not None:
        values["base_url"] = base_url
    row = {"id": board_id, "source": source, "token": token, "active": False, "is_demo": is_demo, "created_at": now}
    statement = insert(connection, boards).values(**row, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    _put_schedule(connection, board_id, company, every_hours=every_hours, now=now)
    return one(connection, board_id)


def follow(connection: Connection, company_keys: Collection[str], now: datetime) -> list[str]:
    """Activate the boards of companies somebody follows and have them crawled at once; return their ids.

    A board an admin has disabled stays as it is, and one that is active already is not crawled again for this.
    """
    if not company_keys:
        return []
    query = (
        select(boards.c.id)
        .join(companies, companies.c.id == boards.c.company_id)
        .where(companies.c.name_key.in_(list(company_keys)), boards.c.active.is_(False), boards.c.disabled_at.is_(None))
    )
    ids = list(connection.execute(query).scalars())
    _activate(connection, ids, now)
    return ids


def enable(connection: Connection, board_id: str, now: datetime) -> Board:
    """Activate the board, by an admin, and have it crawled at once."""
    if not one(connection, board_id).active:
        _activate(connection, [board_id], now)
    return one(connection, board_id)


def disable(connection: Connection, board_id: str, now: datetime) -> Board:
    """Stop crawling the board until an admin enables it again; a crawl that runs goes on."""
    one(connection, board_id)
    connection.execute(update(boards).where(boards.c.id == board_id).values(active=False, disabled_at=now))
    schedules.set_due(connection, board_id, None)
    return one(connection, board_id)


def crawl_now(connection: Connection, board_id: str, now: datetime) -> tasks.Task:
    """Ask for one crawl of the board, active or not."""
    board = one(connection, board_id)
    return tasks.request(connection, kind=CRAWL, board=board.id, args={"company": board.company}, now=now)


def set_note(connection: Connection, board_id: str, note: str) -> None:
    """What an admin has to say on the board's robots.txt and terms."""
    one(connection, board_id)
    connection.execute(update(boards).where(boards.c.id == board_id).values(note=note))


def disabled(connection: Connection) -> frozenset[str]:
    """Boards that an admin has disabled: nobody is mailed their postings."""
    query = select(boards.c.id).where(boards.c.disabled_at.is_not(None), boards.c.active.is_(False))
    return frozenset(connection.execute(query).scalars())


def disabled_before(connection: Connection, moment: datetime) -> list[str]:
    """Boards that an admin has disabled before then, and nobody has enabled since."""
    query = select(boards.c.id).where(boards.c.disabled_at < moment, boards.c.active.is_(False))
    return sorted(connection.execute(query).scalars())


def _activate(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    connection.execute(update(boards).where(boards.c.id.in_(ids)).values(active=True, disabled_at=None))
    for board_id in ids:
        schedules.set_due(connection, board_id, now)


def _put_schedule(connection: Connection, board_id: str, company: str, *, every_hours: int, now: datetime) -> None:
    """Keep when the board is due, unless its timetable has changed."""
    before = schedules.of_board(connection, board_id)
    args = {"job_type": None, "location": None, "company": company}
    after = schedules.put(
        connection, kind=CRAWL, board=board_id, cron=spread(board_id, every_hours), args=args, now=now
    )
    if before is not None and before.next_due_at is not None and before.cron != after.cron:
        schedules.set_due(connection, board_id, next_slot(after.cron, after.timezone, after=now))


def _query() -> Select[Any]:
    columns = [boards.c[name] for name in ("id", "source", "token", "base_url", "active", "disabled_at", "is_demo")]
    company = (companies.c.name.label("company"), companies.c.name_key.label("company_key"))
    return (
        select(*columns, *company, schedule_rows.c.next_due_at)
        .join(companies, companies.c.id == boards.c.company_id)
        .outerjoin(schedule_rows, schedule_rows.c.board == boards.c.id)
    )


def _board(row: Any) -> Board:  # noqa: ANN401 - a row of `_query`
    return Board(**row._mapping)
