"""`jobalerts boards` with arguments that cannot be right: one line, exit 2, and nothing is changed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from jobalerts import config
from jobalerts.errors import ConfigError
from scheduler.board_commands import boards


@pytest.mark.parametrize("company", ["", " ", "!!!", "x" * 201])
def test_a_board_is_added_for_a_company_with_a_name_people_can_follow(company: str) -> None:
    answer = CliRunner().invoke(boards, ["add", "lever", "acme", "--company", company])
    assert isinstance(answer.exception, ConfigError)
    assert "--company must have a letter or digit and at most 200 characters" in str(answer.exception)


@pytest.mark.parametrize("token", ["..", "a/../b", "./a"])
def test_a_board_is_not_added_whose_page_no_browser_reaches(token: str) -> None:
    answer = CliRunner().invoke(boards, ["add", "lever", token, "--company", "Acme"])
    assert isinstance(answer.exception, ConfigError)
    assert "TOKEN must not hold" in str(answer.exception)


def test_without_a_database_the_commands_say_how_one_is_made(tmp_path: Path) -> None:
    home = tmp_path / "none"
    answer = CliRunner(env={"JOBALERTS_HOME": str(home), "DATABASE_URL": ""}).invoke(boards, ["list"])
    assert isinstance(answer.exception, ConfigError)
    assert f"no database {home / 'jobalerts.db'} yet: run `jobalerts up`" in str(answer.exception)
    assert not home.exists()


@pytest.mark.parametrize("port", ["0", "-1", "65536", "abc"])
def test_a_port_nobody_could_be_told_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(ConfigError, match=r"^PORT: "):
        config.load()


def test_a_level_of_logs_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(ConfigError, match="LOG_LEVEL must be one of DEBUG, INFO"):
        config.load()
