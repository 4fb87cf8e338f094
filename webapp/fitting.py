"""What fits an alert right now, for a page: the newest postings of its kinds of work, judged as the matcher does."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    """A posting that fits right now, and why, with those of its cluster that fit too; without descriptions."""

    stored: StoredPosting
    fit: Fit
    elsewhere: tuple[StoredPosting, ...] = ()


def what_fits(own: Iterable[Alert], employers: Employers, *, demo_user: bool) -> list[Fitting] | None:
    """What fits of the last 30 days, a cluster once, surest first; None while the postings cannot be read."""
    try:
        found = [one for alert in own if alert.paused_at is None for one in _of(alert, employers, demo_user=demo_user)]
        clusters = services().store.clusters_of({one.stored.cluster_id for one in found})
    except TemporaryError:
        return None
    lines: dict[str, dict[str, Fitting]] = {}
    for one in sorted(found, key=lambda one: one.fit.rank):
        lines.setdefault(clusters[one.stored.cluster_id], {}).setdefault(one.stored.posting.key, one)
    return [_line(list(same.values())) for same in lines.values()]


def _line(same: list[Fitting]) -> Fitting:
    best, *others = same
    return replace(best, elsewhere=tuple(one.stored for one in others))


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
