"""Asking "did you mean …?" about company names nobody knows: suggested, never assumed, and asked once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

from jobalerts.domain.companies import name_key
from jobalerts.sql import companies
from webapp.forms import typed_names

MOST_ASKED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A typed name that is like known ones."""

    typed: str
    choices: tuple[str, ...]


def answered(form: MultiDict[str, str], typed: str) -> str:
    """The typed list of names with the answers (`typed-0`, `meant-0`, …) put in."""
    if "typed-0" not in form:
        return typed
    meant = {name_key(form.get(f"typed-{index}", "")): form.get(f"meant-{index}", "") for index in range(MOST_ASKED)}
    return ", ".join(meant.get(name_key(name)) or name for name in typed_names(typed))


def open_questions(connection: Connection, names: Sequence[str], form: MultiDict[str, str]) -> list[Question]:
    """What to ask about the names that are still unknown and were not asked about before."""
    asked = {name_key(form.get(f"typed-{index}", "")) for index in range(MOST_ASKED)}
    known = companies.known(connection, names)
    unknown = [name for name, key in known.items() if key is None and name_key(name) not in asked]
    every = companies.all_names(connection, demo=False) if unknown else []
    questions = (Question(typed=name, choices=tuple(companies.suggest(every, name))) for name in unknown)
    return [question for question in questions if question.choices][:MOST_ASKED]
