"""What `jobalerts --help` shows, and the addresses `jobalerts web` cannot listen on."""

import socket

import pytest
from click import Context
from click.testing import CliRunner

from jobalerts.cli import HEADINGS, program
from jobalerts.config import Settings
from jobalerts.errors import ConfigError
from webapp.commands import require_free


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_explains_every_command_in_one_column(flag: str) -> None:
    lines = CliRunner(env={"COLUMNS": "200"}).invoke(program, [flag]).output.splitlines()
    commands = [line for line in lines if line.startswith("  ")]
    width = max(len(name) for name in program.list_commands(Context(program)))
    assert set(HEADINGS.values()) <= set(lines)
    assert [line[width + 2 : width + 6] for line in commands] == ["    "] * len(commands)
    assert all(line[width + 6].isupper() for line in commands)


@pytest.mark.parametrize("arguments", [["demo-boards", "--help"], ["demo-boards", "-h"]])
def test_an_example_is_one_line_to_copy(arguments: list[str]) -> None:
    said = CliRunner(env={"COLUMNS": "80"}).invoke(program, arguments).output
    assert "Try: jobalerts crawl greenhouse brindlewick --base-url http://127.0.0.1:8090 --dry-run\n" in said


@pytest.mark.parametrize("address", ["192.0.2.1", "1.2.3.4.5"])
def test_an_address_of_no_interface_is_no_fault_of_the_port(address: str) -> None:
    with pytest.raises(ConfigError, match=f"^BIND_ADDRESS: cannot listen on {address}:8080 "):
        require_free(Settings(bind_address=address, port=8080))


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"^PORT: cannot listen on 127.0.0.1:{port} "):
            require_free(Settings(bind_address="127.0.0.1", port=port))
