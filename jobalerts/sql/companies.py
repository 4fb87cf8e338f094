"""Names of companies: which are known, what a typed one may mean, and the unknown ones that people asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz.distance import OSA
from sqlalchemy import Connection, select, update

from jobalerts.domain.companies import name_key
from jobalerts.sql.engine import insert
from jobalerts.sql.tables import companies, unknown_companies

SUGGESTIONS = 3
LIKE_ENOUGH = 0.78  # 1 - edits / length, two swapped letters being one edit: "stirpe" finds Stripe
SHORTEST_START = 4  # "match" finds Match Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A name somebody follows that no board is known for."""

    name_key: str
    name: str
    first_asked_at: datetime
    told_at: datetime | None


def all_names(connection: Connection, *, demo: bool = True) -> list[str]:
    """Every company's name in alphabetical order; `demo` False leaves out the made-up ones."""
    query = select(companies.c.name) if demo else select(companies.c.name).where(companies.c.is_demo.is_(False))
    return sorted(connection.execute(query).scalars(), key=str.casefold)


def known(connection: Connection, names: Iterable[str]) -> dict[str, str | None]:
    """For each typed name the key of the company it or an alias names exactly, or None; nothing is guessed."""
    wanted = {name: name_key(name) for name in names}
    if not wanted:
        return {}
    keys: dict[str, str] = {}
    for row in connection.execute(select(companies.c.name_key, companies.c.alias_keys)):
        keys |= {alias: row.name_key for alias in row.alias_keys if alias not in keys}
        keys[row.name_key] = row.name_key
    return {name: keys.get(key) for name, key in wanted.items()}


def made_up(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of these keys that are companies of the demo."""
    query = select(companies.c.name_key).where(companies.c.is_demo)
    return set(connection.execute(query).scalars()).intersection(keys)


def suggest(names: Sequence[str], typed: str) -> list[str]:
    """Names that `typed` may have meant, the likeliest first; for a person to choose from, never assumed."""
    key = name_key(typed)
    likeness = {name: _likeness(name_key(name), key) for name in names}
    likely = [name for name in names if likeness[name] >= LIKE_ENOUGH]
    return sorted(likely, key=lambda name: -likeness[name])[:SUGGESTIONS]


def remember_unknown(connection: Connection, names: Iterable[str], *, now: datetime) -> None:
    """Keep names nobody knows yet, once each, for the admin to add a board."""
    rows = {name_key(name): name for name in names}
    for key, name in rows.items():
        if key:
            values = {"name_key": key, "name": name, "first_asked_at": now}
            connection.execute(insert(connection, unknown_companies).values(values).on_conflict_do_nothing())


def unknown(connection: Connection) -> list[Unknown]:
    """What people asked for and is not covered, the newest first; a name that got its company since is left out."""
    covered = select(companies.c.name_key)
    query = (
        select(unknown_companies)
        .where(unknown_companies.c.name_key.not_in(covered))
        .order_by(unknown_companies.c.first_asked_at.desc())
    )
    return [Unknown(**row._mapping) for row in connection.execute(query)]


def mark_told(connection: Connection, keys: Iterable[str], *, now: datetime) -> None:
    """The admin has been told about these names."""
    connection.execute(
        update(unknown_companies).where(unknown_companies.c.name_key.in_(list(keys))).values(told_at=now)
    )


def _likeness(name: str, typed: str) -> float:
    if len(typed) >= SHORTEST_START and name.startswith(typed):
        return 1.0
    return OSA.normalized_similarity(name, typed)
