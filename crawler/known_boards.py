"""Careers pages that only embed or link to a vendor's board, which is better read itself."""

import re
from collections.abc import Iterator

BOARDS = (
    ("greenhouse", r"(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?:embed/job_board(?:/js)?\?for=)?([\w-]+)"),
    ("lever", r"jobs(?:\.eu)?\.lever\.co/([\w-]+)"),
    ("ashby", r"jobs\.ashbyhq\.com/([\w.%-]+)"),
    ("workable", r"apply\.workable\.com/([\w-]+)"),
    ("smartrecruiters", r"(?:jobs|careers)\.smartrecruiters\.com/([\w-]+)"),
    ("recruitee", r"([\w-]+)\.recruitee\.com"),
    ("personio", r"([\w-]+)\.jobs\.personio\.(?:de|com)"),
    ("teamtailor", r"([\w-]+)\.teamtailor\.com"),
    ("bamboohr", r"([\w-]+)\.bamboohr\.com"),
    ("breezy", r"([\w-]+)\.breezy\.hr"),
)
BOARD = tuple((source, re.compile(rf"//{pattern}", re.I)) for source, pattern in BOARDS)
NO_BOARD = frozenset(
    {"www", "api", "app", "assets", "cdn", "static", "embed", "widget", "resources", "j", "js", "scripts"}
)
MOST_CHARS = 5_000_000


def boards_linked(html: str) -> tuple[str, ...]:
    """SOURCE/TOKEN of each vendor's board that a page links to or embeds, once each."""
    return tuple(dict.fromkeys(_found(html[:MOST_CHARS])))


def _found(html: str) -> Iterator[str]:
    for source, address in BOARD:
        for token in address.findall(html):
            if token.lower() not in NO_BOARD:
                yield f"{source}/{token}"
