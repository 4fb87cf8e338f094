"""What every store of outputs promises, on a folder and on an object store in memory."""

from pathlib import Path

import pytest
import uuid_utils

from jobalerts.errors import ConfigError, PermanentError, TemporaryError
from jobalerts.outputs import Outputs, open_outputs


@pytest.fixture(params=["folder", "memory"])
def outputs(request: pytest.FixtureRequest, tmp_path: Path) -> Outputs:
    addresses = {"folder": str(tmp_path / "outputs"), "memory": f"memory://bucket/{uuid_utils.uuid7().hex}"}
    return open_outputs(addresses[request.param])


def test_what_is_written_is_read(outputs: Outputs) -> None:
    outputs.write("tasks/1/output.log", [b"one\n", "zwei ü\n".encode()])
    assert outputs.read("tasks/1/output.log") == "one\nzwei ü\n".encode()
    assert outputs.exists("tasks/1/output.log")
    assert not outputs.exists("tasks/2/output.log")


def test_writing_again_replaces(outputs: Outputs) -> None:
    outputs.write("log", [b"long and old"])
    outputs.write("log", [b"new"])
    assert outputs.read("log") == b"new"


def test_nothing_is_also_an_output(outputs: Outputs) -> None:
    outputs.write("empty", [])
    assert outputs.read("empty") == b""


def test_half_a_file_is_never_seen(outputs: Outputs) -> None:
    def broken() -> object:
        yield b"half"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        outputs.write("log", broken())
    assert not outputs.exists("log")


def test_an_output_that_is_not_there_is_named(outputs: Outputs) -> None:
    with pytest.raises(PermanentError, match="no output nothing"):
        outputs.read("nothing")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b", "", "a//b", ".hidden", "a\0b", "x" * 201])
def test_a_name_never_leaves_the_folder(outputs: Outputs, name: str) -> None:
    with pytest.raises(PermanentError, match="not a name"):
        outputs.write(name, [b"x"])
    with pytest.raises(PermanentError, match="not a name"):
        outputs.read(name)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TemporaryError, match="OUTPUTS_URL"):
        open_outputs(str(tmp_path / "file")).write("log", [b"x"])


def test_an_address_nobody_knows_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match="OUTPUTS_URL"):
        open_outputs("nonsense://bucket")
