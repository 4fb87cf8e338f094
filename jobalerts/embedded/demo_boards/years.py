"""How much experience a demo posting asks for, said in one of many ways, and what that means."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobalerts.embedded.demo_boards import phrases

ONE_YEARS = re.compile(r"\b(?<![-–\d])(1|one|one \(1\)) years?(?=\b)")
USUAL = {"junior": (0, 1, 1, 2), "mid": (2, 3, 3, 4), "senior": (5, 5, 6, 7), "staff": (8, 9, 10), "manager": (5, 7, 8)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """`least` None: nothing is required in words. The sentences stand among what is required or preferred."""

    least: float | None = None
    most: float | None = None
    required: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()


def years_wanted(level: str, role: Mapping[str, Any], chance: random.Random) -> Years:
    """Draw an amount that suits the level, and a way to say it; one posting in six says nothing."""
    if level == "intern" or chance.random() < 0.16:
        return Years()
    least = chance.choice(USUAL[level])
    skill = chance.choice(role["skills"])
    if least == 0 and chance.random() < 0.6:
        return Years(least=0, required=(_said(phrases.NONE_NEEDED, 0, role=role, skill=skill, chance=chance),))
    if least == 1 and chance.random() < 0.3:
        return Years(least=1.5, required=(_said(phrases.MONTHS, 1, role=role, skill=skill, chance=chance),))
    return _wanted(least, level, role=role, skill=skill, chance=chance)


def _wanted(least: int, level: str, *, role: Mapping[str, Any], skill: str, chance: random.Random) -> Years:
    kind = chance.random()

    def said(templates: tuple[str, ...]) -> tuple[str, ...]:
        return (_said(templates, least, role=role, skill=skill, chance=chance),)

    if kind < 0.08:
        return Years(preferred=said(phrases.PREFERRED))
    if kind < 0.26 or least == 0:
        return Years(least=least, most=least + 2, required=said(phrases.BOUNDED))
    if kind < 0.34 and least >= 4:
        return Years(least=least - 2, required=said(phrases.DEGREES))
    if level == "manager":
        return Years(least=least, required=said(phrases.LEADING))
    return Years(least=least, required=said(phrases.AT_LEAST))


def _said(templates: tuple[str, ...], least: int, *, role: Mapping[str, Any], skill: str, chance: random.Random) -> str:
    text = chance.choice(templates).format(
        m=least, low=least - 2, top=least + 2, word=phrases.WORDS[least], field=role["field"], skill=skill
    )
    text = ONE_YEARS.sub(r"\1 year", text)
    return text[0].upper() + text[1:]
