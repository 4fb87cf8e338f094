"""When the machinery needs the operator: judged from gauges, so that every stuck state is seen by somebody else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SILENT_S = 60.0
"""A loop without a good round for so long stands still, and so does a program none of whose processes is heard of."""

WAITING_S = 600.0
"""A task may wait for one of the same board to end, which takes `JOB_TIMEOUT` at most."""

MESSAGE_S = 300.0
MAIL_S = 900.0

POSTING_S = 600.0
"""Sweepers wake a matcher for what has waited for a minute."""

UNMATCHED = "postings"
PAST_LIMIT_S = 90.0
"""A run past its time limit is ended within 6 s, and one whose worker is lost is taken over within 45 s."""

ABSENT = "no "
WATCHED_PROGRAMS = ("scheduler", "mailer")
WHAT_STOPS = {
    "scheduler": "no crawl becomes due, messages are not published, and what gets stuck is not found",
    "worker": "no crawl runs",
    "mailer": "nothing is matched and no mail goes out",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A loop of a process: seconds since its last good round, and since the process itself was heard of."""

    program: str
    work: str
    process: str
    silent: float
    process_silent: float
    error: str = ""

    @property
    def is_alive(self) -> bool:
        return self.process_silent < SILENT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """Ages in seconds of the oldest of each kind, None when there is none; `workers` are those alive.

    `oldest_posting` is new and not matched yet; None also while MongoDB is away.
    """

    oldest_running: float | None
    oldest_waiting: float | None
    oldest_message: float | None
    oldest_mail: float | None
    oldest_posting: float | None = None
    mails_waiting: int
    workers: int
    free_slots: int
    loops: tuple[Loop, ...]

    @property
    def freshest_loops(self) -> tuple[Loop, ...]:
        """Each loop once, where it went round last: it is well when it does in one living process of its program."""
        freshest: dict[tuple[str, str], Loop] = {}
        for loop in sorted(self.loops, key=lambda loop: (not loop.is_alive, loop.silent)):
            freshest.setdefault((loop.program, loop.work), loop)
        return tuple(sorted(freshest.values(), key=lambda loop: (loop.program, loop.work)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What is wrong (`key` stays the same while it is) and what to do about it."""

    key: str
    subject: str
    text: str

    @property
    def is_absence(self) -> bool:
        """A whole program is missing."""
        return self.key.startswith(ABSENT)


def alarms(gauges: Gauges, *, time_limit: float) -> list[Alarm]:
    """Everything that is over its limit; `time_limit` is a task's, in seconds."""
    return [*_absent(gauges), *_standing_still(gauges.freshest_loops), *_waiting_too_long(gauges, time_limit)]


def _absent(gauges: Gauges) -> Iterator[Alarm]:
    alive = {loop.program for loop in gauges.loops if loop.is_alive}
    missing = [program for program in WATCHED_PROGRAMS if program not in alive]
    if not gauges.workers:
        missing.append("worker")
    for program in missing:
        yield Alarm(
            key=f"{ABSENT}{program}",
            subject=f"No {program} is running",
            text=f"None was heard of for a minute: {WHAT_STOPS[program]}.\n"
            f"Start `jobalerts {program}`, or look at its log.",
        )


def _standing_still(loops: Sequence[Loop]) -> Iterator[Alarm]:
    for loop in loops:
        if loop.is_alive and loop.silent > SILENT_S:
            why = f": {loop.error}" if loop.error else ""
            yield Alarm(
                key=f"loop {loop.program} {loop.work}",
                subject=f"The {loop.work} of the {loop.program} stands still",
                text=f"Its last good round was more than a minute ago{why}.\n"
                f"It goes on by itself when what it needs is back; else look at the log of the {loop.program}.",
            )


def _waiting_too_long(gauges: Gauges, time_limit: float) -> Iterator[Alarm]:
    if _over(gauges.oldest_running, time_limit + PAST_LIMIT_S):
        yield Alarm(
            key="running",
            subject="A task runs past its time limit",
            text="It should have been ended and taken over by now.\n"
            "Look at /tasks?status=running and the worker's log.",
        )
    if gauges.free_slots and _over(gauges.oldest_waiting, WAITING_S):
        yield Alarm(
            key="waiting",
            subject="A task waits though a worker is free",
            text="It has waited for more than ten minutes.\nLook at /tasks?status=created and the worker's log.",
        )
    if _over(gauges.oldest_message, MESSAGE_S):
        yield Alarm(
            key="messages",
            subject="Messages are not published",
            text="The oldest has waited for more than five minutes; work goes on, but later than it could.\n"
            "See whether the broker in BROKER_URL answers: `jobalerts doctor`.",
        )
    if _over(gauges.oldest_mail, MAIL_S):
        yield Alarm(
            key="mails",
            subject="Mails that are due are not sent",
            text="The oldest has been due for more than a quarter of an hour.\n"
            "Look at /mails?status=waiting and the mailer's log.",
        )
    if _over(gauges.oldest_posting, POSTING_S):
        yield Alarm(
            key=UNMATCHED,
            subject="New postings are not matched",
            text="The oldest has waited for more than ten minutes, and nobody is told of it yet.\n"
            "Look at the mailer's log.",
        )


def _over(seconds: float | None, limit: float) -> bool:
    return seconds is not None and seconds > limit
