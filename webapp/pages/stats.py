"""How it is running: every number with a link to the rows it counts, every chart with its table."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobalerts.errors import TemporaryError
from jobalerts.sql import board_views, mail_views, task_hours, task_stats
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.charts import hour_bars, spark_bars
from webapp.services import now, services

blueprint = Blueprint("stats", __name__)
DAY = timedelta(hours=24)


@blueprint.get("/stats")
@access(Access.PUBLIC)
def page() -> ResponseReturnValue:
    moment = now()
    with read(services().engine) as connection:
        tasks = task_stats.stats(connection, moment)
        hours = task_hours.last_day(connection, moment)
        boards = board_views.every(connection, active=True)
        mails = mail_views.by_status(connection, since=moment - DAY)
    try:
        counts, states = services().store.counts(moment), services().store.board_states()
    except TemporaryError:
        counts, states = None, {}
    return render_template(
        "stats/page.html",
        tasks=tasks,
        hours=hours,
        bars=hour_bars(hours),
        boards=boards,
        states=states,
        sparks={board.id: spark_bars(states.get(board.id)) for board in boards},
        mails=mails,
        counts=counts,
        read_at=moment,
    )
