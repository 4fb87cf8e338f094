"""docker-compose.yml without docker: what it names exists, and every service can say whether it is well."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from jobalerts.config import Settings
from jobalerts.embedded.programs import PROGRAMS

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_programs_and_servers_are_all_there() -> None:
    assert set(SERVICES) == {*PROGRAMS, "migrate", "postgres", "mongo", "rabbitmq", "mailpit"}


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_runs_its_own_command_on_the_one_image(name: str) -> None:
    assert SERVICES[name]["command"] == ["jobalerts", name]
    assert SERVICES[name]["image"] == "jobalerts:latest"


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_lasting_service_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_services_wait_for_services_that_exist_and_can_be_waited_for() -> None:
    for service in SERVICES.values():
        for name, wait in service.get("depends_on", {}).items():
            is_lasting = wait["condition"] == "service_healthy"
            assert is_lasting == ("disable" not in SERVICES[name]["healthcheck"])


def test_named_volumes_are_declared() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_programs_are_given_settings_that_exist() -> None:
    assert {name.lower() for name in SERVICES["web"]["environment"]} <= set(Settings.model_fields)


def test_nothing_is_published_beyond_this_machine() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_images_are_pinned_to_a_version() -> None:
    assert all(re.search(r":[\w.-]*\d|:latest$", service["image"]) for service in SERVICES.values())
    assert all(line.split()[1].split(":")[1][0].isdigit() for line in _from_lines())


def test_the_image_does_not_run_as_root() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-1]
    assert "\nUSER jobalerts\n" in last_stage


def test_what_the_image_copies_is_let_through() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.M)
    names = {name for names in copied for name in names.split()}
    assert names <= allowed
    assert all((ROOT / name).exists() for name in names)


def _from_lines() -> list[str]:
    return [line for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("FROM ")]
