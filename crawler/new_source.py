"""The file and the fixture folder a new source begins with; they pass the generic tests as they are."""

import re
from keyword import iskeyword
from pathlib import Path

import orjson

from crawler.drafts import Draft
from crawler.fields.places import places_from_text
from crawler.postings import posting_from
from crawler.shape import Board
from jobalerts.domain.posting import Posting
from jobalerts.errors import ConfigError

ROOT = Path(__file__).parents[1]
FIXTURES = Path("tests/fixtures/sources")
TOKEN = "acme"  # noqa: S105 - the name of a board
MODULE = '''"""{title}'s job board: say here what is special about it, and where that is documented."""

from urllib.parse import quote

from crawler.drafts import Draft
from crawler.fields.places import places_from_text
from crawler.shape import Board, Json, JsonList, text_of


def draft(row: Json, board: Board) -> Draft:
    return Draft(
        external_id=row["id"],
        title=row["title"],
        url=row["url"],
        locations=places_from_text(text_of(row, "location")),
        html=text_of(row, "description"),
        posted_at=row.get("published_at"),
    )


SOURCE = JsonList(
    urls=("https://{host}.example/boards/{{token}}/jobs",),
    draft=draft,
    rows=("jobs",),
    quote=lambda token: quote(token, safe=""),
    says=("dates",),
).source()
'''
ROW = {
    "id": "1001",
    "title": "Backend Engineer",
    "url": "https://boards.example/acme/1001",
    "location": "Berlin, Germany",
    "description": "<p>You build the board.</p><ul><li>At least 3 years of experience with Python</li></ul>",
    "published_at": "2026-11-02T09:00:00Z",
}


def write_source(name: str, *, root: Path = ROOT) -> tuple[Path, Path]:
    """Write both into the checkout; return their paths. ConfigError when that cannot be done."""
    if not re.fullmatch(r"[a-z][a-z0-9]*", name) or iskeyword(name):
        raise ConfigError(f"{name!r} is no name for a source: lower-case letters and digits, such as acmejobs")
    fixtures = fixture_folder(name, root=root)
    module = root / "crawler" / "sources" / f"{name}.py"
    for path in (module, fixtures):
        if path.exists():
            raise ConfigError(f"{path} exists already; choose another name")
    fixtures.mkdir(parents=True)
    module.write_text(MODULE.format(title=name.capitalize(), host=name))
    for file, document in (
        ("case.json", {"token": TOKEN, "answers": {f"/boards/{TOKEN}/jobs": "response.json"}}),
        ("response.json", {"jobs": [ROW]}),
        ("expected.json", [_expected(name)]),
    ):
        (fixtures / file).write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    return module, fixtures


def fixture_folder(name: str, *, root: Path = ROOT) -> Path:
    """Where a source's fixture lies; ConfigError outside a checkout, where there are no tests."""
    if not (root / FIXTURES).is_dir():
        raise ConfigError(f"{root} is no checkout of the project; sources are written where {FIXTURES} is")
    return root / FIXTURES / name


def _expected(name: str) -> Posting:
    """What the field map of MODULE makes of ROW."""
    draft = Draft(
        external_id=ROW["id"],
        title=ROW["title"],
        url=ROW["url"],
        locations=places_from_text(ROW["location"]),
        html=ROW["description"],
        posted_at=ROW["published_at"],
    )
    return posting_from(draft, Board(source=name, token=TOKEN))
