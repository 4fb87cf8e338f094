"""A small run of `make chaos`: processes are killed at random and at named points, and the books are kept outside."""

from pathlib import Path

import pytest

from tests.chaos import points
from tests.chaos.scenario import Scenario

KILLS = 8
SEEDS = {"sqlite": 20, "postgresql-rabbitmq": 21}


@pytest.mark.timeout(480)  # about a minute, most of it leases that run out; a busy machine may need longer to be quiet
@pytest.mark.parametrize("config", SEEDS)
def test_whatever_is_killed_nothing_is_lost_and_nothing_happens_that_must_not(
    request: pytest.FixtureRequest, tmp_path: Path, mongodb_url: str, mongodb_database: str, config: str
) -> None:
    environment = {"MONGODB_URL": mongodb_url, "MONGODB_DATABASE": mongodb_database}
    if config != "sqlite":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres_url")
        environment["BROKER_URL"] = request.getfixturevalue("rabbitmq_url")
    scenario = Scenario(
        config=config, home=tmp_path, environment=environment, seed=SEEDS[config], kills=KILLS, pace=1.2, patience=8.0
    )
    ledger, broken = scenario.run()
    assert broken == [], ledger.line()
    assert ledger.kills >= KILLS
    assert ledger.acknowledged > 0


@pytest.mark.parametrize("name", points.POINTS)
def test_a_named_point_is_still_there(name: str) -> None:
    assert points.found(points.POINTS[name].where)
