"""Level fields: the few values that mean the same everywhere."""

import re
from types import MappingProxyType

from jobalerts.domain.posting import Seniority

LEVELS: MappingProxyType[str, Seniority] = MappingProxyType(
    {
        "internship": "intern", "student": "intern", "student college": "intern", "student school": "intern",
        "entry level": "junior", "junior": "junior",
        "mid level": "mid", "intermediate": "mid",
        "senior": "senior", "senior level": "senior",
        "manager": "manager", "manager supervisor": "manager",
        "senior manager": "manager", "senior manager supervisor": "manager",
        "director": "director",
        "executive": "executive", "senior executive": "executive",
    }
)  # fmt: skip


def level_from_field(value: object) -> Seniority | None:
    """Read "Entry-level", "mid_level", "Manager/Supervisor"; None for what says little ("Mid-Senior level",
    "Associate", "Experienced", "Not Applicable")."""
    words = re.sub(r"[^a-z]+", " ", value.lower()).strip() if isinstance(value, str) else ""
    return LEVELS.get(words)
