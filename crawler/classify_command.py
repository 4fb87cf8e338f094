"""`jobalerts classify`: job type, seniority and years for postings given as JSON lines."""

import sys
from dataclasses import asdict
from typing import Any, BinaryIO

import click
import orjson

from jobalerts.domain.classify import classify as classification_of


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
def classify(file: BinaryIO) -> None:
    """Read FILE (or standard input), JSON lines {"id", "title", "text"}, and answer each on a line.

    A line that cannot be read is answered {"id": null, "error": "…"}; the exit code is then 1 at the end.
    """
    failed = False
    for line in file:
        if not line.strip():
            continue
        answer = _answer(line)
        failed = failed or "error" in answer
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
    if failed:
        sys.exit(1)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return {"id": None, "error": f"not a line of JSON: {error}"}
    problem = _problem_with(document)
    if problem:
        return {"id": None, "error": problem}
    found = classification_of(document["title"], document["text"])
    return {"id": document["id"], **asdict(found)}


def _problem_with(document: object) -> str | None:
    if not isinstance(document, dict):
        return "not a JSON object"
    if "id" not in document:
        return "the key id is missing"
    for key in ("title", "text"):
        if not isinstance(document.get(key), str):
            return f"the key {key} is missing or not a string"
    return None
