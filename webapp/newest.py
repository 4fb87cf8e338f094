"""A few postings that show what is found: the last posted of different companies."""

from datetime import timedelta

from jobalerts.errors import TemporaryError
from jobalerts.mongo.documents import StoredPosting
from jobalerts.mongo.search import Recent
from webapp.services import now, services

WINDOW = timedelta(days=30)
LOOKED_AT = 400


def newest(count: int) -> tuple[StoredPosting, ...]:
    """The last posted of those that appeared last, first one of each company; none while MongoDB is away."""
    try:
        found = services().store.recent(Recent(since=now() - WINDOW), limit=LOOKED_AT)
    except TemporaryError:
        return ()
    found.sort(key=lambda stored: stored.posting.posted_at or "", reverse=True)
    of_companies = {stored.posting.company: stored for stored in reversed(found)}
    firsts = [stored for stored in found if of_companies[stored.posting.company] is stored]
    rest = [stored for stored in found if of_companies[stored.posting.company] is not stored]
    return tuple([*firsts, *rest][:count])
