"""What was given up, for admins: one list, and buttons that queue again or discard one, or all that match."""

from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from jobalerts.sql import dead_letter_deeds, dead_letter_ends, dead_letters
from jobalerts.sql.dead_letter_deeds import Audited, Word
from jobalerts.sql.dead_letter_ends import Deed, Done
from jobalerts.sql.dead_letters import Kind, Wanted
from jobalerts.sql.engine import read, write
from webapp.access import Access, access
from webapp.letter_places import LETTER_ID, place_of, place_text
from webapp.login import current_person
from webapp.services import now, services

blueprint = Blueprint("dead_letters", __name__, url_prefix="/admin/dead-letters")
SHOWN = 25
KINDS = ("task", "message")


@blueprint.get("")
@access(Access.ADMIN)
def page() -> ResponseReturnValue:
    wanted = _wanted(request.args)
    with read(services().engine) as connection:
        found = dead_letters.page(connection, wanted, after=place_of(request.args.get("after", "")), limit=SHOWN)
        reasons = dead_letters.reasons(connection)
        deeds = dead_letter_deeds.latest(connection)
    return render_template(
        "dead_letters/page.html",
        letters=found.letters,
        older=place_text(found.next_after) if found.next_after else None,
        reasons=reasons,
        deeds=deeds,
        kinds=KINDS,
        chosen={"kind": wanted.kind or "", "reason": wanted.reason or "", "board": wanted.board or ""},
    )


@blueprint.post("/requeue")
@access(Access.ADMIN)
def requeue() -> ResponseReturnValue:
    return _done("requeued", "queued again")


@blueprint.post("/discard")
@access(Access.ADMIN)
def discard() -> ResponseReturnValue:
    return _done("discarded", "discarded")


def _done(word: Word, words: str) -> ResponseReturnValue:
    """One, when the form names it; else all that match its filters."""
    wanted = _wanted(request.form)
    one = request.form.get("id")
    deed = Audited(deed=word, user_id=current_person().id, wanted=_filters(wanted) if one is None else {"ids": [one]})
    done = dead_letter_ends.all_matching(services().engine, deed, wanted) if one is None else _done_to_one(deed, one)
    if done.count:
        rest = " There are more: do it again." if done.more else ""
        flash(f"{done.count:,} {'is' if done.count == 1 else 'are'} {words}.{rest}")
    if done.skipped:
        flash(f"{done.skipped:,} left as it was: gone already, or no message that can be sent.", "error")
    return redirect(url_for("dead_letters.page", **_filters(wanted)), 303)


def _done_to_one(deed: Deed, letter_id: str) -> Done:
    ids = [letter_id] if LETTER_ID.fullmatch(letter_id) else []
    with write(services().engine) as connection:
        count = deed(connection, ids, now())
    return Done(count=count, skipped=1 - count)


def _wanted(given: MultiDict[str, str]) -> Wanted:
    kind = given.get("kind", "")
    return Wanted(
        kind=cast(Kind, kind) if kind in KINDS else None,
        reason=_line(given.get("reason", "")),
        board=_line(given.get("board", "")),
    )


def _line(text: str) -> str | None:
    return text.strip() if text.strip() and text.isprintable() else None


def _filters(wanted: Wanted) -> dict[str, Any]:
    return {name: value for name in Wanted.__slots__ if (value := getattr(wanted, name)) is not None}
