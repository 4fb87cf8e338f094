"""`jobalerts doctor` names programs that are missing and what the operator was told."""

from pydantic import SecretStr
from sqlalchemy import Engine

from jobalerts.checkup import findings
from jobalerts.config import Settings
from jobalerts.sql import notices, rounds, workers
from jobalerts.sql.engine import write
from jobalerts.sql.rounds import Process, Round
from jobalerts.sql.workers import Capacity


def programs(settings: Settings, engine: Engine, mongodb_url: str) -> tuple[bool, str]:
    changes = {"database_url": f"sqlite:///{engine.url.database}", "mongodb_url": SecretStr(mongodb_url)}
    (found,) = [one for one in findings(settings.model_copy(update=changes)) if one.name == "Programs"]
    return found.is_well, found.detail


def test_a_missing_browser_is_told_and_is_no_failure(settings: Settings, sqlite_engine: Engine) -> None:
    changes = {"database_url": f"sqlite:///{sqlite_engine.url.database}"}
    (found,) = [one for one in findings(settings.model_copy(update=changes)) if one.name == "Chromium"]
    assert not found.is_needed
    assert "source `browser`" in found.detail


def test_doctor_names_what_is_missing_and_what_lasts(
    settings: Settings, sqlite_engine: Engine, mongodb_url: str
) -> None:
    is_well, detail = programs(settings, sqlite_engine, mongodb_url)
    assert not is_well
    assert detail.startswith("No scheduler is running; No mailer is running; No worker is running: see http")

    with write(sqlite_engine) as connection:
        workers.beat(connection, name="host:9", host="host", capacity=Capacity(slots=2))
        for program in ("scheduler", "mailer"):
            rounds.save(
                connection,
                Process(name=f"host:{program}", program=program, age=1),
                [Round(work="x", good_ago=1, error="")],
            )
    assert programs(settings, sqlite_engine, mongodb_url) == (True, "scheduler and mailer go round, 1 worker alive")

    with write(sqlite_engine) as connection:
        notices.tell_once(connection, "x", "The mail server refuses our mails", "535")
    is_well, detail = programs(settings, sqlite_engine, mongodb_url)
    assert not is_well
    assert "The mail server refuses our mails" in detail
