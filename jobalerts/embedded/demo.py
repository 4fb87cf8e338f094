"""Puts the made-up companies, their boards and a demo user into the database; doing it again changes nothing."""

from datetime import datetime

from sqlalchemy import Connection

from jobalerts import registration
from jobalerts.embedded.demo_boards.companies import COMPANIES
from jobalerts.sql import alerts, boards, users
from jobalerts.sql.alerts import Wanted
from jobalerts.sql.boards import Board

DEMO_EMAIL = "demo@jobalerts.example"
DEMO_WANTED = Wanted(
    job_types=("software_engineer", "data_engineer"),
    years="3-5",
    countries=("GB", "IE", "DE", "NL", "FR"),
    companies=tuple(company.name for company in COMPANIES),
)


def seed(connection: Connection, *, demo_url: str, every_hours: int, now: datetime) -> None:
    """Keep the boards at the address the demo server has now; the user follows all of them from the first time on."""
    for company in COMPANIES:
        boards.put_company(connection, company.name, is_demo=True)
        boards.put(
            connection,
            source=company.source,
            token=company.token,
            company=company.name,
            base_url=demo_url,
            every_hours=every_hours,
            is_demo=True,
            now=now,
        )
    if all(board.disabled_at for board in _demo_boards(connection)):  # the demo had been switched off
        for board in _demo_boards(connection):
            boards.enable(connection, board.id, now)
    user = users.add(connection, username="Demo", email=DEMO_EMAIL, confirmed=True, is_demo=True, now=now)
    if user:
        alert = alerts.add(connection, user.id, DEMO_WANTED, now=now)
        registration.follow(connection, alert, now=now)


def retire(connection: Connection, *, now: datetime) -> None:
    """Crawl no demo board any more: the demo is off, so nobody serves them."""
    for board in _demo_boards(connection):
        if board.active:
            boards.disable(connection, board.id, now)


def _demo_boards(connection: Connection) -> list[Board]:
    return [board for board in boards.all_boards(connection) if board.is_demo]
