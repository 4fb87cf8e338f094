"""Searching the open postings, and one posting with all its facts and their evidence."""

from datetime import datetime, timedelta

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from jobalerts.domain.job_types import JOB_TYPES, SLUGS
from jobalerts.domain.posting import Posting
from jobalerts.domain.years import years_asked, years_words
from jobalerts.mongo.search import COUNTED, Search
from jobalerts.sql import board_views
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.errors import limit
from webapp.positions import positions_of
from webapp.rate_limits import SEARCH
from webapp.services import now, services

blueprint = Blueprint("postings", __name__, url_prefix="/postings")
DAY = timedelta(hours=24)
LONGEST = 200


@blueprint.get("")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    text, job_type, company, board = (
        request.args.get(name, "").strip()[:LONGEST] for name in ("q", "job_type", "company", "board")
    )
    new = request.args.get("new") == "1"
    if text:
        limit(SEARCH)
    wanted = Search(
        text=text,
        job_type=job_type if job_type in SLUGS else None,
        company=company or None,
        board=board or None,
        new_since=now() - DAY if new else None,
        open_only=not new,
    )
    found = services().store.search(wanted, before=request.args.get("before"))
    asked = {"q": text, "job_type": job_type, "company": company, "board": board, "new": "1" if new else ""}
    return render_template(
        "postings/page.html",
        found=found,
        positions=positions_of(found.postings),
        asked=asked,
        all_types=JOB_TYPES,
        counted=COUNTED,
        is_new=new,
    )


@blueprint.get("/<path:key>")
@access(Access.PUBLIC)
def one(key: str) -> ResponseReturnValue:
    stored = services().store.by_keys([key]).get(key) or abort(404)
    [position] = positions_of([stored])
    return render_template(
        "postings/one.html",
        stored=stored,
        posting=stored.posting,
        years=_years(stored.posting),
        elsewhere=position.elsewhere,
        history=services().store.history(key),
        disabled_at=_disabled_at(stored.posting),
    )


def _disabled_at(posting: Posting) -> datetime | None:
    """Since when nobody looks after its board any more."""
    with read(services().engine) as connection:
        board = board_views.one(connection, f"{posting.source}/{posting.board}")
    return board.disabled_at if board else None


def _years(posting: Posting) -> str:
    asked = years_asked(posting)
    return years_words(*asked) if asked else "not stated"
