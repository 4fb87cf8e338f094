"""The readable side of the OpenAPI document, as a page of the site."""

from typing import Any

import orjson
from flask import Blueprint, current_app, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from webapp.api.routes import EXTENSION
from webapp.services import services

blueprint = Blueprint("api_docs", __name__)
markdown = MarkdownIt("commonmark", {"html": False})
Schema = dict[str, Any]


@blueprint.get("/api/docs")
def docs() -> str:
    """Every operation with its parameters, fields, answers and an example."""
    document: Schema = orjson.loads(current_app.extensions[EXTENSION])
    operations = [
        _operation(document, path, method, item)
        for path, methods in document["paths"].items()
        for method, item in methods.items()
    ]
    return render_template(
        "api/docs.html",
        info=document["info"],
        groups=[(tag, [item for item in operations if tag["name"] in item["tags"]]) for tag in document["tags"]],
        site=services().settings.site,
        block=lambda text: Markup(markdown.render(text)),  # noqa: S704 - our own words, and HTML in them is escaped
        line=lambda text: Markup(markdown.renderInline(text)),  # noqa: S704
    )


def _operation(document: Schema, path: str, method: str, item: Schema) -> Schema:
    """An operation as the page shows it, its references followed."""
    body = item.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    schema = _resolved(document, body) if body else None
    parameters = [_field(given["name"], given["schema"], given) for given in item["parameters"]]
    return {
        **item,
        "path": path,
        "method": method.upper(),
        "anchor": item["operationId"].replace(".", "-"),
        "token": {0: "no token", 1: "token needed", 2: "token optional"}[len(item["security"])],
        "fields": parameters + (_fields(schema) if schema else []),
        "example": _pretty(schema["examples"][0]) if schema else None,
        "answers": [_answer(document, status, given) for status, given in item["responses"].items()],
    }


def _answer(document: Schema, status: str, given: Schema) -> Schema:
    """A response; of a good one with an example."""
    response = _resolved(document, given)
    contents: dict[str, Schema] = response.get("content", {})
    schema = next((_resolved(document, content["schema"]) for content in contents.values()), {})
    examples = schema.get("examples") if status.startswith("2") else None
    return {
        "status": status,
        "words": response["description"],
        "example": _pretty(examples[0]) if examples else None,
    }


def _fields(schema: Schema) -> list[Schema]:
    needed = schema.get("required", [])
    return [_field(name, field, {"required": name in needed}) for name, field in schema["properties"].items()]


def _field(name: str, schema: Schema, given: Schema) -> Schema:
    """A parameter or a field of a body."""
    return {
        "name": name,
        "type": _type(schema),
        "is_needed": given.get("required", False),
        "place": given.get("in", "body"),
        "words": given.get("description") or schema.get("description", ""),
        "choices": schema.get("enum") or schema.get("items", {}).get("enum") or [],
        "default": schema.get("default"),
    }


def _type(schema: Schema) -> str:
    """The type in words: "list of string", "integer, 0 to 9"."""
    if "anyOf" in schema:
        return " or ".join(_type(kind) for kind in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2].removesuffix("Body").lower())
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    limits = [schema[name] for name in ("minimum", "maximum") if name in schema]
    words = str(schema.get("format") or schema["type"])
    return f"{words}, {limits[0]} to {limits[1]}" if len(limits) == 2 else words


def _resolved(document: Schema, given: Schema) -> Schema:
    """What a `$ref` points at, or the thing itself."""
    if "$ref" not in given:
        return given
    found: Any = document
    for part in given["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)


def _pretty(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
