"""The companies behind boards: under which names they are followed, and which boards somebody follows."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from jobalerts.domain.alert import Alert
from jobalerts.domain.companies import Employers, employers, name_key
from jobalerts.sql.tables import boards, companies


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedBoard:
    """An active board and the company that publishes there."""

    id: str
    company: str


def load(connection: Connection) -> Employers:
    """Every known company and board, for telling a posting's employer."""
    keys = {
        row.id: (row.name_key, *row.alias_keys)
        for row in connection.execute(select(companies.c.id, companies.c.name_key, companies.c.alias_keys))
    }
    rows = connection.execute(select(boards.c.id, boards.c.company_id))
    return employers(keys.values(), {row.id: keys[row.company_id] for row in rows})


def followed_boards(connection: Connection, alerts: Iterable[Alert], *, demo_user: bool) -> list[FollowedBoard]:
    """The active boards that these alerts get postings from, by company; an alert without names follows all of them."""
    alerts = list(alerts)
    wanted = {name_key(name) for alert in alerts for name in alert.companies}
    takes_all = any(not alert.companies for alert in alerts)
    query = (
        select(boards.c.id, boards.c.is_demo, companies.c.name, companies.c.name_key, companies.c.alias_keys)
        .join(companies, companies.c.id == boards.c.company_id)
        .where(boards.c.active)
        .order_by(companies.c.name, boards.c.id)
    )
    return [
        FollowedBoard(id=row.id, company=row.name)
        for row in connection.execute(query)
        if (takes_all or wanted & {row.name_key, *row.alias_keys}) and (demo_user or not row.is_demo)
    ]
