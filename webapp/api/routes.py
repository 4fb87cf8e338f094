"""The routes below /api/v1, made from the table of operations."""

import orjson
from flask import Blueprint, Response, current_app

from webapp.api import problems
from webapp.api.openapi import PREFIX, document
from webapp.api.operations import OPERATIONS
from webapp.api.reading import refuse_large_body

EXTENSION = "jobalerts.api.document"
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
problems.install(blueprint)
blueprint.before_request(refuse_large_body)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The document of this API; it changes with the version of the program alone."""
    text: bytes = current_app.extensions[EXTENSION]
    return Response(text, mimetype="application/json", headers={"Cache-Control": "max-age=300"})


def prepared_document() -> bytes:
    """The document as it is served."""
    return orjson.dumps(document())


for item in OPERATIONS:
    blueprint.add_url_rule(item.path, endpoint=item.name.replace(".", "_"), view_func=item.view, methods=[item.method])
