"""People and postings for the mailer's tests: real rows, real documents."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select, update

from jobalerts.domain.mail_sender import Sender as From
from jobalerts.domain.posting import Experience, Location, Posting
from jobalerts.mongo.boards import CrawlRecord
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, boards, users
from jobalerts.sql.alerts import Wanted
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import boards as board_rows
from jobalerts.sql.tables import mails
from jobalerts.sql.tables import users as user_rows
from mailer.digests import BoardStates
from mailer.letters import Writer
from mailer.matcher import Matcher
from mailer.planner import Planner
from mailer.refusals import Refusals
from mailer.sender import InFlight, Sender
from mailer.smtp import Relay, SmtpConnection, Timeouts

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEY = "a key that is long enough for signing links"
SITE = "https://jobs.example.org"


def a_posting(external_id: str = "1", **changes: Any) -> Posting:
    """Of another team for each id, so that two are two positions."""
    values: dict[str, Any] = {
        "source": "greenhouse", "board": "stripe", "external_id": external_id,
        "url": f"https://boards.example/stripe/{external_id}", "apply_url": None,
        "title": "Software Engineer, Payments Core", "company": "Stripe",
        "locations": (Location(text="Berlin", city="Berlin", country="DE"),), "workplace": "onsite",
        "remote_countries": None, "department": f"Team {external_id}", "employment_type": "full_time", "salary": None,
        "job_types": ("software_engineer",), "seniority": None,
        "experience": Experience(min_years=3, max_years=None, evidence="3+ years of building software", source="text"),
        "description_html": "", "description_text": "About the role\nYou will build the systems that move money.",
        "language": "en", "posted_at": "2026-11-19T00:00:00Z", "updated_at": None, "valid_through": None,
    }  # fmt: skip
    return Posting(**values | changes)


@dataclass
class Clock:
    """Time that a test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class World:
    """One installation: people, boards, postings; `run` does what the mailer's threads do, once each."""

    engine: Engine
    store: PostingStore
    port: int = 0
    clock: Clock = field(default_factory=Clock)
    timeouts: Timeouts = field(default_factory=lambda: Timeouts(connect=5, command=5, final_dot=5))
    epoch: int = 0

    def __post_init__(self) -> None:
        self.planner = Planner(self.engine, self.store)
        self.refusals = Refusals()

    def person(
        self,
        email: str = "ada@example.org",
        *wanted: Wanted,
        confirmed: bool = True,
        demo: bool = False,
        **delivery: Any,
    ) -> str:
        """A user with these alerts (or one of the software engineers' of 3 to 5 years); return the id."""
        with write(self.engine) as connection:
            user = users.add(
                connection, username=email.split("@", maxsplit=1)[0].title(), email=email, now=self.clock.now,
                confirmed=confirmed, is_demo=demo,
            )  # fmt: skip
            assert user is not None
            for one in wanted or (Wanted(job_types=("software_engineer",), years="3-5"),):
                alerts.add(connection, user.id, one, now=self.clock.now)
            if delivery:
                connection.execute(update(user_rows).where(user_rows.c.id == user.id).values(delivery))
        return user.id

    def alert_ids(self, user_id: str) -> list[str]:
        with read(self.engine) as connection:
            return [alert.id for alert in alerts.of(connection, user_id)]

    def company(self, name: str, board: str, *, aliases: Sequence[str] = (), demo: bool = False) -> None:
        """A company with an active board ("greenhouse/stripe")."""
        source, token = board.split("/", 1)
        with write(self.engine) as connection:
            boards.put_company(connection, name, aliases=aliases, is_demo=demo)
            boards.put(
                connection, source=source, token=token, company=name, every_hours=6, now=self.clock.now, is_demo=demo
            )
            connection.execute(update(board_rows).values(active=True))

    def publish(self, *postings: Posting, demo: bool = False, first: bool = False) -> None:
        """Save these as a crawl does that sees nothing else new."""
        self.epoch += 1
        for board in {f"{posting.source}/{posting.board}" for posting in postings}:
            here = [posting for posting in postings if f"{posting.source}/{posting.board}" == board]
            self.store.begin_crawl(board, epoch=self.epoch)
            self.store.save(board, here, epoch=self.epoch, now=self.clock.now, first_crawl=first, is_demo=demo)

    def close_all(self, board: str = "greenhouse/stripe") -> None:
        """Two complete crawls that find nothing any more."""
        for _ in range(2):
            self.clock.move(seconds=1)
            self.epoch += 1
            self.store.begin_crawl(board, epoch=self.epoch)
            self.store.close_missing(board, epoch=self.epoch, seen_after=self.clock.now, now=self.clock.now)

    def crawled(self, board: str, outcome: str = "success", at: datetime | None = None) -> None:
        self.epoch += 1
        self.store.begin_crawl(board, epoch=self.epoch)
        self.store.record_crawl(
            board,
            CrawlRecord(at=at or self.clock.now, epoch=self.epoch, outcome=outcome, seen=1, new=0, changed=0, closed=0,
                        skipped=0, seconds=1.0, complete=outcome == "success"),
        )  # fmt: skip

    @property
    def matcher(self) -> Matcher:
        return Matcher(engine=self.engine, store=self.store)

    def match(self, board: str = "greenhouse/stripe") -> int:
        return self.matcher.match_board(board, now=self.clock.now)

    def plan(self) -> int:
        """Plan what is due a minute from now, when everything at once is."""
        self.clock.move(seconds=60)
        return self.tick()

    def tick(self) -> int:
        """Plan what is due now."""
        return self.planner.tick(now=self.clock.now)

    def sender(self) -> Sender:
        sender = From(name="jobalerts", address="alerts@jobs.example.org")
        writer = Writer(
            engine=self.engine, store=self.store, states=BoardStates(self.store), site=SITE, key=KEY, sender=sender
        )
        relay = Relay(security="smtp", host="127.0.0.1", port=self.port, user="", password="")
        connection = SmtpConnection(relay, local_hostname="jobs.example.org", timeouts=self.timeouts)
        return Sender(
            writer=writer, connection=connection, in_flight=InFlight(), refusals=self.refusals, clock=self.clock
        )

    def send(self) -> int:
        """Send all that is due; return how many were tried."""
        sender, tried = self.sender(), 0
        while sender.send_next(stop=threading.Event()):
            tried += 1
        sender.connection.close()
        return tried

    def run(self) -> int:
        """Match every board that has something new, plan, send."""
        for board in self.store.boards_with_unmatched(self.clock.now + timedelta(days=1)):
            self.match(board)
        self.plan()
        return self.send()

    def mails(self) -> list[Any]:
        with read(self.engine) as connection:
            return list(connection.execute(select(mails).order_by(mails.c.id)))
