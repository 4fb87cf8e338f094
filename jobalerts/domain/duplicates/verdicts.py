"""The decision: two postings are the same position when employer, title, level, team and text say so."""

from collections.abc import Callable
from dataclasses import dataclass

from jobalerts.domain.duplicates.likeness import Likeness, likeness_of
from jobalerts.domain.duplicates.texts import containment, resemblance
from jobalerts.domain.posting import Posting

ALIKE = 0.6  # copies in other cities are above it, two teams that share the words about their employer below
CONTAINED = 0.9  # another board has the text cut short, or without the words about the employer
CUT_AT_LEAST = 40  # shingles; shorter ones are not enough to say that a text is a part of another


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`why` says in words what decided."""

    same: bool
    why: str


def is_same(one: Posting, other: Posting) -> bool:
    """Whether both are one position; never for different levels or teams."""
    return compare(likeness_of(one), likeness_of(other)).same


def compare(one: Likeness, other: Likeness) -> Verdict:
    """Decide, and say why."""
    for differs, why in _DIFFERENCES:
        if differs(one, other):
            return Verdict(same=False, why=why)
    return _by_text(one, other)


def _by_text(one: Likeness, other: Likeness) -> Verdict:
    if not one.sketch.size and not other.sketch.size:
        return Verdict(same=True, why="same employer and title, and neither has a text")
    if not one.sketch.size or not other.sketch.size:
        near = not one.places or not other.places or bool(one.places & other.places)
        return Verdict(same=near, why="one has no text; " + ("the place is the same" if near else "other places"))
    alike = resemblance(one.sketch, other.sketch)
    if alike >= ALIKE:
        return Verdict(same=True, why=f"texts are {alike:.0%} alike")
    part = containment(one.sketch, other.sketch)
    if min(one.sketch.size, other.sketch.size) >= CUT_AT_LEAST and part >= CONTAINED:
        return Verdict(same=True, why=f"{part:.0%} of the shorter text is in the longer one")
    return Verdict(same=False, why=f"texts are only {alike:.0%} alike")


def _other_department(one: Likeness, other: Likeness) -> bool:
    """Boards name departments each in their own way, so only one and the same board can contradict itself."""
    if one.board != other.board or not one.department or not other.department:
        return False
    return not (one.department <= other.department or other.department <= one.department)


def _other_teams(one: Likeness, other: Likeness) -> bool:
    """Each text names a team that the other does not."""
    return bool(one.teams - other.teams) and bool(other.teams - one.teams)


def _differ(one: str | float | None, other: str | float | None) -> bool:
    return one is not None and other is not None and one != other


_DIFFERENCES: tuple[tuple[Callable[[Likeness, Likeness], bool], str], ...] = (
    (lambda one, other: one.key != other.key, "another employer, title, level or team"),
    (lambda one, other: _differ(one.seniority, other.seniority), "another seniority"),
    (lambda one, other: _differ(one.min_years, other.min_years), "other years of experience"),
    (lambda one, other: _differ(one.employment_type, other.employment_type), "another kind of employment"),
    (_other_department, "another department of the same board"),
    (_other_teams, "the texts name different teams"),
)
