"""The OpenAPI 3.1 document, made from the table of operations and the models."""

import re
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from webapp.api import answers, board_answers
from webapp.api.operations import OPERATIONS, Bearer, Operation
from webapp.api.problems import MEDIA_TYPE
from webapp.api.queries import parameters

PREFIX = "/api/v1"
INTRODUCTION = """\
People register, programs read how the tasks go, and admins change tasks.

Send JSON in UTF-8 with `Content-Type: application/json`. Times are RFC 3339 in UTC. Errors are problem+json
(RFC 9457), checked in the order 401, 403, 404, 422, 409; a 422 names every field that is wrong. Unknown fields
and parameters are errors.

An access token is sent as `Authorization: Bearer <token>`; cookies are not read. It is good for 15 minutes;
`POST /api/v1/token/refresh` exchanges the refresh token for the next pair."""
TAGS = {
    "accounts": "Registering, and access tokens.",
    "tasks": "Runs of the schedules: one task each time a board is read.",
    "boards": "Where companies publish: how each is read, and how that went.",
    "workers": "The processes that run tasks; for admins.",
    "dead_letters": "Tasks and messages that were given up; for admins.",
    "mails": "Mails that failed; for admins.",
    "health": "For the machine that watches this one.",
}
REASONS = {
    400: "The body is not JSON in UTF-8.",
    401: "No token where one is needed, or one that is not valid.",
    403: "The token is good for something else.",
    404: "There is no such task or board.",
    409: "The task's status does not allow the change.",
    412: "It has changed since the version in `If-Match`.",
    413: "The body is larger than one megabyte.",
    415: "The body is not said to be JSON.",
    422: "Some fields are not right; `errors` names them.",
    429: "Tried too often; `Retry-After` says in how many seconds it works again.",
    500: "Something went wrong on our side.",
    503: "A store does not answer; try again after `Retry-After` seconds.",
}
HEADERS: dict[int, dict[str, str]] = {
    401: {"WWW-Authenticate": "The challenge of RFC 6750."},
    429: {"Retry-After": "Seconds."},
    503: {"Retry-After": "Seconds."},
}
REQUEST_HEADERS = {
    "Idempotency-Key": "At most 200 letters: the same request under the same key is carried out once in 24 hours.",
    "If-Match": "The `ETag` as it was read: changes it only if it is still that.",
    "If-None-Match": "The `ETag` as it was read: 304 while it is still that.",
}

PATH_PARAMETERS: dict[str, dict[str, Any]] = {
    "task_id": {"type": "string", "format": "uuid"},
    "source": {"type": "string", "pattern": "^[a-z]{1,40}$"},
    "token": {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_./=%-]{0,200}$"},
}


class InOrder(GenerateJsonSchema):
    """Fields and examples stay in the order they are written in."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        return value


def document() -> dict[str, Any]:
    """The whole document, as JSON values."""
    paths: dict[str, dict[str, Any]] = {}
    for item in OPERATIONS:
        paths.setdefault(_path(item), {})[item.method.lower()] = _operation(item)
    for path, model in (("/healthz", answers.Health), ("/readyz", answers.Readiness)):
        paths[path] = {"get": _health(path, model)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "jobalerts", "version": version("jobalerts"), "description": INTRODUCTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "responses": {str(status): _problem(status) for status in REASONS},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _path(item: Operation) -> str:
    return PREFIX + re.sub(r"<(?:path:)?(\w+)>", r"{\1}", item.path)


def _operation(item: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": item.name,
        "summary": item.title,
        "description": item.view.__doc__,
        "tags": [item.tag],
        "parameters": _parameters(item),
        "responses": {
            str(item.status): _good(item),
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(item.problems)},
        },
        "security": {Bearer.NONE: [], Bearer.OPTIONAL: [{}, {"bearer": []}], Bearer.NEEDED: [{"bearer": []}]}[
            item.bearer
        ],
    }
    if "If-None-Match" in item.headers:
        found["responses"]["304"] = {"description": "It is still the version in `If-None-Match`."}
    if item.status == HTTPStatus.CREATED and item.answer is answers.Task:
        found["responses"]["200"] = _good(item) | {"description": "It was asked for already: this is the task."}
    if item.body:
        content = {"application/json": {"schema": _ref(item.body)}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _parameters(item: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in re.findall(r"<(?:path:)?(\w+)>", item.path):
        found.append({"name": name, "in": "path", "required": True, "schema": PATH_PARAMETERS[name]})
    if item.query:
        found += parameters(item.query)
    for name in item.headers:
        words = REQUEST_HEADERS[name]
        found.append({"name": name, "in": "header", "description": words, "schema": {"type": "string"}})
    return found


def _good(item: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": (item.answer.__doc__ or HTTPStatus(item.status).phrase).strip(),
        "content": {"application/json": {"schema": _ref(item.answer)}},
    }
    if item.answer in (answers.Task, board_answers.Board):
        found["headers"] = {"ETag": {"description": "Its version.", "schema": {"type": "string"}}}
    return found


def _health(path: str, model: type[BaseModel]) -> dict[str, Any]:
    content = {"application/json": {"schema": _ref(model)}}
    responses = {"200": {"description": model.__doc__, "content": content}}
    if model is answers.Readiness:
        responses["503"] = {"description": "At least one store does not answer.", "content": content}
    return {
        "operationId": f"health.{path[1:]}",
        "summary": "Alive" if model is answers.Health else "Ready",
        "description": model.__doc__,
        "tags": ["health"],
        "parameters": [],
        "responses": responses,
        "security": [],
    }


def _problem(status: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": REASONS[status],
        "content": {MEDIA_TYPE: {"schema": _ref(answers.Problem)}},
    }
    if status in HEADERS:
        found["headers"] = {
            name: {"description": words, "schema": {"type": "string"}} for name, words in HEADERS[status].items()
        }
    return found


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _schemas() -> dict[str, Any]:
    takes = [item.body for item in OPERATIONS if item.body]
    gives = [item.answer for item in OPERATIONS] + [answers.Problem, answers.Health, answers.Readiness]
    found: dict[str, Any] = {}
    for models, mode in ((takes, "validation"), (gives, "serialization")):
        _, schemas = models_json_schema(
            [(model, mode) for model in dict.fromkeys(models)],  # type: ignore[misc]
            ref_template="#/components/schemas/{model}",
            schema_generator=InOrder,
        )
        found |= schemas["$defs"]
    return found
