"""The walls of file and function size, so that no module grows into one that nobody reads."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
FOLDERS = ("jobalerts", "webapp", "crawler", "scheduler", "mailer", "tools", "benchmarks", "tests")
GENERATED = "jobalerts/sql/migrations/versions/"
VAGUE = {"helpers", "utils", "util", "helper", "manager", "common", "base", "misc"}


def files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not relative(path).startswith(GENERATED):
                yield path


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_the_wall() -> None:
    sizes = {relative(path): len(path.read_text().splitlines()) for path in files()}
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_the_wall() -> None:
    long = {
        f"{relative(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [relative(path) for path in files() if path.stem in VAGUE] == []
