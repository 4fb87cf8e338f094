"""`.env.example` and docs/settings.md name every setting, and nothing else."""

import re
from pathlib import Path

import pytest

from jobalerts.config import Settings

ROOT = Path(__file__).parents[2]
SETTINGS = {name.upper() for name in Settings.model_fields}
OF_COMPOSE = {"POSTGRES_PASSWORD", "RABBITMQ_PASSWORD"}


def test_the_example_names_every_setting_and_nothing_else() -> None:
    named = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)
    assert sorted(named) == sorted(SETTINGS | OF_COMPOSE)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_the_page_of_settings_explains_each_one(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "settings.md").read_text()
