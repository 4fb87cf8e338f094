"""How it is running: every number with a link to the rows it counts, every chart with its table."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobalerts.domain.alarms import SILENT_S, Alarm, Gauges, alarms
from jobalerts.errors import TemporaryError
from jobalerts.sql import board_views, gauges, mail_views, notices, task_hours, task_stats
from jobalerts.sql.engine import read
from jobalerts.watch import with_postings
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
        watched = gauges.gauges(connection)
        wrong = notices.open_notices(connection)
    try:
        counts, states = services().store.counts(moment), services().store.board_states()
        watched = with_postings(watched, services().store)
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
        watched=watched,
        silent_after=SILENT_S,
        wrong=[*wrong, *_nobody_watches(watched)],
        counts=counts,
        troubles=_troubles(watched),
        read_at=moment,
    )


def _nobody_watches(watched: Gauges) -> list[Alarm]:
    """Alarms that no notice tells of: schedulers and mailers watch each other, and neither is there."""
    if not watched.loops or any(loop.is_alive for loop in watched.loops):
        return []
    return [alarm for alarm in alarms(watched, time_limit=services().settings.job_timeout) if alarm.is_absence]


def _troubles(watched: Gauges) -> dict[str, list[str]]:
    """Why loops wait just now, and which; without the part after the colon, which may name hosts."""
    found: dict[str, list[str]] = {}
    for loop in watched.freshest_loops:
        if loop.is_alive and loop.error:
            found.setdefault(loop.error.partition(":")[0], []).append(loop.work)
    return found
