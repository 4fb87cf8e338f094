"""`jobalerts boards`: what it says, and one line, exit 2 and nothing changed for arguments that cannot be right."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.commands import crawl
from jobalerts import config
from jobalerts.errors import ConfigError
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine
from scheduler.board_commands import boards

Run = Callable[..., str]


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


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`jobalerts boards …` on a database of its own: what it printed."""
    environment = {"JOBALERTS_HOME": str(tmp_path), "DATABASE_URL": "", "COLUMNS": "40"}
    schema.migrate(open_engine(f"sqlite:///{tmp_path / 'jobalerts.db'}"))
    return lambda *arguments: CliRunner(env=environment).invoke(boards, arguments, catch_exceptions=False).output


def test_what_will_happen_to_a_board_is_said_in_words(run: Run) -> None:
    assert (
        run("add", "lever", "acme", "--company", "Acme") == "lever/acme (Acme): crawled now, and then every 6 hours\n"
    )
    assert run("disable", "lever/acme") == "lever/acme: disabled, it is not crawled any more\n"
    assert run("enable", "lever/acme") == "lever/acme: crawled now, and then every 6 hours\n"
    waiting = run("add", "lever", "other", "--company", "Other", "--no-activate")
    assert waiting == "lever/other (Other): listed, and crawled as soon as somebody follows Other\n"


@pytest.mark.parametrize(
    ("source", "token", "why"),
    [
        ("page", "/nope.yaml", "/nope.yaml cannot be read: No such file or directory"),
        ("browser", "-x", "-x is not the name of a YAML file"),
        ("workday", "a b", "write tenant.wdN/site"),
    ],
)
def test_a_token_that_its_source_does_not_take_is_refused_in_the_words_of_a_crawl(
    source: str, token: str, why: str, run: Run
) -> None:
    with pytest.raises(ConfigError) as refused:
        run("add", "--company", "Acme", "--", source, token)
    with pytest.raises(ConfigError) as of_crawl:
        crawl.main(["--dry-run", "--", source, token], standalone_mode=False)
    assert why in str(refused.value)
    assert str(refused.value) == str(of_crawl.value)
    assert len(run("list").splitlines()) == 1, "nothing is kept"


def test_the_source_is_asked_with_the_files_of_the_token(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "acme.yaml"
    rules.write_text("url: https://acme.example/careers\nitem: li\nfields: {title: h3, url: a@href}\n")
    assert f"page/{rules} (Acme): crawled now" in run("add", "page", str(rules), "--company", "Acme")


def test_the_list_cuts_no_board_however_narrow_the_terminal_is(run: Run) -> None:
    token = "a" * 120
    run("add", "lever", token, "--company", "Acme", "--no-activate")
    heading, row = run("list").splitlines()
    assert heading.split() == ["BOARD", "COMPANY", "CRAWLED", "NEXT", "CRAWL", "(UTC)"]
    assert row.split() == [f"lever/{token}", "Acme", "when", "followed"]


def test_a_source_that_is_none_is_answered_with_those_there_are(run: Run) -> None:
    said = run("add", "nope", "x", "--company", "Acme")
    assert "Usage: boards add [OPTIONS] SOURCE TOKEN" in said
    assert "'nope' is not one of 'amazon', 'ashby'" in said


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
