"""Reads `companies.yaml` and keeps the companies and boards it lists in the database."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy import Connection

from jobalerts.config import Settings
from jobalerts.domain.companies import name_key
from jobalerts.errors import ConfigError
from jobalerts.sql import alerts, boards
from jobalerts.sql.companies import known

SHIPPED = Path(__file__).with_name("companies.yaml")
LARGEST = 1024 * 1024
SOURCES = tuple(sorted(path.stem for path in Path(__file__).parents[1].glob("crawler/sources/[a-z]*.py")))
"""The kinds of boards that can be read, by their files: only the crawler loads them."""


class Company(BaseModel):
    """One entry of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=200)
    aliases: tuple[str, ...] = ()
    boards: tuple[str, ...] = Field(min_length=1)

    @field_validator("boards")
    @classmethod
    def _known_sources(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            source, _, token = name.partition("/")
            if source not in SOURCES or not token:
                raise ValueError(f"{name!r} is no board: write SOURCE/TOKEN, SOURCE one of {', '.join(SOURCES)}")
        return names


def read(settings: Settings) -> list[Company]:
    """The companies of COMPANIES_FILE, or the shipped ones; a ConfigError names the line and the company."""
    path = settings.companies_file or SHIPPED
    try:
        text = path.read_bytes()[: LARGEST + 1].decode()
    except OSError as error:
        raise ConfigError(f"COMPANIES_FILE: cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"COMPANIES_FILE: {path} is not UTF-8") from None
    if len(text) > LARGEST:
        raise ConfigError(f"COMPANIES_FILE: {path} is larger than 1 MiB")
    try:
        return parse(text)
    except ValueError as error:
        raise ConfigError(f"COMPANIES_FILE: {path}{error}") from None


def parse(text: str) -> list[Company]:
    """Read the file's text; the message of a ValueError starts with the line."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise ValueError(": YAML aliases (*name) are not allowed")
        document = yaml.safe_load(text)
        lines = _lines(yaml.compose(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ValueError(f":{mark.line + 1 if mark else 1}: {getattr(error, 'problem', error)}") from None
    if not isinstance(document, dict) or set(document) != {"companies"} or not isinstance(document["companies"], list):
        raise ValueError(":1: must be `companies:` followed by a list")
    found = [_company(entry, line) for entry, line in zip(document["companies"], lines, strict=True)]
    _refuse_doubles(found, lines)
    return found


def seed(connection: Connection, companies: list[Company], *, every_hours: int, now: datetime) -> None:
    """Insert what is new and update what changed; nothing is deleted, so doing it again is harmless.

    Of what is listed, only the boards of companies that somebody follows already are activated.
    """
    for company in companies:
        boards.put_company(connection, company.name, aliases=company.aliases)
        for name in company.boards:
            source, _, token = name.partition("/")
            boards.put(connection, source=source, token=token, company=company.name, every_hours=every_hours, now=now)
    boards.follow(connection, _followed(connection) & {name_key(company.name) for company in companies}, now)


def _followed(connection: Connection) -> set[str]:
    """Keys of the known companies in people's alerts: some were unknown when the alert was saved."""
    names = {name for alert in alerts.active(connection, demo=False) for name in alert.companies}
    return {key for key in known(connection, names).values() if key}


def _company(entry: Any, line: int) -> Company:  # noqa: ANN401 - whatever the file holds
    name = entry.get("name") if isinstance(entry, dict) else None
    try:
        company = Company.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise ValueError(f":{line}: {name or 'company'}: {f'{field}: ' if field else ''}{message}") from None
    if not name_key(company.name):
        raise ValueError(f":{line}: {company.name!r} is no company name")
    return company


def _refuse_doubles(companies: list[Company], lines: list[int]) -> None:
    names = Counter(name_key(company.name) for company in companies)
    listed = Counter(board for company in companies for board in company.boards)
    for company, line in zip(companies, lines, strict=True):
        if names[name_key(company.name)] > 1:
            raise ValueError(f":{line}: {company.name} is listed twice")
        for board in company.boards:
            if listed[board] > 1:
                raise ValueError(f":{line}: {company.name}: board {board} is listed twice")


def _lines(root: yaml.Node | None) -> list[int]:
    """The line each company starts in."""
    if not isinstance(root, yaml.MappingNode):
        return []
    lists = [value for _, value in root.value if isinstance(value, yaml.SequenceNode)]
    return [node.start_mark.line + 1 for node in lists[0].value] if lists else []
