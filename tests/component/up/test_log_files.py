"""Log files that several processes share: followed, and kept from growing for ever."""

from pathlib import Path

import pytest

from jobalerts.embedded import log_files
from jobalerts.embedded.log_files import LogFile


@pytest.fixture
def log(tmp_path: Path) -> LogFile:
    return LogFile(path=tmp_path / "web.log")


def test_only_what_is_new_and_whole_is_read(log: LogFile) -> None:
    log.path.write_text("from an earlier run\n")
    with log.open() as file:
        file.write(b"one\ntw")
        file.flush()
        assert log.news() == ["one"]
        file.write(b"o\n")
        file.flush()
        assert log.news() == ["two"]
        assert log.news() == []


def test_a_file_that_has_grown_large_is_moved_aside_while_its_writer_goes_on(log: LogFile) -> None:
    with log.open() as file:
        file.write(b"x" * log_files.LARGEST + b"\n")
        file.flush()
        log.news()
        log.shorten()
        file.write(b"after\n")
        file.flush()
        assert log.news() == ["after"]
    assert log.path.read_text() == "after\n"
    assert log.path.with_suffix(".log.1").stat().st_size > log_files.LARGEST


def test_a_small_file_is_left_as_it_is(log: LogFile) -> None:
    with log.open() as file:
        file.write(b"line\n")
    log.news()
    log.shorten()
    assert log.path.read_text() == "line\n"
