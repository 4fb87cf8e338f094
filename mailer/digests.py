"""What stands in a digest: its postings as they are at the moment of sending, and the boards behind them."""

from calendar import day_name
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from jobalerts.domain.alert import Alert
from jobalerts.domain.coverage import Checked, coverage_words, day_words
from jobalerts.domain.digest import excerpt, preview, shortened, subject
from jobalerts.domain.place_words import cluster_place_words
from jobalerts.domain.salary_words import salary_words
from jobalerts.mongo.boards import SUCCESS, BoardState
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, employers, matches, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.mails import Mail
from jobalerts.sql.users import User
from mailer.planner import Fitting, still_fitting

TITLE_LENGTH = 160
STATES_KEPT_S = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One position in a digest, in words: a posting, and the places of the others of its cluster."""

    title: str
    company: str
    facts: tuple[str, ...]
    excerpt: str
    reasons: tuple[str, ...]
    evidence: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A digest that is ready to be rendered; `alerts` are behind it, the most frequent first."""

    user: User
    items: tuple[Item, ...]
    alerts: tuple[Alert, ...]
    day: str
    coverage: str

    @property
    def titles(self) -> list[tuple[str, str]]:
        return [(item.title, item.company) for item in self.items]

    @property
    def subject(self) -> str:
        return subject(self.titles, len(self.items))

    @property
    def frequency(self) -> str:
        """When its user gets mails, in a sentence."""
        user = self.user
        if user.frequency == "at_once":
            return "You get this at once when something fits."
        often = "once a day" if user.frequency == "daily" else f"once a week, on {day_name[user.digest_weekday]}"
        return f"You get this {often} at {user.digest_hour:02d}:00 ({user.timezone}), when something fits."

    @property
    def preview(self) -> str:
        return preview(self.titles, len(self.items))


class BoardStates:
    """The states of all boards, asked for at most every 30 s: ten thousand digests need not count postings each."""

    def __init__(self, store: PostingStore) -> None:
        self._store = store
        self._states: Mapping[str, BoardState] = {}
        self._good_until = 0.0

    def __call__(self) -> Mapping[str, BoardState]:
        if monotonic() > self._good_until:
            self._states = self._store.board_states()
            self._good_until = monotonic() + STATES_KEPT_S
        return self._states


def digest_of(
    engine: Engine, store: PostingStore, mail: Mail, *, states: Callable[[], Mapping[str, BoardState]], now: datetime
) -> Digest | None:
    """Gather what the mail tells; None when its user is gone or nothing of it holds any more."""
    if mail.user_id is None:
        return None
    with read(engine) as connection:
        user = users.by_id(connection, mail.user_id)
        found = matches.of_digest(connection, mail.id)
        holding = still_fitting(connection, store, found, user_id=mail.user_id)
        active = [alert for alert in alerts.of(connection, mail.user_id) if alert.paused_at is None]
        if user:
            boards = employers.followed_boards(connection, active, demo_user=user.is_demo)
    _leave_out(engine, mail, {match.id for match in found} - {fitting.match.id for fitting in holding}, now=now)
    if user is None or not holding:
        return None
    local = now.astimezone(ZoneInfo(user.timezone))
    known = states()
    return Digest(
        user=user,
        items=tuple(_item(fitting) for fitting in holding),
        alerts=_alerts(holding, active),
        day=day_words(local),
        coverage=coverage_words([_checked(board.company, known.get(board.id)) for board in boards], now=local),
    )


def _leave_out(engine: Engine, mail: Mail, gone: set[int], *, now: datetime) -> None:
    """Let go of what no longer holds; but a try in doubt may have told of it."""
    if gone and not mail.in_doubt:
        with write(engine) as connection:
            matches.leave_out(connection, mail.id, gone, now=now)


def _item(fitting: Fitting) -> Item:
    posting = fitting.stored.posting
    places = cluster_place_words([posting, *(stored.posting for stored in fitting.elsewhere)])
    again = "published again" if fitting.stored.repost_of else ""
    facts = (places, salary_words(posting.salary), again)
    return Item(
        title=shortened(posting.title, TITLE_LENGTH),
        company=posting.company,
        facts=tuple(fact for fact in facts if fact),
        excerpt=excerpt(posting.description_text, title=posting.title),
        reasons=tuple(dict.fromkeys(reason.text for reason in fitting.reasons)),
        evidence=next((reason.evidence for reason in fitting.reasons if reason.evidence), ""),
        url=posting.url if urlsplit(posting.url).scheme in ("http", "https") else "",
    )


def _alerts(holding: Sequence[Fitting], active: Sequence[Alert]) -> tuple[Alert, ...]:
    counts = Counter(reason.alert_id for fitting in holding for reason in fitting.reasons)
    return tuple(sorted((alert for alert in active if counts[alert.id]), key=lambda alert: -counts[alert.id]))


def _checked(company: str, state: BoardState | None) -> Checked:
    if state is None or not state.last_records:
        return Checked(company=company, could_be_read=False, last_read_at=None)
    return Checked(
        company=company,
        could_be_read=state.last_records[-1].outcome == SUCCESS,
        last_read_at=state.last_success_at,
    )
