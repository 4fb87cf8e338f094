"""What of a posting is compared with others, computed once and kept beside it."""

from dataclasses import dataclass

from jobalerts.domain.companies import name_key
from jobalerts.domain.duplicates.texts import Sketch, sketch_of, teams_in
from jobalerts.domain.duplicates.titles import own_places, title_signature, words_of
from jobalerts.domain.posting import Posting

UNTOLD = frozenset({"other"})
LONGEST_KEY = 300  # MongoDB indexes any length; a title of a megabyte is no key


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two postings can be the same only when their `key` is: the employer's name and the title's signature."""

    key: str
    board: str
    sketch: Sketch
    teams: frozenset[str]
    department: frozenset[str]
    places: frozenset[str]
    seniority: str | None
    min_years: float | None
    employment_type: str | None


def likeness_of(posting: Posting) -> Likeness:
    """Typically less than a millisecond."""
    company = name_key(posting.company)
    signature = title_signature(posting.title, posting.locations, posting.company)
    own = own_places(posting.locations)
    local = frozenset(word for name in own for word in name)
    kind = posting.employment_type
    return Likeness(
        key=f"{company}|{signature}"[:LONGEST_KEY],
        board=f"{posting.source}/{posting.board}",
        sketch=sketch_of(posting.description_text, ignored=local),
        teams=teams_in(posting.description_text, ignored=local),
        department=frozenset(words_of(posting.department or "")) - local,
        places=frozenset(" ".join(name) for name in own),
        seniority=posting.seniority,
        min_years=posting.experience.min_years if posting.experience else None,
        employment_type=None if kind in UNTOLD else kind,
    )
