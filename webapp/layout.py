"""What pages of every family ask for: addresses of assets, entries of the menu, how often boards are read."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import pycountry
from flask import Flask, current_app, url_for

from jobalerts.domain.places import country_name
from jobalerts.sql.users import User
from webapp.pages.outbox import is_for_all
from webapp.services import services

STATIC = Path(__file__).parent / "static"


def init_layout(app: Flask) -> None:
    app.jinja_env.globals.update(asset=asset, has_outbox=has_outbox, country_names=country_names, how_often=how_often)


def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep it."""
    return url_for("static", filename=name, v=_version(name))


def has_outbox(person: User | None) -> bool:
    """Whether this person sees the entry Outbox."""
    allowed = is_for_all(services().settings) or (person is not None and person.is_admin)
    return bool(current_app.config["HAS_OUTBOX"]) and allowed


def how_often() -> str:
    """How often a board is read: "every 6 hours", "every hour"."""
    hours = services().settings.crawl_every_hours
    return f"every {hours} hours" if hours > 1 else "every hour"


@cache
def country_names() -> tuple[str, ...]:
    return tuple(sorted(country_name(country.alpha_2) for country in pycountry.countries))


@cache
def _version(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]
