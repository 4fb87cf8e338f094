"""Schemathesis reads the OpenAPI document and sends what fits it and what does not, as three kinds of caller."""

import re
from datetime import datetime
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, strategies
from schemathesis import Case
from schemathesis.config import (
    ChecksConfig,
    GenerationConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from sqlalchemy import Engine

from tests.component.api.conftest import bearer
from tests.component.api.rows import BOARD, save_board, save_task
from webapp import rate_limits
from webapp.api.bodies import NO_CONTROLS
from webapp.api.openapi import document
from webapp.rate_limits import RateLimits
from webapp.services import EXTENSION

EXAMPLES = 10
UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SOONEST, LATEST = datetime(1, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001 - of UTC; `run_at` is within a year
LOOPBACK = "127.0.0.1"
# What no JSON schema says: precondition headers name versions, and words have meanings.
UNDERSTOOD = (412,)

schemathesis.openapi.format("line", strategies.text("abcdefgh <>'\"éß漢", min_size=1, max_size=80).filter(str.strip))
schemathesis.openapi.format(
    "company", strategies.text("abcdefgh&.-é", min_size=1, max_size=200).map(lambda name: f"a{name[1:]}")
)
schemathesis.openapi.format("country", strategies.sampled_from(["DE", "Germany", "nl", "Deutschland", "UK", "US"]))
schemathesis.openapi.format("password", strategies.text(min_size=20, max_size=1024))
schemathesis.openapi.format("email", strategies.from_regex(r"\A[a-z]{1,20}@[a-z]{1,20}\.(com|org)\Z"))
schemathesis.openapi.format("date-time", strategies.datetimes(SOONEST, LATEST).map(lambda at: f"{at.isoformat()}Z"))


def _config() -> SchemathesisConfig:
    accepted = PositiveDataAcceptanceConfig(
        expected_statuses=[*PositiveDataAcceptanceConfig._DEFAULT_EXPECTED_STATUSES, *UNDERSTOOD]
    )
    project = ProjectConfig(
        checks=ChecksConfig(positive_data_acceptance=accepted), generation=GenerationConfig(deterministic=True)
    )
    return SchemathesisConfig(projects=ProjectsConfig(default=project))


schema = schemathesis.openapi.from_dict(document(), config=_config())
few_examples = hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@schema.parametrize()
@few_examples
def test_every_operation_keeps_to_the_document_for_anybody(case: Case, app: Flask) -> None:
    _call(case, app, {})


@schema.include(tag="tasks").parametrize()
@few_examples
def test_the_tasks_keep_to_the_document_for_a_user(case: Case, app: Flask, ada_token: str, task_id: str) -> None:
    _call(_of(task_id, case), app, bearer(ada_token))


@schema.include(tag="tasks").parametrize()
@few_examples
def test_the_tasks_keep_to_the_document_for_an_admin(case: Case, app: Flask, admin_token: str, task_id: str) -> None:
    _call(_of(task_id, case), app, bearer(admin_token))


@schema.include(tag=["dead_letters", "workers"]).parametrize()
@few_examples
def test_the_machinery_keeps_to_the_document_for_an_admin(case: Case, app: Flask, admin_token: str) -> None:
    _call(case, app, bearer(admin_token))


@schema.include(tag="boards").parametrize()
@few_examples
def test_the_boards_keep_to_the_document_for_an_admin(
    case: Case, app: Flask, admin_token: str, sqlite_engine: Engine
) -> None:
    save_board(sqlite_engine)
    if isinstance(case.path_parameters, dict):
        case.path_parameters |= dict(zip(("source", "token"), BOARD.split("/"), strict=True))
    _call(case, app, bearer(admin_token))


@pytest.fixture
def task_id(sqlite_engine: Engine) -> str:
    save_board(sqlite_engine)
    return save_task(sqlite_engine, status="running", message="x", worker="w", epoch=1)


def _of(task_id: str, case: Case) -> Case:
    """The same request about a task or a board that is there."""
    if isinstance(case.path_parameters, dict) and UUID_FORM.fullmatch(str(case.path_parameters.get("task_id"))):
        case.path_parameters["task_id"] = task_id
    board = case.body.get("board") if isinstance(case.body, dict) else None
    if isinstance(board, str) and re.search(NO_CONTROLS, board) and 0 < len(board) <= 300:
        case.body["board"] = BOARD
    return case


def _call(case: Case, app: Flask, headers: dict[str, str]) -> None:
    hypothesis.assume(_is_meant(case))
    _forgive(app.extensions[EXTENSION].limits, case)
    case.operation.schema.app = app  # its probes without a token go to this test's application too
    case.call_and_validate(app=app, headers=headers)


def _is_meant(case: Case) -> bool:
    """JSON schema cannot say that `done` is at most `total`."""
    body = case.body if isinstance(case.body, dict) else {}
    progress: Any = body.get("progress")
    if not isinstance(progress, dict):
        return True
    done, total = progress.get("done"), progress.get("total")
    return not (isinstance(done, int | float) and isinstance(total, int | float) and done > total)


def _forgive(limits: RateLimits, case: Case) -> None:
    for rule in (rate_limits.REGISTER, rate_limits.SIGN_IN, rate_limits.TOKEN):
        limits.forgive(rule, LOOPBACK)
    email = case.body.get("email") if isinstance(case.body, dict) else None
    if isinstance(email, str):
        limits.forgive(rate_limits.SIGN_IN_ACCOUNT, email.strip().casefold())
