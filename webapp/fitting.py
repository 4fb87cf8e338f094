"""What fits an alert right now, for a page: the newest postings of its kinds of work, judged as the matcher does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from jobalerts.domain.alert import ANY_JOB_TYPE, Alert
from jobalerts.domain.companies import Employers, name_key
from jobalerts.domain.matching import Fit, fit
from jobalerts.errors import TemporaryError
from jobalerts.mongo.documents import StoredPosting
from jobalerts.mongo.search import Recent
from webapp.services import now, services

RECENT = timedelta(days=30)  # what the matcher looks at when an alert is new
MOST_READ = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A posting that fits right now, and why; it comes without its description."""

    stored: StoredPosting
    fit: Fit


def what_fits(own: Iterable[Alert], employers: Employers, *, demo_user: bool) -> list[Fitting] | None:
    """What fits of the last 30 days, surest first; None while the postings cannot be read."""
    found: dict[str, Fitting] = {}
    try:
        for alert in own:
            if alert.paused_at is None:
                for one in _of(alert, employers, demo_user=demo_user):
                    best = found.get(one.stored.cluster_id)
                    if best is None or one.fit.rank < best.fit.rank:
                        found[one.stored.cluster_id] = one
    except TemporaryError:
        return None
    return sorted(found.values(), key=lambda one: one.fit.rank)


def _of(alert: Alert, employers: Employers, *, demo_user: bool) -> Iterable[Fitting]:
    for stored in services().store.recent(_narrowed(alert, employers), limit=MOST_READ):
        posting = stored.posting
        keys = employers.keys(posting.company, f"{posting.source}/{posting.board}")
        judged = fit(alert, stored, keys, demo_user=demo_user)
        if judged:
            yield Fitting(stored=stored, fit=judged)


def _narrowed(alert: Alert, employers: Employers) -> Recent:
    """Only what may fit is read: of these kinds of work, on the boards of the companies that are followed."""
    wanted = {name_key(name) for name in alert.companies}
    boards = tuple(board for board, keys in employers.by_board.items() if keys & wanted)
    return Recent(
        since=now() - RECENT,
        job_types=() if ANY_JOB_TYPE in alert.job_types else alert.job_types,
        boards=boards if alert.companies else None,
    )
