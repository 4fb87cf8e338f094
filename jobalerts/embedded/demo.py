"""Puts the made-up companies, their boards and a demo user into the database; doing it again changes nothing."""

from datetime import datetime

from sqlalchemy import Connection

from jobalerts import registration
from jobalerts.embedded.demo_boards.companies import COMPANIES
from jobalerts.sql import alerts, boards, users
from jobalerts.sql.alerts import Wanted

DEMO_EMAIL = "demo@jobalerts.example"
DEMO_WANTED = Wanted(
    job_types=("software_engineer", "data_engineer", "frontend_engineer"),
    years="3-5",
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
    user = users.add(connection, username="Demo", email=DEMO_EMAIL, confirmed=True, is_demo=True, now=now)
    if user:
        alert = alerts.add(connection, user.id, DEMO_WANTED, now=now)
        registration.follow(connection, alert, now=now)
