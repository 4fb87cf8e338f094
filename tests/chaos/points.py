"""Named points of the product's code at which a process can be made to end itself, without a word of it in the product.

`tests.chaos.child` wraps the functions named here before the program starts. A point fires once when its file lies in
`armed/`: whoever moves the file away dies by SIGKILL there and then, or stops until it is woken.
"""

import functools
import importlib
import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ARMED, FIRED = "armed", "fired.log"
Condition = Callable[[tuple[Any, ...], Any], bool]


def _always(_arguments: tuple[Any, ...], _result: Any) -> bool:
    return True


def _has_result(_arguments: tuple[Any, ...], result: Any) -> bool:
    return bool(result)


def _is_accepted(arguments: tuple[Any, ...], _result: Any) -> bool:
    return bool(arguments[2].result == "accepted")


def _is_not_empty(arguments: tuple[Any, ...], _result: Any) -> bool:
    return bool(arguments[1])


@dataclass(frozen=True, kw_only=True)
class Point:
    """`where` is module:name as callers look it up; `moment` before or after the call, if `when` says so."""

    role: Literal["web", "scheduler", "worker", "run", "mailer"]
    where: str
    moment: Literal["before", "after"]
    when: Condition = _always


POINTS: dict[str, Point] = {
    # The site, asked for a task: the process that answers dies, its main process starts another one.
    "ask.before_commit": Point(role="web", where="jobalerts.sql.task_requests:ask", moment="after"),
    "ask.before_answer": Point(role="web", where="webapp.api.task_requests:_reply", moment="before"),
    # The clock and the relay.
    "dispatch.before_commit": Point(
        role="scheduler", where="jobalerts.sql.schedules:dispatch", moment="after", when=_has_result
    ),
    "relay.before_publish": Point(
        role="scheduler", where="scheduler.relay:_publish", moment="before", when=_is_not_empty
    ),
    "relay.after_publish": Point(
        role="scheduler", where="scheduler.relay:_publish", moment="after", when=_is_not_empty
    ),
    "sweep.before_commit": Point(
        role="scheduler", where="jobalerts.sql.endings:expire", moment="after", when=_has_result
    ),
    # The worker.
    "claim.before_commit": Point(role="worker", where="jobalerts.sql.leases:claim", moment="after", when=_has_result),
    "claims.between": Point(role="worker", where="jobalerts.sql.claims_together:_begin", moment="before"),
    "claims.before_commit": Point(
        role="worker", where="scheduler.worker:claim_together", moment="after", when=_has_result
    ),
    "claim.after_commit": Point(role="worker", where="scheduler.worker:Worker._start", moment="before"),
    "message.before_ack": Point(role="worker", where="scheduler.worker:Worker.handle", moment="after"),
    "renew.before_commit": Point(role="worker", where="jobalerts.sql.leases:renew", moment="after", when=_has_result),
    "launch.before_fork": Point(role="worker", where="scheduler.launching:Launcher.launch", moment="before"),
    "launch.after_fork": Point(role="worker", where="scheduler.launching:Launcher.launch", moment="after"),
    "finish.before": Point(role="worker", where="scheduler.execution:Execution._book_result", moment="before"),
    "finish.before_commit": Point(role="worker", where="jobalerts.sql.endings:finish", moment="after"),
    "ends.between": Point(role="worker", where="jobalerts.sql.endings_together:_end_attempts", moment="before"),
    "ends.before_commit": Point(role="worker", where="scheduler.booking:succeed_together", moment="after"),
    "finish.after_commit": Point(role="worker", where="scheduler.execution:Execution._book_result", moment="after"),
    # The run.
    "run.before_store": Point(role="run", where="crawler.run:store_all", moment="before"),
    "save.before_merge": Point(role="run", where="jobalerts.mongo.store:save_batch", moment="after"),
    "save.after_merge": Point(role="run", where="jobalerts.mongo.store:merge_twins", moment="after"),
    "close.before": Point(role="run", where="jobalerts.mongo.store:close_missing", moment="before"),
    "close.after": Point(role="run", where="jobalerts.mongo.store:close_missing", moment="after"),
    "record.before": Point(role="run", where="jobalerts.mongo.store:PostingStore.record_crawl", moment="before"),
    "result.before": Point(role="run", where="crawler.run:Report.__call__", moment="before"),
    "result.after": Point(role="run", where="crawler.run:Report.__call__", moment="after"),
    # Matching, planning, sending.
    "match.before_commit": Point(role="mailer", where="jobalerts.sql.matches:add", moment="after", when=_has_result),
    "match.before_stamp": Point(
        role="mailer", where="jobalerts.mongo.store:PostingStore.stamp_matched", moment="before"
    ),
    "match.after_stamp": Point(role="mailer", where="jobalerts.mongo.store:PostingStore.stamp_matched", moment="after"),
    "plan.between": Point(role="mailer", where="jobalerts.sql.matches:assign", moment="before"),
    "plan.before_commit": Point(role="mailer", where="jobalerts.sql.matches:assign", moment="after"),
    "send.after_claim": Point(role="mailer", where="mailer.sender:Sender._outcome", moment="before"),
    "send.before_answer": Point(role="mailer", where="mailer.smtp:SmtpConnection._final_answer", moment="before"),
    "send.after_answer": Point(role="mailer", where="mailer.sender:Sender._book", moment="before", when=_is_accepted),
    "send.before_commit": Point(role="mailer", where="jobalerts.sql.mails:finish", moment="after"),
}


def install(folder: Path, role: str) -> None:
    """Wrap the functions of this role's points."""
    wrapped: dict[str, list[tuple[str, Point]]] = {}
    for name, point in POINTS.items():
        if point.role == role:
            wrapped.setdefault(point.where, []).append((name, point))
    for where, points in wrapped.items():
        owner, attribute = found(where)
        setattr(owner, attribute, _wrapped(getattr(owner, attribute), folder, points))


def found(where: str) -> tuple[Any, str]:
    """The module or class that holds what `where` names, and the attribute's name; AttributeError when it is gone."""
    module, _, path = where.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, attribute = path.split(".")
    for name in outer:
        owner = getattr(owner, name)
    getattr(owner, attribute)
    return owner, attribute


def arm(folder: Path, name: str, action: str) -> None:
    """Have the next process that comes by the point `kill` or `stop` itself."""
    path = folder / ARMED / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(action)


def disarm(folder: Path, name: str) -> bool:
    """False when it has fired."""
    try:
        (folder / ARMED / name).unlink()
    except FileNotFoundError:
        return False
    return True


def fired(folder: Path) -> list[dict[str, Any]]:
    """What has fired, in order: point, role, action, pid, t (seconds since the epoch)."""
    path = folder / FIRED
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _wrapped(function: Callable[..., Any], folder: Path, points: list[tuple[str, Point]]) -> Callable[..., Any]:
    before = [(name, point) for name, point in points if point.moment == "before"]
    after = [(name, point) for name, point in points if point.moment == "after"]

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        for name, point in before:
            if point.when(arguments, None):
                _pass(folder, name, point)
        result = function(*arguments, **named)
        for name, point in after:
            if point.when(arguments, result):
                _pass(folder, name, point)
        return result

    return call


def _pass(folder: Path, name: str, point: Point) -> None:
    """Die, or stop, if the point is armed and nobody else was quicker."""
    taken = folder / ARMED / f".{name}.{os.getpid()}"
    try:
        (folder / ARMED / name).rename(taken)
    except OSError:
        return
    action = taken.read_text()
    line = {"point": name, "role": point.role, "action": action, "pid": os.getpid(), "t": time.time()}
    with (folder / FIRED).open("a") as log:
        log.write(json.dumps(line) + "\n")
    os.kill(os.getpid(), signal.SIGSTOP if action == "stop" else signal.SIGKILL)
