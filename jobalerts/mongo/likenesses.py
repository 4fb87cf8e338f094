"""What of a posting is compared with others, as MongoDB keeps it beside the posting."""

from jobalerts.domain.duplicates import Likeness
from jobalerts.domain.duplicates.texts import read_sketch
from jobalerts.mongo.connection import Document

WORDS = frozenset({"teams", "department", "places"})


def likeness_document(likeness: Likeness) -> Document:
    """About a kilobyte; the sketch is binary."""
    return {
        "key": likeness.key,
        "board": likeness.board,
        "sketch": likeness.sketch.to_bytes(),
        "size": likeness.sketch.size,
        "seniority": likeness.seniority,
        "min_years": likeness.min_years,
        "employment_type": likeness.employment_type,
        **{name: sorted(getattr(likeness, name)) for name in sorted(WORDS)},
    }


def read_likeness(document: Document) -> Likeness:
    """Read what `likeness_document` wrote."""
    return Likeness(
        key=document["key"],
        board=document["board"],
        sketch=read_sketch(document["sketch"], document["size"]),
        teams=frozenset(document["teams"]),
        department=frozenset(document["department"]),
        places=frozenset(document["places"]),
        seniority=document["seniority"],
        min_years=document["min_years"],
        employment_type=document["employment_type"],
    )
