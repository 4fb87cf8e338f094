"""Imports go one way, each infrastructure library has one home, and one module reads the environment."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("jobalerts", "webapp", "crawler", "scheduler", "mailer")
HOMES = {
    "pymongo": ("jobalerts/mongo/", "jobalerts/embedded/mongod.py"),
    "pika": ("jobalerts/broker/rabbitmq",),
    "sqlalchemy": ("jobalerts/sql/",),
    "alembic": ("jobalerts/sql/",),
    "scrapy": ("crawler/",),
    "twisted": ("crawler/",),
    "bs4": ("crawler/",),
    "selenium": ("crawler/",),
    "smtplib": ("mailer/",),
    "aiosmtpd": ("jobalerts/embedded/",),
    "flask": ("webapp/",),
    "flask_login": ("webapp/",),
    "flask_wtf": ("webapp/",),
    "apscheduler": ("scheduler/",),
    "fsspec": ("jobalerts/outputs.py",),
    "prometheus_client": ("webapp/pages/metrics.py",),
}
# Everybody who is handed a connection or an engine may name its type.
SHARED_TYPES = {"sqlalchemy": {"Connection", "Engine", "Row"}}
PURE = "jobalerts/domain/"
NOT_PURE = ("os", "socket", "subprocess", "time", "random", "urllib.request", "http", "threading", "pathlib")
CLOCKS = ("now", "utcnow", "today")


def product_files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def imports_of(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Every imported module with the names taken from it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((name.name, set()) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, {name.name for name in node.names}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_from_the_programs_to_what_they_share_and_never_sideways() -> None:
    """In a process of its own: import-linter stumbles over what other tests have imported."""
    command = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize("library", HOMES)
def test_each_infrastructure_library_is_imported_in_its_home_only(library: str) -> None:
    strangers = [
        f"{relative(path)} imports {module}"
        for path in product_files()
        if not relative(path).startswith(HOMES[library])
        for module, names in imports_of(path)
        if module.split(".")[0] == library and not (names and names <= SHARED_TYPES.get(library, set()))
    ]
    assert strangers == []


def test_the_environment_is_read_in_one_module() -> None:
    readers = [
        relative(path)
        for path in product_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert set(readers) <= {"jobalerts/config.py"}


def test_the_domain_does_no_input_or_output() -> None:
    found = [
        f"{relative(path)} imports {module}"
        for path in sorted((ROOT / PURE).rglob("*.py"))
        for module, _ in imports_of(path)
        if module in NOT_PURE
    ]
    assert found == []


def test_the_domain_has_no_clock() -> None:
    readers = [
        f"{relative(path)}:{node.lineno}"
        for path in sorted((ROOT / PURE).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert readers == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        f"{relative(path)}:{inner.lineno}"
        for path in product_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []
