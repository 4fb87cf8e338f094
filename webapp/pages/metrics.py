"""`GET /metrics`: the gauges and the counts of stats in Prometheus' text format, for everybody, without names."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import cast

from flask import Blueprint, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from jobalerts.domain.alarms import Gauges
from jobalerts.sql import gauges as gauge_rows
from jobalerts.sql import mail_views, notices, task_stats
from jobalerts.sql.engine import read
from jobalerts.watch import with_postings
from webapp.access import Access, access
from webapp.api.questions import Questions
from webapp.api.stats import QUESTIONS
from webapp.services import now, services

blueprint = Blueprint("metrics", __name__)
DAY = timedelta(hours=24)
PREFIX = "jobalerts_"


class Snapshot(Collector):
    """What one round of queries found."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        return iter(self._metrics)


@blueprint.get("/metrics")
@access(Access.PUBLIC)
def page() -> Response:
    """What is null elsewhere is missing here; 503 while the SQL database is away."""
    with read(services().engine) as connection:
        found = gauge_rows.gauges(connection)
        tasks = task_stats.by_status(connection)
        mails = mail_views.by_status(connection, since=now() - DAY)
        wrong = len(notices.open_notices(connection))
    found = _with_postings(found)
    registry = CollectorRegistry()
    metrics = [
        _by_status("tasks", "Tasks there are.", tasks),
        _by_status("mails_24h", "Mails made in the last 24 hours.", mails),
        *_single(found, wrong),
        _loops(found),
    ]
    registry.register(Snapshot(metrics))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _with_postings(found: Gauges) -> Gauges:
    """With the age of the oldest posting that is not matched, unless its store is away or hangs."""
    questions, store = cast(Questions, current_app.extensions[QUESTIONS]), services().store
    answers = questions.ask({"unmatched": lambda: with_postings(found, store)})
    return cast(Gauges, answers.get("unmatched", found))


def _single(found: Gauges, wrong: int) -> Iterator[Metric]:
    values: dict[str, tuple[str, float | None]] = {
        "oldest_running_seconds": ("Age of the longest running try.", found.oldest_running),
        "oldest_waiting_seconds": ("How long a task that may be claimed has waited.", found.oldest_waiting),
        "oldest_message_seconds": ("How long a message has waited to be published.", found.oldest_message),
        "oldest_mail_seconds": ("How long a mail has been due.", found.oldest_mail),
        "oldest_unmatched_posting_seconds": ("How long a new posting has not been matched.", found.oldest_posting),
        "mails_waiting": ("Mails that are not sent yet.", found.mails_waiting),
        "workers": ("Workers that are alive.", found.workers),
        "free_slots": ("Slots of theirs that are free.", found.free_slots),
        "open_notices": ("Things the operator was told of and that last.", wrong),
    }
    for name, (text, value) in values.items():
        if value is not None:
            yield GaugeMetricFamily(PREFIX + name, text, value=value)


def _loops(found: Gauges) -> Metric:
    """Of each loop the process that went round last."""
    metric = GaugeMetricFamily(
        f"{PREFIX}loop_silent_seconds", "Since the last good round of a loop.", labels=["program", "loop"]
    )
    for loop in found.freshest_loops:
        metric.add_metric([loop.program, loop.work], round(loop.silent, 1))
    return metric


def _by_status(name: str, text: str, counts: Mapping[str, int]) -> Metric:
    metric = GaugeMetricFamily(PREFIX + name, text, labels=["status"])
    for status, count in counts.items():
        metric.add_metric([status], count)
    return metric
