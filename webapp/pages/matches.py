"""My matches: everything that ever fitted, with the reasons and what became of it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from jobalerts.errors import TemporaryError
from jobalerts.sql import alerts, match_views
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.login import current_person
from webapp.positions import matched_positions
from webapp.services import services

blueprint = Blueprint("matches", __name__)


@blueprint.get("/matches")
@access(Access.USER)
def page() -> ResponseReturnValue:
    person = current_person()
    before = request.args.get("before", type=int)
    with read(services().engine) as connection:
        found = match_views.page(connection, person.id, before=before)
        count = match_views.count(connection, person.id)
        own = alerts.of(connection, person.id)
    try:
        positions = matched_positions(found.matches)
    except TemporaryError:
        positions = None
    return render_template(
        "matches/page.html", found=found, count=count, positions=positions, alerts=own, first=before is None
    )
