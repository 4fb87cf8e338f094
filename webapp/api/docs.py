"""The readable side of the OpenAPI document, as a page of the site."""

from typing import Any

import orjson
from flask import Blueprint, current_app, render_template

from webapp.api.routes import EXTENSION

blueprint = Blueprint("api_docs", __name__)


@blueprint.get("/api/docs")
def docs() -> str:
    """Every operation with its parameters, fields, answers and an example."""
    document: dict[str, Any] = orjson.loads(current_app.extensions[EXTENSION])
    return render_template("api/docs.html", document=document, groups=_groups(document), pretty=_pretty)


def _groups(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations by tag, in the order of the document."""
    return [
        {**tag, "operations": [item for item in _operations(document) if tag["name"] in item["tags"]]}
        for tag in document["tags"]
    ]


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for path, methods in document["paths"].items():
        for method, item in methods.items():
            body = item.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            found.append(
                {
                    **item,
                    "path": path,
                    "method": method.upper(),
                    "anchor": item["operationId"].replace(".", "-"),
                    "body": _resolved(document, body),
                    "answers": [_answer(document, status, given) for status, given in item["responses"].items()],
                }
            )
    return found


def _answer(document: dict[str, Any], status: str, given: dict[str, Any]) -> dict[str, Any]:
    """A response with its schema; references followed."""
    response = _resolved(document, given)
    contents: dict[str, dict[str, Any]] = response.get("content", {})
    media_type = next(iter(contents), "")
    schema = _resolved(document, contents[media_type]["schema"]) if status.startswith("2") else None
    return {"status": status, "words": response["description"], "media_type": media_type, "schema": schema}


def _resolved(document: dict[str, Any], given: dict[str, Any] | None) -> dict[str, Any]:
    """What a `$ref` points at, or the thing itself."""
    if not given or "$ref" not in given:
        return given or {}
    found: Any = document
    for part in given["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return {**found, "name": given["$ref"].rpartition("/")[2]}


def _pretty(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
