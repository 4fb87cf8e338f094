"""Reading a request: its JSON body (400, 413, 415, 422) and its query (422)."""

from typing import Any, TypeVar

import orjson
from flask import request
from pydantic import BaseModel, ValidationError

from jobalerts.preferences import WORDS
from webapp.api.problems import Problem

LARGEST_BODY = 2**20
OWN_WORDS = WORDS | {
    "string_pattern_mismatch": "Take out the control characters.",
    "int_type": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
    "greater_than_equal": "Use at least {ge}.",
    "less_than_equal": "Use at most {le}.",
    "string_too_short": "Use at least {min_length} characters.",
    "string_too_long": "Use at most {max_length} characters.",
    "too_short": "Give at least {min_length}.",
    "too_long": "Give at most {max_length}.",
    "literal_error": "Use one of {expected}.",
}
Model = TypeVar("Model", bound=BaseModel)


def refuse_large_body() -> None:
    """413 by the announced length alone, nothing being read."""
    request.max_content_length = LARGEST_BODY
    if (request.content_length or 0) > LARGEST_BODY:
        raise _too_large()


def json_body() -> Any:  # noqa: ANN401 - whatever a caller sends
    """The body, parsed: 415 unless it says it is JSON, 400 unless it is (RFC 8259: UTF-8, no NaN)."""
    refuse_query()
    if request.mimetype != "application/json":
        raise Problem(415, "Send JSON, with the header Content-Type: application/json.")
    data = request.get_data()
    if request.content_length is None and len(data) >= LARGEST_BODY:  # where Werkzeug stops reading
        raise _too_large()
    try:
        value = orjson.loads(data)
        orjson.dumps(value)  # what cannot be written again, being nested 255 levels deep, is nobody's form
    except orjson.JSONDecodeError as error:
        raise Problem(400, f"The body is not JSON in UTF-8: {error}.") from None
    except orjson.JSONEncodeError:
        raise Problem(400, "The body is nested too deep.") from None
    return value


def checked(model: type[Model], value: Any) -> Model:  # noqa: ANN401 - whatever a caller sends
    """The body as its model; 422 names every field that is wrong."""
    try:
        return model.model_validate_json(orjson.dumps(value))
    except ValidationError as error:
        raise _unprocessable(error) from None


def checked_query(model: type[Model]) -> Model:
    """The query as its model; unknown, repeated and wrong parameters are a 422."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        raise Problem(422, "The query is not right.", errors=[(name, "Give it once.") for name in repeated])
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _unprocessable(error) from None


def refuse_query() -> None:
    """422 for any parameter, where none is known: a caller believes that it does something."""
    if request.args:
        raise Problem(
            422, "The query is not right.", errors=[(name, "There is no such field.") for name in request.args]
        )


def _too_large() -> Problem:
    return Problem(413, f"A request has at most {LARGEST_BODY:,} bytes.", headers={"Connection": "close"})


def _unprocessable(error: ValidationError) -> Problem:
    """One error a field; a field inside another is written with a dot, an item of a list with its number."""
    found: dict[str, str] = {}
    for item in error.errors(include_url=False, include_input=False):
        field = ".".join(str(part) for part in item["loc"])
        words = OWN_WORDS.get(item["type"], "")
        found.setdefault(field, words.format_map(item.get("ctx", {})) or item["msg"].removeprefix("Value error, "))
    return Problem(422, "Some fields are not right; `errors` names them.", errors=list(found.items()))
