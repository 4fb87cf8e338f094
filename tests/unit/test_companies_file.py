"""companies.yaml: what is wrong in it is named with its line and company."""

import re
from pathlib import Path

import pytest

from jobalerts import companies_file
from jobalerts.config import Settings
from jobalerts.errors import ConfigError

GOOD = "companies:\n  - name: Acme\n    aliases: [Acme Labs]\n    boards: [greenhouse/acme, lever/acme]\n"


def test_a_company_has_a_name_aliases_and_boards() -> None:
    [company] = companies_file.parse(GOOD)

    assert (company.name, company.aliases, company.boards) == (
        "Acme",
        ("Acme Labs",),
        ("greenhouse/acme", "lever/acme"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "  - name: Other\n    boards: [monster/other]\n", ":5: Other: boards: 'monster/other' is no board"),
        (GOOD + "  - name: Other\n", ":5: Other: boards: Field required"),
        (GOOD + "  - name: Other\n    boards: []\n", ":5: Other: boards"),
        (GOOD + "  - boards: [lever/x]\n", ":5: company: name: Field required"),
        (GOOD + "  - name: Other\n    boards: [lever/x]\n    colour: red\n", ":5: Other: colour"),
        (GOOD + "  - name: ACME Inc.\n    boards: [lever/x]\n", ":2: Acme is listed twice"),
        (GOOD + "  - name: Other\n    boards: [lever/acme]\n", ":2: Acme: board lever/acme is listed twice"),
        (GOOD + "  - just a name\n", ":5: company"),
        ("companies: [", ":1"),
        ("companies: 3", ":1: must be `companies:`"),
        ("", ":1: must be `companies:`"),
        ("a: &a [1]\ncompanies: [*a, *a]\n", "aliases"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_company(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        companies_file.parse(text)


def test_a_file_that_cannot_be_read_is_a_wrong_setting(tmp_path: Path) -> None:
    for path, message in [(tmp_path / "none.yaml", "cannot read"), (tmp_path / "big.yaml", "larger than 1 MiB")]:
        if path.name == "big.yaml":
            path.write_text("#" * (companies_file.LARGEST + 1))
        with pytest.raises(ConfigError, match=message):
            companies_file.read(Settings(companies_file=path))
    (tmp_path / "latin.yaml").write_bytes(b"companies: [\xff]")
    with pytest.raises(ConfigError, match="not UTF-8"):
        companies_file.read(Settings(companies_file=tmp_path / "latin.yaml"))


def test_the_shipped_file_is_good() -> None:
    companies = companies_file.parse(companies_file.SHIPPED.read_text())

    assert len(companies) >= 30
    assert {board.split("/")[0] for company in companies for board in company.boards} >= {
        "greenhouse",
        "lever",
        "ashby",
        "amazon",
    }
