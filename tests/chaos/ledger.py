"""The books of one run, in the words of RabbitMQ's own Jepsen suite, drawn up from what was seen outside the system."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.chaos.faults import Struck
from tests.chaos.journal import Try
from tests.chaos.sink import Copy

IN_FLIGHT_S = 2.0  # a final dot is noted when it has arrived, which may be after its sender was killed
LEASE_S = 30.0
TAKEOVER_S = 45.0


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What is entrusted to the system are *tellings* (a person, and a posting on a board that fits them), *tasks*
    (crawls that somebody asked for over the API) and *letters* (mails that are no digests).

    kills: processes that were ended by SIGKILL; stops are not counted.
    attempted: postings on a board times the people they fit, requests for a task, and letters.
    acknowledged: of these, what the system has taken: a board's whole answer with the posting was read, the request
        was answered 200 or 201, the letter was written down.
    lost: acknowledged, and without effect once all is quiet: the person has no mail of the posting, the letter never
        came, the task has no run that ended well; also every task, a schedule's too, that stays unfinished.
    duplicated: runs that ended well beyond the first of their task. A task runs at least once, so this may be above 0.
    unexpected: what must never be: a person is told of a posting twice (but for a mail that is doubled), or of one that
        does not fit or exist; a digest without postings; an open posting closed; two tasks for one slot; a run of no
        known task; a process that is nobody's any more.
    recovered: attempted and never acknowledged, with effect all the same.
    overlap: runs of a board that started while a process of another run of it lived.
    mails_doubled: mails that reached the mail server again under their own Message-ID.
    longest_takeover_s: from the kill, or a stop longer than a lease, of a worker to the next claim of the board it
        was at, without the time in which no worker or no scheduler was alive and ready. At most 45.
    """

    config: str
    kills: int
    attempted: int
    acknowledged: int
    lost: int
    duplicated: int
    unexpected: int
    recovered: int
    overlap: int
    mails_doubled: int
    longest_takeover_s: float
    seed: int

    def line(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody whom every third numbered posting fits: those whose number leaves `remainder`."""

    email: str
    job_type: str
    remainder: int

    def fits(self, number: int) -> bool:
        return number % 3 == self.remainder


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request for a task: whether it was answered, and the task, as far as there is one."""

    object_id: str
    is_acknowledged: bool
    task_id: str | None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A try as the database has it: which worker took it when, and when its end was booked (seconds, epoch)."""

    board: str
    worker: int
    at: float
    booked_at: float


@dataclass(kw_only=True)
class Seen:
    """All that was observed; `tasks`: (status, schedule, slot) by id at the end, `closed`: postings closed wrongly."""

    people: list[Person]
    published: set[int]
    answered: set[int]
    copies: list[Copy]
    asked: list[Asked]
    letters: list[str | None]
    tries: list[Try]
    claims: list[Claim]
    overlaps: int
    struck: list[Struck]
    tasks: dict[str, tuple[str, str | None, Any]]
    closed: int
    orphans: list[str]
    gaps: list[tuple[float, float]]  # without a worker or a scheduler that was ready, seconds since the epoch
    news: list[str] = field(default_factory=list)  # one line for everything that is wrong


def draw_up(seen: Seen, *, config: str, seed: int) -> tuple[Ledger, list[str]]:
    """The ledger, and a line for every broken promise."""
    told = {person.email: _told(seen, person) for person in seen.people}
    fitting = {(p.email, number) for p in seen.people for number in seen.published if p.fits(number)}
    taken = {(email, number) for email, number in fitting if number in seen.answered}
    runs = Counter(one.task_id for one in seen.tries if one.code == 0)
    kills = sum(one.action == "kill" for one in seen.struck)
    doubled = _doubled(seen.copies)
    ledger = Ledger(
        config=config,
        kills=kills,
        attempted=len(fitting) + len(seen.asked) + len(seen.letters),
        acknowledged=len(taken)
        + sum(one.is_acknowledged for one in seen.asked)
        + sum(one is not None for one in seen.letters),
        lost=_lost(seen, taken, told, runs),
        duplicated=sum(count - 1 for count in runs.values()),
        unexpected=_unexpected(seen, told),
        recovered=sum(told[email][number] > 0 for email, number in fitting - taken)
        + sum(not one.is_acknowledged and runs[one.task_id or ""] > 0 for one in seen.asked),
        overlap=seen.overlaps,
        mails_doubled=doubled,
        longest_takeover_s=round(max((seconds for _, seconds in takeovers(seen)), default=0.0), 1),
        seed=seed,
    )
    windows = in_windows(seen)
    broken = [*seen.news]
    broken += [f"{name} is {value}" for name in ("lost", "unexpected", "overlap") if (value := getattr(ledger, name))]
    if ledger.longest_takeover_s > TAKEOVER_S:
        broken.append(f"a lost worker's board was taken over after {ledger.longest_takeover_s} s")
    if doubled > windows:
        broken.append(f"{doubled} mails doubled, but {windows} mailers were killed between dot and commit")
    return ledger, broken


def in_windows(seen: Seen) -> int:
    """Copies whose mailer was killed, or stopped for longer than a mail's lease, before it could book them."""
    ends = [one for one in seen.struck if one.role == "mailer" and (one.action == "kill" or one.seconds > LEASE_S)]
    return sum(
        any(copy.pid in (end.pid, 0) and copy.at - IN_FLIGHT_S <= end.at <= copy.gone_on_at for end in ends)
        for copy in seen.copies
    )


def takeovers(seen: Seen) -> list[tuple[Claim, float]]:
    """Claims whose worker was lost, with the seconds until the next claim of their board; gaps are not counted."""
    found = []
    for end in seen.struck:
        if end.role != "worker" or (end.action == "stop" and end.seconds < LEASE_S):
            continue
        for one in seen.claims:
            if one.worker == end.pid and one.at <= end.at < one.booked_at:
                later = [again.at for again in seen.claims if again.board == one.board and again.at > end.at]
                if later:
                    found.append((one, min(later) - end.at - _in_gaps(seen, end.at, min(later))))
    return found


def _in_gaps(seen: Seen, began: float, ended: float) -> float:
    return sum(max(0.0, min(ended, until) - max(began, since)) for since, until in seen.gaps)


def _told(seen: Seen, person: Person) -> Counter[int]:
    """How often the person was told of each number; a mail that came twice counts once."""
    mails = {copy.message_id: copy.numbers for copy in _digests(seen) if copy.recipient == person.email}
    return Counter(number for numbers in mails.values() for number in numbers)


def _digests(seen: Seen) -> list[Copy]:
    return [copy for copy in seen.copies if copy.message_id.startswith("<digest")]


def _doubled(copies: list[Copy]) -> int:
    return len(copies) - len({copy.message_id for copy in copies})


def _lost(seen: Seen, taken: set[tuple[str, int]], told: dict[str, Counter[int]], runs: Counter[str]) -> int:
    untold = sorted((email, number) for email, number in taken if not told[email][number])
    not_run = [one.object_id for one in seen.asked if one.is_acknowledged and not runs[one.task_id or ""]]
    arrived = {copy.message_id.partition("@")[0] for copy in seen.copies}
    unsent = [letter for letter in seen.letters if letter and f"<welcome-{letter}" not in arrived]
    stuck = {task_id: status for task_id, (status, _, _) in seen.tasks.items() if status != "success"}
    seen.news += [f"{email} was never told of {number}" for email, number in untold]
    seen.news += [f"the task of request {name} never ran to its end" for name in not_run]
    seen.news += [f"task {task_id} is {status}" for task_id, status in stuck.items()]
    seen.news += [f"mail {letter} never arrived" for letter in unsent]
    return len(untold) + len(not_run) + len(unsent) + len(stuck)


def _unexpected(seen: Seen, told: dict[str, Counter[int]]) -> int:
    news = []
    for person in seen.people:
        for number, mails in told[person.email].items():
            if not person.fits(number) or number not in seen.published:
                news.append(f"{person.email} was told of {number}")
            news += [f"{person.email} was told of {number} again"] * (mails - 1)
    news += [f"an empty digest {copy.message_id}" for copy in _digests(seen) if not copy.numbers]
    slots = Counter((schedule, slot) for _, schedule, slot in seen.tasks.values() if schedule)
    news += [f"{count} tasks for one slot {slot}" for slot, count in slots.items() if count > 1]
    news += [f"a run of no known task {one.task_id}" for one in seen.tries if one.task_id not in seen.tasks]
    news += ["an open posting is closed"] * seen.closed
    news += [f"a process that is nobody's: {name}" for name in seen.orphans]
    seen.news += news
    return len(news)
