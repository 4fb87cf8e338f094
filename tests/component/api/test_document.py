"""The OpenAPI document: valid, complete, true to the routes; and its readable page."""

from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient
from schemathesis.specs.openapi.definitions import OPENAPI_31

from webapp.api import BLUEPRINTS

SCHEMA_PATH = "/api/v1/openapi.json"


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get(SCHEMA_PATH)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    jsonschema_rs.validator_for(OPENAPI_31).validate(document)


def test_every_schema_is_a_json_schema_and_every_example_fits_its_own(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        jsonschema_rs.meta.validate(schema)
        whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        validator = jsonschema_rs.Draft202012Validator(whole)
        for example in schema.get("examples", []):
            validator.validate(example)


def test_every_route_is_in_the_document_and_nothing_else(app: Flask, document: dict[str, Any]) -> None:
    names = {blueprint.name for blueprint in BLUEPRINTS}
    routed = {
        (rule.rule.replace("<path:", "<").replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in names and rule.rule not in (SCHEMA_PATH, "/api/docs")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routed == {(path, method) for path, item in document["paths"].items() for method in item}


def test_every_operation_names_its_problems_and_who_may_call_it(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, item in methods.items():
            assert item["summary"]
            assert item["description"]
            assert "security" in item
            if path.startswith("/api/"):
                assert {"500", "503"} <= item["responses"].keys(), (path, method)
            if "requestBody" in item:
                assert {"400", "413", "415", "422"} <= item["responses"].keys(), (path, method)


def test_the_readable_page_names_every_operation_and_field(client: FlaskClient, document: dict[str, Any]) -> None:
    answer = client.get("/api/docs")
    assert answer.status_code == 200
    for path, methods in document["paths"].items():
        assert path in answer.text
        assert all(item["summary"] in answer.text for item in methods.values())
    for field in document["components"]["schemas"]["RegisterBody"]["properties"]:
        assert f"<code>{field}</code>" in answer.text
    assert "<script>alert" not in answer.text
