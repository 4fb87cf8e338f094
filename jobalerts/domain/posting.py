"""A posting: one open position as crawled. The JSON form is a public contract (docs/posting.md)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Workplace = Literal["remote", "hybrid", "onsite"]
EmploymentType = Literal[
    "full_time", "part_time", "contract", "temporary", "internship", "volunteer", "per_diem", "other"
]
Seniority = Literal["intern", "junior", "mid", "senior", "staff", "manager", "director", "executive"]
Period = Literal["year", "month", "week", "day", "hour"]
Origin = Literal["field", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One place of a posting; `country` is ISO 3166-1 alpha-2, None when it cannot be read."""

    text: str
    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Salary:
    """Pay as stated, never one-off, bonus, equity or OTE; `currency` is ISO 4217."""

    min: float | None
    max: float | None
    currency: str
    period: Period
    source: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Years an applicant must have at the least, and the words that say so; max None means no bound."""

    min_years: float
    max_years: float | None
    evidence: str
    source: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Every key of the contract; None means "not said". Times are ISO 8601 UTC ending in Z."""

    source: str
    board: str
    external_id: str
    url: str
    apply_url: str | None
    title: str
    company: str
    locations: tuple[Location, ...]
    workplace: Workplace | None
    remote_countries: tuple[str, ...] | None
    department: str | None
    employment_type: EmploymentType | None
    salary: Salary | None
    job_types: tuple[str, ...]
    seniority: Seniority | None
    experience: Experience | None
    description_html: str
    description_text: str
    language: str | None
    posted_at: str | None
    updated_at: str | None
    valid_through: str | None

    @property
    def key(self) -> str:
        """Unique everywhere: `source/board/external_id`."""
        return f"{self.source}/{self.board}/{self.external_id}"


POSTING_KEYS = tuple(field.name for field in fields(Posting))


def to_json(posting: Posting) -> dict[str, Any]:
    """The contract's JSON object, keys in its order; tuples become lists when serialised."""
    return asdict(posting)


def from_json(document: Mapping[str, Any]) -> Posting:
    """Read what `to_json` wrote; further keys are ignored, a missing one is a KeyError."""
    values = {key: document[key] for key in POSTING_KEYS}
    countries = values["remote_countries"]
    return Posting(
        **values
        | {
            "locations": tuple(Location(**place) for place in values["locations"]),
            "remote_countries": None if countries is None else tuple(countries),
            "salary": Salary(**values["salary"]) if values["salary"] else None,
            "experience": Experience(**values["experience"]) if values["experience"] else None,
            "job_types": tuple(values["job_types"]),
        }
    )
