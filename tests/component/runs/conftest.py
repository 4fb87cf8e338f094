"""Boards to run on."""

from pathlib import Path

import pytest

from tests.component.scheduler.boards_on_loopback import Boards


@pytest.fixture
def boards(loopback_boards: Boards) -> Boards:
    return loopback_boards


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
