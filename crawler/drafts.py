"""What a source's field map gives for one posting: the vendor's values, named but not yet read."""

from collections.abc import Callable
from typing import NamedTuple

from crawler.fields.pay import Pay
from crawler.fields.places import Place
from jobalerts.domain.posting import Experience, Seniority


class Draft(NamedTuple):
    """Fields hold whatever the vendor sent; None and "" are "not said". Only id, title and url must be there.

    A tuple, because one is made of every row: making a frozen dataclass of so many fields takes five times as long.
    """

    external_id: object
    title: object
    url: object
    apply_url: object = None
    company: object = None
    locations: tuple[Place | None, ...] = ()
    workplace: object = None
    remote_countries: tuple[str, ...] | None = None
    department: object = None
    employment_type: tuple[object, ...] = ()
    pays: tuple[Pay | None, ...] = ()
    html: str = ""
    """HTML, entity-escaped HTML or plain text."""
    own_part: Callable[[str], str] | None = None
    """Takes from the HTML the part that speaks of this posting, for the rules for years and types; None: all of it."""
    language: object = None
    posted_at: object = None
    updated_at: object = None
    valid_through: object = None
    experience: Experience | None = None
    seniority: Seniority | None = None
    level: Seniority | None = None
    """What a level field says; it is filled in carelessly, so the title and the text go before it."""
