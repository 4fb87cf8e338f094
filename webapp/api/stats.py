"""How the tasks, postings and mails stand, counted at most every five seconds a process."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from flask import Response, current_app

from jobalerts.sql import gauges, notices, task_stats
from jobalerts.sql.engine import read
from webapp.api.callers import caller
from webapp.api.questions import Questions
from webapp.api.reading import refuse_query
from webapp.api.replies import reply
from webapp.services import Services, now, services

KEPT_S = 5.0
EXTENSION = "jobalerts.api.stats"
QUESTIONS = "jobalerts.api.stats.questions"
AWAY = "The store of postings does not answer; these numbers come back with it."


class Kept:
    """One value that is made anew when it is older than five seconds; who comes meanwhile waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made_at = -KEPT_S
        self._value: dict[str, Any] = {}

    def value(self, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        with self._lock:
            if time.monotonic() - self._made_at >= KEPT_S:
                self._value = make()
                self._made_at = time.monotonic()
            return self._value


def stats() -> Response:
    """The figures; those of the postings are null while their store is away."""
    caller()
    refuse_query()
    kept: Kept = current_app.extensions[EXTENSION]
    found = services()
    return reply(kept.value(lambda: _counted(found, now())))


def _counted(found: Services, moment: datetime) -> dict[str, Any]:
    with read(found.engine) as connection:
        counted = task_stats.stats(connection, moment)
        watched = gauges.gauges(connection)
        wrong = notices.open_notices(connection)
    return {
        "by_status": counted.by_status,
        "by_board": counted.by_board,
        "by_day": counted.by_day,
        "success_rate": counted.success_rate,
        "seconds": {"median": counted.seconds.median, "p95": counted.seconds.p95},
        "start_delay": {"median": counted.start_delay.median, "p95": counted.start_delay.p95},
        "running": counted.running,
        "oldest_running_seconds": counted.oldest_running_seconds,
        "oldest_waiting_seconds": counted.oldest_waiting_seconds,
        "oldest_message_seconds": watched.oldest_message,
        "oldest_mail_seconds": watched.oldest_mail,
        "loops": [
            {"program": loop.program, "loop": loop.work, "silent_seconds": round(loop.silent, 1)}
            for loop in watched.freshest_loops
        ],
        "wrong": [notice.subject for notice in wrong],
        "next_due": counted.next_due,
        "postings": _postings(found, moment),
        "mails": {"sent_24h": counted.mails_sent_24h},
        "counted_at": moment,
    }


def _postings(found: Services, moment: datetime) -> dict[str, Any]:
    questions: Questions = current_app.extensions[QUESTIONS]
    counts = questions.ask({"postings": lambda: found.store.counts(moment)}).get("postings")
    if counts is None:
        return {"open": None, "new_24h": None, "note": AWAY}
    return {"open": None, "new_24h": None, "note": None} | cast(dict[str, int], counts)
