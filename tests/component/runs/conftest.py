"""Boards to run on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.component.scheduler.boards_on_loopback import Boards


@pytest.fixture
def boards() -> Iterator[Boards]:
    with Boards() as boards_:
        yield boards_


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
