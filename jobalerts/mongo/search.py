"""Searching the postings for pages: filtered, newest first, a page at a time, over indexes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo import DESCENDING, TEXT, IndexModel

from jobalerts.mongo.connection import Document, Documents
from jobalerts.mongo.documents import StoredPosting, projection, read_document, since_text

COUNTED = 1000  # more are shown as "1,000+"
COUNTED_AMONG = 20_000  # postings
LOOKED_AT = 100  # postings at a time, for a page of clusters
NEWEST = [("first_seen_at", DESCENDING), ("_id", DESCENDING)]
WORDS = 12
DESCRIPTIONS = ("description_html", "description_text")
# Words are stemmed as English ones; the posting's own `language` must not choose, for some are unknown to MongoDB.
TEXT_INDEX = IndexModel(
    [("title", TEXT), ("company", TEXT), ("locations.text", TEXT)],
    name="words",
    default_language="english",
    language_override="text_language",
    weights={"title": 3, "company": 2, "locations.text": 1},
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for; everything given must hold. `text`: words in title, company or place."""

    text: str = ""
    job_type: str | None = None
    board: str | None = None
    company: str | None = None
    new_since: datetime | None = None
    open_only: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """Open postings that were posted or appeared as new since; no job types: all; `boards` None: all, (): none."""

    since: datetime
    job_types: tuple[str, ...] = ()
    boards: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Some postings, newest first, one a cluster; `count` up to 1,000 in all; `next_before` asks for the older ones."""

    postings: tuple[StoredPosting, ...]
    count: int
    next_before: str | None


def search(postings: Documents, wanted: Search, *, before: str | None, limit: int) -> Found:
    """One page, each cluster once, where its newest is; a `before` that cannot be read begins at the newest."""
    conditions = _conditions(wanted)
    ids, next_before = _newest_of_clusters(postings, conditions, before=before, limit=limit)
    documents = {document["_id"]: document for document in postings.find({"_id": {"$in": ids}})}
    return Found(
        postings=tuple(read_document(documents[key]) for key in ids if key in documents),
        count=_count(postings, conditions),
        next_before=next_before,
    )


def _newest_of_clusters(
    postings: Documents, conditions: Document, *, before: str | None, limit: int
) -> tuple[list[str], str | None]:
    """Ids of the postings to show, and where the page after them begins."""
    shown: list[Document] = []
    while len(shown) <= limit:
        rest = _older(before)
        query = {"$and": [conditions, rest]} if rest else conditions
        found = list(postings.find(query, projection("cluster_id", "first_seen_at")).sort(NEWEST).limit(LOOKED_AT))
        newest = _newest(postings, conditions, {row["cluster_id"] for row in found})
        shown += [row for row in found if row["_id"] in newest]
        if len(found) < LOOKED_AT:
            break
        before = _cursor(found[-1])
    more = len(shown) > limit
    return [row["_id"] for row in shown[:limit]], _cursor(shown[limit - 1]) if more else None


def _newest(postings: Documents, conditions: Document, clusters: set[str]) -> set[str]:
    """Of each cluster the newest posting that meets the conditions."""
    among = {**conditions, "cluster_id": {"$in": sorted(clusters)}}
    first = {"$group": {"_id": "$cluster_id", "newest": {"$first": "$_id"}}}
    return {row["newest"] for row in postings.aggregate([{"$match": among}, {"$sort": dict(NEWEST)}, first])}


def _count(postings: Documents, conditions: Document) -> int:
    clusters: list[Document] = [{"$match": conditions}, {"$limit": COUNTED_AMONG}, {"$group": {"_id": "$cluster_id"}}]
    found = list(postings.aggregate([*clusters, {"$limit": COUNTED}, {"$count": "clusters"}]))
    return found[0]["clusters"] if found else 0


def recent(postings: Documents, wanted: Recent, *, limit: int) -> list[StoredPosting]:
    """The newest, without their descriptions, which are most of a posting's bytes."""
    conditions: Document = {"closed_at": None, "$or": appeared_since(wanted.since)}
    if wanted.job_types:
        conditions["job_types"] = {"$in": list(wanted.job_types)}
    if wanted.boards is not None:
        conditions["board_id"] = {"$in": list(wanted.boards)}
    found = postings.find(conditions, dict.fromkeys(DESCRIPTIONS, 0)).sort("first_seen_at", DESCENDING).limit(limit)
    return [read_document(document | dict.fromkeys(DESCRIPTIONS, "")) for document in found]


def appeared_since(since: datetime) -> list[Document]:
    """Posted since, or appeared as new since: not a first crawl's old ones."""
    return [{"posted_at": {"$gte": since_text(since)}}, {"first_seen_at": {"$gte": since}, "is_new": True}]


def _conditions(wanted: Search) -> Document:
    conditions: Document = {}
    if wanted.open_only:
        conditions["closed_at"] = None
    if wanted.job_type:
        conditions["job_types"] = wanted.job_type
    if wanted.board:
        conditions["board_id"] = wanted.board
    if wanted.company:
        conditions["company"] = wanted.company
    if wanted.new_since:
        conditions |= {"first_seen_at": {"$gte": wanted.new_since}, "is_new": True}
    words = [word for word in wanted.text.replace('"', " ").replace("-", " ").split() if word][:WORDS]
    if words:
        conditions["$text"] = {"$search": " ".join(f'"{word}"' for word in words)}
    return conditions


def _cursor(document: Document) -> str:
    since = document["first_seen_at"].astimezone(UTC) - EPOCH
    return f"{since // timedelta(milliseconds=1)}.{document['_id']}"


def _older(before: str | None) -> Document | None:
    milliseconds, _, key = (before or "").partition(".")
    if not (milliseconds.isascii() and milliseconds.isdigit() and len(milliseconds) < 15 and key):
        return None
    moment = EPOCH + timedelta(milliseconds=int(milliseconds))
    return {"$or": [{"first_seen_at": {"$lt": moment}}, {"first_seen_at": moment, "_id": {"$lt": key}}]}
