"""What a person may ask for, checked at the edge: the form of an alert, and the registration around it."""

from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from jobalerts import passwords
from jobalerts.domain.alert import ANY_JOB_TYPE, BANDS
from jobalerts.domain.companies import name_key, split_names
from jobalerts.domain.job_types import SLUGS
from jobalerts.domain.places import country_code
from jobalerts.sql.alerts import Wanted

NAME_LENGTH, COMPANY_LENGTH = 80, 200
MOST_COMPANIES, MOST_COUNTRIES, MOST_TYPES = 200, 50, 32

# The program's own words for pydantic's kinds of error; the rest are raised with their words below.
WORDS = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "string_type": "This must be text.",
    "list_type": "This must be a list.",
    "tuple_type": "This must be a list.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "model_type": "The body must be a JSON object.",
    "string_unicode": "This is not valid text.",
}


def _plain(text: object) -> object:
    """White space collapsed, control characters refused; what is not text is left to the type check."""
    if not isinstance(text, str):
        return text
    line = " ".join(text.split())
    if not line.isprintable():
        raise ValueError("Take out the control characters.")
    return line


def _username(name: str) -> str:
    if not name:
        raise ValueError("Say what we may call you.")
    if len(name) > NAME_LENGTH:
        raise ValueError(f"Use at most {NAME_LENGTH} characters.")
    return name


def _email(address: str) -> str:
    if not address:
        raise ValueError("Say where we may write to you.")
    try:
        checked = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        words = str(error).replace("email address", "e-mail address")
        raise ValueError(f"This is not an e-mail address we can write to. {words}") from None
    return checked.normalized


def _password(password: str | None) -> str | None:
    weakness = passwords.weakness(password) if password else None
    if weakness:
        raise ValueError(weakness)
    return password or None


Line = Annotated[str, BeforeValidator(_plain)]
Username = Annotated[Line, AfterValidator(_username)]
Email = Annotated[Line, AfterValidator(_email)]
Password = Annotated[str | None, AfterValidator(_password)]


class Preferences(BaseModel):
    """One alert as typed; lists are checked as a whole, so that every error stands at its field."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    job_types: tuple[Line, ...] = Field(description='slugs of job types, or ["any"]')
    years_of_experience: Line = Field(description="a band: " + ", ".join(BANDS))
    companies: tuple[Line, ...] = Field((), description="names to follow; none: all companies")
    locations: tuple[Line, ...] = Field((), description="countries by name or code; none: anywhere")
    remote: bool = Field(False, description="remote positions only")

    @field_validator("job_types", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:  # noqa: ANN401 - whatever a caller sends
        return (value,) if isinstance(value, str) else value

    @field_validator("job_types")
    @classmethod
    def _known_types(cls, slugs: tuple[str, ...]) -> tuple[str, ...]:
        if not slugs:
            raise ValueError("Choose at least one kind of work.")
        unknown = [slug for slug in slugs[: MOST_TYPES * 2] if slug not in SLUGS and slug != ANY_JOB_TYPE]
        if unknown:
            raise ValueError(f"There is no job type “{_short(unknown[0])}”.")
        return (ANY_JOB_TYPE,) if ANY_JOB_TYPE in slugs else tuple(dict.fromkeys(slugs))

    @field_validator("years_of_experience")
    @classmethod
    def _known_band(cls, band: str) -> str:
        if band not in BANDS:
            raise ValueError(f"Choose one of {', '.join(BANDS)}.")
        return band

    @field_validator("companies")
    @classmethod
    def _few_short_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(names) > MOST_COMPANIES:
            raise ValueError(f"Follow at most {MOST_COMPANIES} companies; this has {len(names):,}.")
        if too_long := next((name for name in names if len(name) > COMPANY_LENGTH), None):
            raise ValueError(f"“{_short(too_long)}” is longer than {COMPANY_LENGTH} characters.")
        split = [name for typed in names for name in split_names(typed)]
        if unreadable := next((name for name in split if not name_key(name)), None):
            raise ValueError(f"“{unreadable}” has no letter or digit.")
        if len(split) > MOST_COMPANIES:
            raise ValueError(f"Follow at most {MOST_COMPANIES} companies; this has {len(split):,}.")
        return tuple({name_key(name): name for name in reversed(split)}.values())[::-1]

    @field_validator("locations")
    @classmethod
    def _countries(cls, places: tuple[str, ...]) -> tuple[str, ...]:
        if len(places) > MOST_COUNTRIES:
            raise ValueError(f"Choose at most {MOST_COUNTRIES} countries; this has {len(places):,}.")
        codes = {place: country_code(place) for place in places if place}
        unread = next((place for place, code in codes.items() if code is None), None)
        if unread:
            raise ValueError(f"We cannot read “{_short(unread)}” as a country.")
        return tuple(dict.fromkeys(code for code in codes.values() if code))

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            job_types=self.job_types,
            years=self.years_of_experience,
            companies=self.companies,
            countries=self.locations,
            remote_only=self.remote,
        )


class Registration(Preferences):
    """What page and API take: who, and the first alert."""

    username: Username
    email: Email
    password: Password = Field(None, description="optional: without one, sign in by a mailed link")


def field_errors(error: ValidationError) -> list[tuple[str, str]]:
    """(field, what is wrong and what to do), one a field, for a page or a problem+json."""
    found: dict[str, str] = {}
    for item in error.errors(include_url=False, include_input=False):
        field = str(item["loc"][0]) if item["loc"] else ""
        words = WORDS.get(item["type"], item["msg"].removeprefix("Value error, "))
        found.setdefault(field, words)
    return list(found.items())


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
