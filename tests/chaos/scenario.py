"""One configuration under fire: people, boards, requests and kills, then quiet, and the ledger."""

import random
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import urllib3
from sqlalchemy import Engine, select, update

from jobalerts import administration
from jobalerts.config import Settings, signing_key
from jobalerts.errors import TemporaryError
from jobalerts.mongo.store import open_store
from jobalerts.preparation import prepare
from jobalerts.sql import boards as board_rows
from jobalerts.sql import mails as mail_rows
from jobalerts.sql import tasks as task_rows
from jobalerts.sql import users
from jobalerts.sql.engine import open_engine, read, write
from jobalerts.sql.tables import attempts, mails, matches, outbox, schedules, task_requests, tasks
from tests.acceptance.mail_sink import text_of
from tests.acceptance.programs import Visitor, link_in, wait_for
from tests.chaos import journal, ledger
from tests.chaos.boards import Boards
from tests.chaos.faults import PACE_S, PATIENCE_S, Striker, plan
from tests.chaos.fleet import Fleet
from tests.chaos.ledger import Asked, Claim, Ledger, Person, Seen
from tests.chaos.points import POINTS
from tests.chaos.sink import Sink
from webapp.api import access_tokens

PEOPLE = [
    Person(email="engineer@people.example", job_type="software_engineer", remainder=0),
    Person(email="seller@people.example", job_type="sales", remainder=1),
    Person(email="builder@people.example", job_type="software_engineer", remainder=0),
]
BOARDS = 5
STARTED_WITHIN_S = 120
QUIET_WITHIN_S = 240
NEVER = "0 0 1 1 *"
ENDED = ("success", "failed", "killed", "dead")
BOOKED = ("sent", "dropped", "failed")


@dataclass(kw_only=True)
class Scenario:
    """`environment`: the servers' addresses as the programs take them; `pace` and `patience` as in `faults`."""

    config: str
    home: Path
    environment: Mapping[str, str]
    seed: int
    kills: int
    pace: float = PACE_S
    patience: float = PATIENCE_S
    points: Sequence[str] = tuple(POINTS)
    letters: list[str | None] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    requeued: set[str] = field(default_factory=set)

    def run(self) -> tuple[Ledger, list[str]]:
        """Returns the ledger and what is broken; the folder keeps logs, journal and database."""
        (self.home / "companies.yaml").write_text("companies: []\n")
        with ExitStack() as stack:
            board = stack.enter_context(Boards(BOARDS, self.seed))
            sink = stack.enter_context(Sink(self.seed))
            given = {
                **self.environment,
                "SMTP_URL": sink.url,
                "COMPANIES_FILE": str(self.home / "companies.yaml"),
                "LOG_LEVEL": "INFO",
            }
            fleet = Fleet(self.home, given, random.Random(self.seed))
            settings = Settings.model_validate({"jobalerts_home": self.home, **_lower(given), "public_url": fleet.site})
            engine = open_engine(settings.sql_url)
            stack.callback(engine.dispose)
            self._prepare(settings, engine, board)
            stack.enter_context(fleet)
            self._welcome(fleet, sink)
            _set_slots(engine, "* * * * *")
            striker = self._strike(fleet, board, settings, engine)
            self._wait_for_quiet(fleet, board, sink, engine)
            seen = self._seen(board, sink, engine, settings, striker)
        for one, wait in ledger.takeovers(seen):
            _say(f"{self.config}: {one.board} was taken over after {wait:.1f} s")
        return ledger.draw_up(seen, config=self.config, seed=self.seed)

    def _prepare(self, settings: Settings, engine: Engine, board: Boards) -> None:
        prepare(settings, engine)
        now = datetime.now(UTC)
        with write(engine) as connection:
            administration.sign_in_link(connection, settings, now=now)
            board_rows.put_company(connection, "Numbered")
            for token in board.tokens:
                board_rows.put(
                    connection, source="greenhouse", token=token, company="Numbered", base_url=board.url,
                    every_hours=1, now=now,
                )  # fmt: skip
        board.publish(6)

    def _welcome(self, fleet: Fleet, sink: Sink) -> None:
        visitor = Visitor(fleet.site)
        wait_for(lambda: visitor.get("/"), within_s=STARTED_WITHIN_S, what="the site", programs=fleet)
        for person in PEOPLE:
            wanted = {
                "username": person.email.split("@", 1)[0], "email": person.email, "job_types": [person.job_type],
                "years_of_experience": "3-5", "companies": ["Numbered"], "locations": ["Germany"],
            }  # fmt: skip
            status, body = visitor.api("POST", "register", wanted)
            assert status == 201, body
        for person in PEOPLE:
            found = wait_for(lambda: sink.to(person.email), within_s=60, what="the mail", programs=fleet)  # noqa: B023
            Visitor(fleet.site).submit(link_in(text_of(found[0]), "/confirm/"))

    def _strike(self, fleet: Fleet, board: Boards, settings: Settings, engine: Engine) -> Striker:
        choice = random.Random(self.seed + 1)
        striker = Striker(fleet=fleet, patience=self.patience)
        for fault in plan(self.kills, self.seed, pace=self.pace, points=self.points):
            for token in board.publish(choice.choice((0, 1, 1, 2))) or [choice.choice(board.tokens)]:
                self._ask(fleet, settings, engine, token)
            self._write_to(choice.choice(PEOPLE), engine)
            until = time.monotonic() + fault.pause
            while time.monotonic() < until:
                time.sleep(0.05)
                striker.look()
            striker.wait_for_workers()
            striker.strike(fault)
        striker.finish()
        fleet.wake_all()
        _say(f"{self.config}: {len(striker.kills)} kills, {len(striker.struck) - len(striker.kills)} stops")
        return striker

    def _ask(self, fleet: Fleet, settings: Settings, engine: Engine, token: str) -> None:
        object_id = f"request-{len(self.asked)}"
        body = {"kind": "crawl", "board": f"greenhouse/{token}", "object_id": object_id}
        task_id, is_acknowledged = None, False
        with suppress(OSError, urllib3.exceptions.HTTPError, TemporaryError):
            with read(engine) as connection:
                admin = users.by_email(connection, settings.admin_email)
            assert admin is not None
            access = access_tokens.issue(signing_key(settings), admin)
            status, answer = Visitor(fleet.site).api("POST", "tasks", body, token=access)
            if status in (200, 201):
                task_id, is_acknowledged = answer["task_id"], True
        self.asked.append(Asked(object_id=object_id, is_acknowledged=is_acknowledged, task_id=task_id))
        self._look_up(engine)

    def _look_up(self, engine: Engine) -> None:
        """Which of the requests that were never answered were taken: the site forgets that after five minutes."""
        with suppress(TemporaryError), read(engine) as connection:
            kept = {row.object_id: row.task_id for row in connection.execute(select(task_requests))}
            self.asked = [one if one.task_id else replace(one, task_id=kept.get(one.object_id)) for one in self.asked]

    def _write_to(self, person: Person, engine: Engine) -> None:
        """Have a mail sent that waits for nothing, as digests do: at every moment some mail is under way."""
        mail_id = None
        with suppress(TemporaryError), write(engine) as connection:
            user = users.by_email(connection, person.email)
            assert user is not None
            mail_id = mail_rows.plan(
                connection, kind="welcome", recipient=user.email, user_id=user.id, now=datetime.now(UTC)
            )
        self.letters.append(mail_id)

    def _wait_for_quiet(self, fleet: Fleet, board: Boards, sink: Sink, engine: Engine) -> None:
        """One more slot of every board with something new on it, until all is done and told."""
        board.is_slow = False
        board.publish(6)
        _set_slots(engine, NEVER, due=datetime.now(UTC))
        deadline = time.monotonic() + QUIET_WITHIN_S
        calm, noise = 0, ["nobody looked"]
        while calm < 3 and time.monotonic() < deadline:
            time.sleep(0.5)
            with suppress(TemporaryError):
                noise = self._noise(engine, board, sink)
                calm = 0 if noise else calm + 1
        if noise:
            _say(f"{self.config}: not quiet after {QUIET_WITHIN_S} s: {', '.join(noise)}")

    def _noise(self, engine: Engine, board: Boards, sink: Sink) -> list[str]:
        """What is not over yet; what was given up is queued again, as an admin does on the page of dead letters."""
        with read(engine) as connection:
            waiting = set(connection.execute(select(tasks.c.task_id).where(tasks.c.status.not_in(ENDED))).scalars())
            letters = select(tasks.c.task_id).where(tasks.c.status.in_(("dead", "failed")))
            given_up = [task_id for task_id in connection.execute(letters).scalars() if task_id not in self.requeued]
            unsent = connection.execute(select(mails).where(mails.c.status.not_in(BOOKED))).first()
            pending = connection.execute(select(outbox)).first()
            matched = matches.c.digest_id.is_(None) & matches.c.dropped_at.is_(None)
            undigested = connection.execute(select(matches.c.id).where(matched)).first()
        for task_id in given_up:
            with write(engine) as connection:
                task_rows.requeue(connection, task_id, datetime.now(UTC))
            self.requeued.add(task_id)
        told = {(person.email, number) for person in PEOPLE for copy in sink.copies
                if copy.recipient == person.email for number in copy.numbers}  # fmt: skip
        untold = {(p.email, n) for p in PEOPLE for n in board.numbers if p.fits(n)} - told
        found = {
            "tasks": waiting,
            "dead letters": given_up,
            "mails": unsent,
            "messages": pending,
            "matches": undigested,
        }
        return [f"{name} {value}" for name, value in (found | {"tellings": untold}).items() if value]

    def _seen(self, board: Boards, sink: Sink, engine: Engine, settings: Settings, striker: Striker) -> Seen:
        with read(engine) as connection:
            rows = connection.execute(select(tasks)).all()
            claims = [_claim(row) for row in connection.execute(_CLAIMS)]
        self._look_up(engine)
        store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
        states = store.board_states()
        store.close()
        open_now = {token: states[f"greenhouse/{token}"].open_count for token in board.tokens}
        return Seen(
            people=PEOPLE,
            published=board.numbers,
            answered=board.answered,
            copies=list(sink.copies),
            asked=self.asked,
            letters=self.letters,
            tries=journal.tries(self.home),
            claims=claims,
            overlaps=journal.overlaps(self.home),
            struck=striker.struck,
            tasks={row.task_id: (row.status, row.schedule_id, row.scheduled_for) for row in rows},
            orphans=striker.fleet.orphans(),
            gaps=striker.fleet.gaps,
            closed=sum(max(0, len(numbers) - open_now[token]) for token, numbers in board.published.items()),
        )


_CLAIMS = select(tasks.c.board, attempts.c.worker, attempts.c.started_at, attempts.c.ended_at).join_from(
    attempts, tasks, tasks.c.task_id == attempts.c.task_id
)


def _claim(row: Any) -> Claim:
    return Claim(
        board=row.board,
        worker=int(row.worker.rpartition(":")[2]),
        at=row.started_at.timestamp(),
        booked_at=row.ended_at.timestamp() if row.ended_at else float("inf"),
    )


def _set_slots(engine: Engine, cron: str, *, due: datetime | None = None) -> None:
    """Change every board's timetable, as nobody could by hand: slots every minute."""
    values = {"cron": cron, "next_due_at": due or datetime.now(UTC)}
    while True:
        with suppress(TemporaryError), write(engine) as connection:
            connection.execute(update(schedules).where(schedules.c.next_due_at.is_not(None)).values(**values))
            return


def _lower(environment: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in environment.items()}


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
