"""Boards: all of them, one with its card, and changing one."""

from hashlib import sha256
from typing import Any

import orjson
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection

from jobalerts.domain.crawls import FIELDS, CrawlRecord
from jobalerts.mongo.rejects import Reject
from jobalerts.sql import board_views
from jobalerts.sql import boards as board_rows
from jobalerts.sql.engine import read, write
from webapp.api import board_examples as examples
from webapp.api.bodies import LEFT_OUT, NO_NUL, no_default
from webapp.api.callers import admin, caller
from webapp.api.problems import Problem
from webapp.api.reading import checked, json_body, refuse_query
from webapp.api.replies import reply
from webapp.board_cards import Card, card_of, notices_of_boards
from webapp.services import now, services

LONGEST_ID = 300
LONGEST_NOTE = 4000
CRAWL_KEYS = (
    "at", "outcome", "seen", "new", "changed", "closed", "skipped", "seconds", "complete", "as_far_as_it_goes",
    "is_unchanged",
)  # fmt: skip


class BoardPatch(BaseModel):
    """What to change. A board that is disabled is read no more until an admin enables it, whoever follows it.

    Its open postings stay as they are for 30 days, marked as not looked after; nobody is mailed them, and then they
    close. Enabled, it is read at once, and what is there again is open again.
    """

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True,
        json_schema_extra={"examples": [examples.PATCH], "minProperties": 1},
    )  # fmt: skip

    is_active: bool = Field(LEFT_OUT, description="Whether it is read.", json_schema_extra=no_default)
    note: str = Field(
        LEFT_OUT, description="On its robots.txt and terms.", max_length=LONGEST_NOTE, pattern=NO_NUL,
        json_schema_extra=no_default,
    )  # fmt: skip

    @model_validator(mode="after")
    def _something(self) -> "BoardPatch":
        if not self.model_fields_set:
            raise ValueError("Name at least one of is_active, note.")
        return self


def page() -> Response:
    """Every board that is listed, whether it is read or not."""
    caller()
    refuse_query()
    with read(services().engine) as connection:
        found = board_views.every(connection)
        told = notices_of_boards(connection)
    states = services().store.board_states()
    return reply({"boards": [summary_json(card_of(board, states.get(board.id), told)) for board in found]})


def one(source: str, token: str) -> Response:
    """A board with its card; with `If-None-Match` 304 while it is unchanged."""
    is_admin = caller().is_admin
    with read(services().engine) as connection:
        card = _card(connection, source, token)
    refuse_query()
    response = _shown(card, is_admin=is_admin)
    response.make_conditional(request)
    return response


def change(source: str, token: str) -> Response:
    """Write the note of a board, have it read, or no more: for admins."""
    admin()
    with read(services().engine) as connection:
        board = _card(connection, source, token).board
    patch = checked(BoardPatch, json_body())
    with write(services().engine) as connection:
        _match(_card(connection, source, token))
        if "note" in patch.model_fields_set:
            board_rows.set_note(connection, board.id, patch.note)
        if "is_active" in patch.model_fields_set:
            (board_rows.enable if patch.is_active else board_rows.disable)(connection, board.id, now())
        card = _card(connection, source, token)
    return _shown(card, is_admin=True)


def summary_json(card: Card) -> dict[str, Any]:
    """What stands in the list."""
    board, state, last, expected = card.board, card.state, card.last, card.expected
    told = {name: getattr(card.notice, name) for name in ("subject", "text", "created_at")} if card.notice else None
    return {
        "id": board.id,
        "source": board.source,
        "token": board.token,
        "company": board.company,
        "is_active": board.active,
        "disabled_at": board.disabled_at,
        "is_demo": board.is_demo,
        "next_due_at": board.next_due_at if board.active else None,
        "open_postings": state.open_count if state else 0,
        "last_crawled_at": last.at if last else None,
        "last_outcome": last.outcome if last else None,
        "last_success_at": state.last_success_at if state else None,
        "expected": {"low": expected.low, "high": expected.high} if expected else None,
        "notice": told,
    }


def board_json(card: Card, *, is_admin: bool, rejects: list[Reject] | None) -> dict[str, Any]:
    """All of the card; messages and rows are for admins: they name addresses, and may name people."""
    names = Reject.__slots__
    return summary_json(card) | {
        "note": card.board.note,
        "robots": card.state.robots if card.state else None,
        "delay_seconds": card.delay,
        "crawls": [_crawl_json(crawl, is_admin=is_admin) for crawl in reversed(card.crawls)],
        "rejects": None if rejects is None else [{name: getattr(one, name) for name in names} for one in rejects],
    }


def _crawl_json(crawl: CrawlRecord, *, is_admin: bool) -> dict[str, Any]:
    filled = crawl.filled
    return {name: getattr(crawl, name) for name in CRAWL_KEYS} | {
        "filled": None if filled is None else {name: filled.get(name, 0) for name in FIELDS},
        "doubts": list(crawl.doubts),
        "message": crawl.message if is_admin else "",
    }


def _card(connection: Connection, source: str, token: str) -> Card:
    """404 for a board there is none of; PostgreSQL refuses to look for text with a NUL in it."""
    board_id = f"{source}/{token}"
    may_exist = len(board_id) <= LONGEST_ID and "\0" not in board_id
    board = board_views.one(connection, board_id) if may_exist else None
    if board is None:
        raise Problem(404, "There is no such board.")
    return card_of(board, services().store.board_state(board_id), notices_of_boards(connection))


def _match(card: Card) -> None:
    """412 when `If-Match` names another version of the board than there is (RFC 9110 section 13.1.1)."""
    wanted = request.if_match
    if wanted and not any(wanted.contains(_etag(_json(card, is_admin=seen))) for seen in (True, False)):
        raise Problem(412, "The board has changed since; read it again.")


def _json(card: Card, *, is_admin: bool) -> dict[str, Any]:
    rejects = services().store.rejects(card.board.id) if is_admin else None
    return board_json(card, is_admin=is_admin, rejects=rejects)


def _shown(card: Card, *, is_admin: bool) -> Response:
    body = _json(card, is_admin=is_admin)
    response = reply(body)
    response.set_etag(_etag(body))
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Authorization")
    return response


def _etag(body: dict[str, Any]) -> str:
    """Of the whole answer: a crawl changes it as an admin does."""
    return sha256(orjson.dumps(body, option=orjson.OPT_UTC_Z)).hexdigest()[:32]
