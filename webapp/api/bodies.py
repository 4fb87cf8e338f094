"""What the API takes: the models that requests are checked by and that its OpenAPI document is made from."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from jobalerts.domain.alert import ANY_JOB_TYPE, BANDS
from jobalerts.domain.job_types import JOB_TYPES
from jobalerts.preferences import (
    COMPANY_LENGTH,
    MOST_COMPANIES,
    MOST_COUNTRIES,
    MOST_TYPES,
    NAME_LENGTH,
    Email,
    Line,
    Password,
    Registration,
    Username,
)
from webapp.api import examples
from webapp.letter_places import LETTER_ID

NO_NUL = r"^[^\x00]*$"
NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
FURTHEST = timedelta(days=366)
MOST = 2**31 - 1  # what an integer column holds
LEFT_OUT: Any = None  # of a field that may be missing, but not null

Status = Literal["created", "running", "success", "failed", "retrying", "killed", "dead"]


def _whole(value: object) -> object:
    """1.0 is an integer (JSON Schema, 2020-12, 6.1.1)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


ArgLine = Annotated[str | None, Field(max_length=200, pattern=NO_CONTROLS)]
Whole = Annotated[int, BeforeValidator(_whole)]


def _config(example: dict[str, Any], **schema: int) -> ConfigDict:
    """Unknown fields and values of another type are errors; no error repeats what was typed."""
    return ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        hide_input_in_errors=True,
        json_schema_extra={"examples": [example], **schema},
    )


def no_default(schema: dict[str, Any]) -> None:
    """Take the null of LEFT_OUT out of the document."""
    schema.pop("default", None)


class RegisterBody(Registration):
    """Who you are, and your first alert."""

    model_config = _config(examples.REGISTER)

    username: Username = Field(
        description="What we call you; it need not be unique.",
        json_schema_extra={"minLength": 1, "maxLength": NAME_LENGTH, "pattern": r"\S", "format": "line"},
    )
    email: Email = Field(json_schema_extra={"format": "email", "maxLength": 254})
    job_types: tuple[Line, ...] = Field(
        description='Slugs of job types, or `["any"]`.',
        json_schema_extra={
            "minItems": 1,
            "maxItems": MOST_TYPES,
            "items": {"type": "string", "enum": [*(job_type.slug for job_type in JOB_TYPES), ANY_JOB_TYPE]},
        },
    )
    years_of_experience: Line = Field(description="Your years of experience.", json_schema_extra={"enum": [*BANDS]})
    companies: tuple[Line, ...] = Field(
        (),
        description="Names of the companies to follow; none: all companies.",
        json_schema_extra={
            "maxItems": MOST_COMPANIES,
            "items": {"type": "string", "maxLength": COMPANY_LENGTH, "format": "company"},
        },
    )
    locations: tuple[Line, ...] = Field(
        (),
        description="Countries, by name or by ISO 3166-1 code; none: anywhere.",
        json_schema_extra={
            "maxItems": MOST_COUNTRIES,
            "items": {"type": "string", "format": "country"},
        },
    )
    remote: bool = Field(False, description="Remote positions only.")
    password: Password = Field(
        None,
        description="Needed to use the API with this account; on the site a mailed link signs in as well.",
        json_schema_extra={
            "anyOf": [{"type": "string", "minLength": 8, "maxLength": 1024, "format": "password"}, {"type": "null"}]
        },
    )

    @field_validator("job_types", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:  # noqa: ANN401 - whatever a caller sends
        """A form may send a single one; here it is always a list."""
        return tuple(value) if isinstance(value, list) else value


class LoginBody(BaseModel):
    """The address and password of a confirmed account."""

    model_config = _config(examples.LOGIN)

    email: str = Field(min_length=1, max_length=254, pattern=NO_CONTROLS)
    password: str = Field(min_length=1, max_length=1024)


class RefreshBody(BaseModel):
    """The refresh token of the last answer; it can be exchanged once."""

    model_config = _config({"refresh_token": examples.REFRESH_TOKEN})

    refresh_token: str = Field(min_length=1, max_length=200, pattern=NO_CONTROLS)


class ProgressBody(BaseModel):
    """How far a run is; `done` is never more than `total`."""

    model_config = _config(examples.PROGRESS)

    done: Whole = Field(ge=0, le=MOST)
    total: Whole = Field(ge=0, le=MOST)

    @model_validator(mode="after")
    def _not_past_the_end(self) -> "ProgressBody":
        if self.done > self.total:
            raise ValueError("`done` must not be more than `total`.")
        return self


class TaskPatch(BaseModel):
    """What to change. An admin: everything; a run: `progress` and `message` of its own task."""

    model_config = _config(examples.PATCH, minProperties=1)

    status: Status = Field(
        LEFT_OUT,
        description="`killed` ends the task; `created` runs it again, or now. Every other change of status is a 409.",
        json_schema_extra=no_default,
    )
    message: str = Field(LEFT_OUT, max_length=1000, pattern=NO_NUL, json_schema_extra=no_default)
    progress: ProgressBody = Field(LEFT_OUT, json_schema_extra=no_default)
    priority: Whole = Field(LEFT_OUT, ge=0, le=9, description="9 goes first.", json_schema_extra=no_default)

    @model_validator(mode="after")
    def _something(self) -> "TaskPatch":
        if not self.model_fields_set:
            raise ValueError("Name at least one of status, message, progress, priority.")
        return self


class LettersWanted(BaseModel):
    """Which dead letters; none of the fields: all."""

    model_config = _config({"reason": "blocked"})

    kind: Literal["task", "message"] = Field(LEFT_OUT, json_schema_extra=no_default)
    reason: str = Field(LEFT_OUT, max_length=40, pattern=NO_CONTROLS, json_schema_extra=no_default)
    board: str = Field(LEFT_OUT, max_length=300, pattern=NO_CONTROLS, json_schema_extra=no_default)

    def given(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)


class LettersBody(BaseModel):
    """Dead letters: by their ids, or all that match at the time; at most 10,000 a request."""

    model_config = _config(examples.LETTERS, minProperties=1, maxProperties=1)

    ids: tuple[Annotated[str, Field(pattern=LETTER_ID.pattern)], ...] = Field(
        LEFT_OUT, min_length=1, max_length=1000, json_schema_extra=no_default
    )
    all_matching: LettersWanted = Field(LEFT_OUT, json_schema_extra=no_default)

    @model_validator(mode="after")
    def _one_of_both(self) -> "LettersBody":
        if len(self.model_fields_set) != 1:
            raise ValueError("Name either ids or all_matching.")
        return self


class MailsBody(BaseModel):
    """Failed mails: by their ids, or all of them; at most 1,000 a request."""

    model_config = _config(examples.MAILS_WANTED, minProperties=1, maxProperties=1)

    ids: tuple[Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")], ...] = Field(
        LEFT_OUT, min_length=1, max_length=1000, json_schema_extra=no_default
    )
    all: Literal[True] = Field(LEFT_OUT, json_schema_extra=no_default)

    @model_validator(mode="after")
    def _one_of_both(self) -> "MailsBody":
        if len(self.model_fields_set) != 1:
            raise ValueError("Name either ids or all.")
        return self


class TaskArgs(BaseModel):
    """What the run is to look for; null or left out: everything."""

    model_config = _config({"company": "Stripe"})

    job_type: ArgLine = None
    location: ArgLine = None
    company: ArgLine = None


class TaskBody(BaseModel):
    """A run asked for by hand. Asked for again within five minutes for the same `object_id`, it is the same task."""

    model_config = _config(examples.TASK_REQUEST)

    kind: Literal["crawl"]
    board: str = Field(
        description="source/token",
        min_length=1,
        max_length=300,
        pattern=NO_CONTROLS,
    )
    args: TaskArgs = Field(LEFT_OUT, json_schema_extra=no_default)
    priority: Whole = Field(5, ge=0, le=9, description="9 goes first.")
    object_id: str = Field(
        LEFT_OUT,
        description="What tells two requests apart; left out: kind, board and arguments.",
        min_length=1,
        max_length=200,
        pattern=NO_CONTROLS,
        json_schema_extra=no_default,
    )
    run_at: AwareDatetime = Field(
        LEFT_OUT,
        description="Not before this time, at most a year ahead; left out or past: now.",
        json_schema_extra=no_default,
    )

    @field_validator("run_at")
    @classmethod
    def _within_a_year(cls, run_at: datetime) -> datetime:
        if run_at > datetime.now(UTC) + FURTHEST:
            raise ValueError("This is more than a year ahead.")
        return run_at
