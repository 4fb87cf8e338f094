"""Dead letters: a page of them, and queueing again or discarding some or all that match; for admins."""

from typing import Any

from flask import Response

from jobalerts.sql import dead_letter_ends, dead_letters
from jobalerts.sql.dead_letter_deeds import Audited, Word
from jobalerts.sql.dead_letter_ends import Done
from jobalerts.sql.dead_letters import DeadLetter, Wanted
from jobalerts.sql.engine import read, write
from webapp.api.bodies import LettersBody
from webapp.api.callers import admin
from webapp.api.queries import DeadLetterQuery
from webapp.api.reading import checked, checked_query, json_body
from webapp.api.replies import reply
from webapp.letter_places import place_of, place_text
from webapp.services import now, services


def page() -> Response:
    """A page of what was given up, the latest first: tasks that ran out of tries or hope, and messages."""
    admin()
    query = checked_query(DeadLetterQuery)
    wanted = Wanted(kind=query.kind or None, reason=query.reason or None, board=query.board or None)
    with read(services().engine) as connection:
        found = dead_letters.page(connection, wanted, after=place_of(query.cursor), limit=query.limit)
    return reply(
        {
            "dead_letters": [_shown(letter) for letter in found.letters],
            "next_cursor": place_text(found.next_after) if found.next_after else None,
        }
    )


def requeue() -> Response:
    """Run tasks again, as new attempts, and send messages again: those named, or all that match."""
    return _done("requeued")


def discard() -> Response:
    """Take letters off the list: those named, or all that match."""
    return _done("discarded")


def _done(word: Word) -> Response:
    user_id = admin().user_id or ""
    body = checked(LettersBody, json_body())
    if "ids" in body.model_fields_set:
        ids = list(dict.fromkeys(body.ids))
        deed = Audited(deed=word, user_id=user_id, wanted={"ids": ids})
        with write(services().engine) as connection:
            count = deed(connection, ids, now())
        done = Done(count=count, skipped=len(ids) - count)
    else:
        filters = body.all_matching.given()
        deed = Audited(deed=word, user_id=user_id, wanted=filters)
        done = dead_letter_ends.all_matching(services().engine, deed, Wanted(**filters))
    return reply({"count": done.count, "skipped": done.skipped, "more": done.more})


def _shown(letter: DeadLetter) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in DeadLetter.__slots__}
