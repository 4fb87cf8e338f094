"""JSON answers: UTF-8, times in UTC with a Z."""

from collections.abc import Mapping

import orjson
from flask import Response


def reply(
    body: object,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """A response that no cache keeps unless `headers` says otherwise: most depend on who asks."""
    response = Response(orjson.dumps(body, option=orjson.OPT_UTC_Z), status=status, mimetype=media_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers or {})
    return response
