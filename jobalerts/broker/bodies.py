"""Messages as text: one JSON object whose `v` is its version."""

import json

from jobalerts.broker import VERSION, Message
from jobalerts.errors import PermanentError


def encode(message: Message) -> str:
    return json.dumps(dict(message.body), separators=(",", ":"))


def decode(queue: str, raw: str | bytes) -> Message:
    """The message in `raw`; what is no JSON object of this version is a PermanentError."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise PermanentError(f"not JSON: {error}") from None
    if not isinstance(body, dict):
        raise PermanentError(f"not a JSON object but {type(body).__name__}")
    if body.get("v") != VERSION:
        raise PermanentError(f"unknown version {body.get('v')!r}: this program reads version {VERSION}")
    return Message(queue=queue, body=body)
