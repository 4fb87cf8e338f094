"""`jobalerts sources`: the list, the beginnings of a new source, and a recording of a live one."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.sources import source_names
from jobalerts.companies_file import SOURCES
from tests.component.crawl.conftest import HostileBoard, body

ROOT = Path(__file__).parents[3]
ITEM = {
    "id": "{number}", "text": "Cook {number}", "hostedUrl": "https://jobs.lever.co/acme/{number}",
    "createdAt": 1794000000000, "categories": {"location": "Berlin, Germany"},
    "descriptionPlain": "Write to jane.doe@acme.example or call +49 30 1234567.", "owner": "Jane Doe",
    "recruiter": {"name": "Jane Doe"},
}  # fmt: skip


def jobalerts(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jobalerts", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a source and its tests need."""
    for name in ("crawler", "jobalerts", "tests/unit/sources", "tests/fixtures/sources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lever(count: int) -> bytes:
    return json.dumps([json.loads(json.dumps(ITEM).replace("{number}", str(n))) for n in range(count)]).encode()


def test_every_source_is_listed_with_its_token(tmp_path: Path) -> None:
    lines = jobalerts("sources", folder=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in lines[1 : 1 + len(source_names())]] == list(source_names())
    jsonld = next(line for line in lines if line.startswith("jsonld"))
    assert jsonld.split(maxsplit=5)[1:] == ["yes", "yes", "yes", "yes", "the careers page's address"]


def test_every_source_may_be_listed_as_a_company_s_board() -> None:
    assert source_names() == SOURCES


def test_a_new_source_passes_the_tests_of_every_source(checkout: Path) -> None:
    done = jobalerts("sources", "new", "acmejobs", folder=checkout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (checkout / "crawler/sources/acmejobs.py").is_file()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-k",
        "acmejobs or same_set",
        "tests/unit/sources/test_every_source.py",
    ]
    tested = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=checkout)
    assert tested.returncode == 0, tested.stdout
    again = jobalerts("sources", "new", "acmejobs", folder=checkout)
    assert (again.returncode, "exists already" in again.stderr) == (2, True)


@pytest.mark.parametrize("name", ["../evil", "Acme", "class", "9lives", "a-b"])
def test_a_name_that_is_no_module_is_refused(name: str, checkout: Path) -> None:
    done = jobalerts("sources", "new", name, folder=checkout)
    assert (done.returncode, "no name for a source" in done.stderr) == (2, True)


def test_a_recording_holds_three_postings_and_nobody_s_address(hostile: HostileBoard, tmp_path: Path) -> None:
    hostile.paths["/v0/postings/acme"] = body(lever(7))
    folder = tmp_path / "lever"
    done = jobalerts(
        "sources", "record", "lever", "acme", "--base-url", hostile.url, "--into", str(folder), folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    kept = "".join(path.read_text() for path in folder.iterdir())
    assert not any(secret in kept for secret in ("Jane", "jane.doe", "1234567", hostile.url))
    expected = json.loads((folder / "expected.json").read_text())
    assert [posting["title"] for posting in expected] == ["Cook 0", "Cook 1", "Cook 2"]
    case = json.loads((folder / "case.json").read_text())
    assert case == {"token": "acme", "answers": {"https://api.lever.co/v0/postings/acme?mode=json": "answer1.json"}}


def test_a_fixture_that_is_there_is_replaced_only_when_asked(hostile: HostileBoard, checkout: Path) -> None:
    hostile.paths["/v0/postings/acme"] = body(lever(1))
    arguments = ("sources", "record", "lever", "acme", "--base-url", hostile.url)
    refused = jobalerts(*arguments, folder=checkout)
    assert (refused.returncode, "--replace" in refused.stderr) == (2, True)
    assert jobalerts(*arguments, "--replace", folder=checkout).returncode == 0
    assert sorted(path.name for path in (checkout / "tests/fixtures/sources/lever").iterdir()) == [
        "answer1.json", "case.json", "expected.json",
    ]  # fmt: skip


def test_a_folder_of_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters.json").write_text("{}")
    into = ("--into", str(tmp_path), "--replace", "--base-url", "http://127.0.0.1:9")
    done = jobalerts("sources", "record", "lever", "acme", *into, folder=tmp_path)
    assert (done.returncode, "other things than a fixture" in done.stderr) == (2, True)
    assert (tmp_path / "letters.json").is_file()


def test_a_board_that_cannot_be_read_leaves_the_fixture_as_it_is(hostile: HostileBoard, checkout: Path) -> None:
    done = jobalerts("sources", "record", "lever", "acme", "--base-url", hostile.url, "--replace", folder=checkout)
    assert (done.returncode, done.stderr.startswith("not_found: lever/acme")) == (1, True)
    assert (checkout / "tests/fixtures/sources/lever/response.json").is_file()
