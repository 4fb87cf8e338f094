"""What queries the API takes, and the opaque cursors in them."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from jobalerts.domain.task_states import STATUSES
from webapp.letter_places import PLACE

MOST_TASKS = 200
NUMBER = re.compile(r"[0-9]{1,9}")
CURSOR = re.compile("^([A-Za-z0-9_-]{21}[AQgw])?$")  # 16 bytes in base64url: the last letter has four values
NO_CURSOR = "This is not a cursor: send the `next_cursor` of the page before."
NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"


def _whole_number(value: object) -> object:
    """Digits only: `int` would take "1_0" and " 5"."""
    if isinstance(value, str):
        return int(value) if NUMBER.fullmatch(value) else value
    return value


class TaskQuery(BaseModel):
    """Filters and paging; an empty value counts as left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    status: str = Field(
        "", description="Only tasks of this status.", json_schema_extra={"enum": ["", *STATUSES]}
    )  # fmt: skip
    board: str = Field(
        "", description="Only tasks of this board, e.g. `greenhouse/stripe`.", max_length=300,
        pattern=NO_CONTROLS,
    )  # fmt: skip
    limit: Annotated[int, BeforeValidator(_whole_number)] = Field(50, ge=1, le=MOST_TASKS)
    cursor: str = Field(
        "", description="`next_cursor` of the page before.", json_schema_extra={"pattern": CURSOR.pattern}
    )

    @field_validator("status")
    @classmethod
    def _known_status(cls, status: str) -> str:
        if status and status not in STATUSES:
            raise ValueError(f"Choose one of {', '.join(STATUSES)}.")
        return status

    @field_validator("cursor")
    @classmethod
    def _readable_cursor(cls, cursor: str) -> str:
        if not CURSOR.fullmatch(cursor):
            raise ValueError(NO_CURSOR)
        return cursor

    @property
    def before(self) -> str | None:
        """The task after which this page begins."""
        return str(UUID(bytes=urlsafe_b64decode(self.cursor + "=="))) if self.cursor else None


class DeadLetterQuery(BaseModel):
    """Filters and paging; an empty value counts as left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: Literal["", "task", "message"] = Field("", description="Only tasks, or only messages.")
    reason: str = Field(
        "", description="Only those given up for this reason, e.g. `blocked`.", max_length=40, pattern=NO_CONTROLS
    )
    board: str = Field("", description="Only those of this board.", max_length=300, pattern=NO_CONTROLS)
    limit: Annotated[int, BeforeValidator(_whole_number)] = Field(50, ge=1, le=MOST_TASKS)
    cursor: str = Field(
        "", description="`next_cursor` of the page before.", json_schema_extra={"pattern": f"({PLACE.pattern})|^$"}
    )

    @field_validator("cursor")
    @classmethod
    def _readable_cursor(cls, cursor: str) -> str:
        if cursor and not PLACE.fullmatch(cursor):
            raise ValueError(NO_CURSOR)
        return cursor


def parameters(query: type[BaseModel]) -> list[dict[str, Any]]:
    """The query as OpenAPI parameters."""
    found = []
    for name, schema in query.model_json_schema()["properties"].items():
        kept = {key: value for key, value in schema.items() if key not in ("title", "description")}
        found.append({"name": name, "in": "query", "schema": kept, "description": schema.get("description", "")})
    return found


def cursor_of(task_id: str) -> str:
    """The cursor of the page that begins after this task."""
    return urlsafe_b64encode(UUID(task_id).bytes).decode().rstrip("=")
