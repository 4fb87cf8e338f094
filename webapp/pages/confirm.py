"""Confirming the address: a page with a button (mail scanners follow links), then what is covered and fits now."""

from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobalerts.registration import confirm
from jobalerts.sql import alerts, companies, employers, tokens, users
from jobalerts.sql.board_views import BoardView
from jobalerts.sql.board_views import every as every_board
from jobalerts.sql.engine import read, write
from webapp.access import Access, access
from webapp.errors import limit
from webapp.fitting import what_fits
from webapp.login import current_person, sign_in
from webapp.rate_limits import TOKEN
from webapp.services import now, services

blueprint = Blueprint("confirm", __name__)
SHOWN = 10
NOT_READ = ("retrying", "failed", "dead", "killed")


@blueprint.get("/confirm/<token>")
@access(Access.PUBLIC)
def page(token: str) -> ResponseReturnValue:
    limit(TOKEN)
    with read(services().engine) as connection:
        user_id = tokens.owner(connection, token, purpose="confirm", now=now())
        user = users.by_id(connection, user_id) if user_id else None
        wanted = alerts.of(connection, user.id) if user else []
    if user is None:
        return render_template("confirm/over.html"), 404
    return render_template("confirm/page.html", token=token, user=user, alerts=wanted)


@blueprint.post("/confirm/<token>")
@access(Access.PUBLIC)
def send(token: str) -> ResponseReturnValue:
    limit(TOKEN)
    with write(services().engine) as connection:
        user = confirm(connection, token, now=now())
    if user is None:
        return render_template("confirm/over.html"), 404
    sign_in(user)
    return redirect(url_for("confirm.welcome"), 303)


@blueprint.get("/welcome")
@access(Access.USER)
def welcome() -> ResponseReturnValue:
    person = current_person()
    with read(services().engine) as connection:
        own = alerts.of(connection, person.id)
        known = companies.known(connection, [name for alert in own for name in alert.companies])
        demo_keys = set() if person.is_demo else companies.made_up(connection, filter(None, known.values()))
        followed = employers.followed_boards(connection, own, demo_user=person.is_demo)
        boards = [board for board in every_board(connection) if board.id in {one.id for one in followed}]
        all_employers = employers.load(connection)
    unknown = [name for name, key in known.items() if key is None]
    fitting = what_fits(own, all_employers, demo_user=person.is_demo)
    return render_template(
        "confirm/welcome.html",
        alerts=own,
        boards=boards,
        unknown=unknown,
        made_up=[name for name, key in known.items() if key in demo_keys],
        fitting=None if fitting is None else fitting[:SHOWN],
        count=len(fitting or ()),
        being_read=_companies(board for board in boards if board.status in (None, "created", "running")),
        not_read=_companies(board for board in boards if board.status in NOT_READ),
        next_due=_next_due(boards),
    )


def _companies(boards: Iterable[BoardView]) -> list[str]:
    return sorted({board.company for board in boards})


def _next_due(boards: list[BoardView]) -> object:
    return min((board.next_due_at for board in boards if board.next_due_at), default=None)
