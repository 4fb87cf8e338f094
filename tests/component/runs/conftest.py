"""A launcher with Scrapy loaded, shared by the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.launching import Launcher
from tests.component.scheduler.boards_on_loopback import Boards


@pytest.fixture(scope="session")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    launcher = Launcher(tmp_path_factory.mktemp("launcher"))
    launcher.start()
    yield launcher
    launcher.close()


@pytest.fixture
def boards() -> Iterator[Boards]:
    with Boards() as boards_:
        yield boards_


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
