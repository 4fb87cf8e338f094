"""The store of postings and of what the crawls of boards came to: the only door to MongoDB."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from jobalerts.domain.posting import Posting
from jobalerts.errors import ConfigError
from jobalerts.mongo import boards, clusters, rejects
from jobalerts.mongo.boards import BoardState, CrawlRecord
from jobalerts.mongo.closing import EXPIRY_INDEX, close_boards, close_expired, close_missing, forgive
from jobalerts.mongo.connection import Document, open_database, translated
from jobalerts.mongo.documents import StoredPosting, read_document
from jobalerts.mongo.history import Event, history
from jobalerts.mongo.placing import merge_twins
from jobalerts.mongo.rejects import Reject
from jobalerts.mongo.saving import Crawl, Saved, save_batch, see_again, total
from jobalerts.mongo.search import TEXT_INDEX, Found, Recent, Search, appeared_since, recent, search
from jobalerts.mongo.settling import settle

BATCH = 500
OPEN: Document = {"closed_at": None}
UNMATCHED: Document = {**OPEN, "is_unmatched": True}
POSTING_INDEXES = (
    IndexModel([("source", ASCENDING), ("board", ASCENDING), ("external_id", ASCENDING)], unique=True),
    IndexModel([("board_id", ASCENDING), ("closed_at", ASCENDING), ("last_seen_at", ASCENDING)]),
    IndexModel([("closed_at", ASCENDING), ("first_seen_at", DESCENDING)]),
    IndexModel([("closed_at", ASCENDING), ("posted_at", DESCENDING)]),
    IndexModel([("cluster_id", ASCENDING)]),
    IndexModel([("likeness.key", ASCENDING), ("first_seen_at", ASCENDING)]),
    EXPIRY_INDEX,
    TEXT_INDEX,
    IndexModel(
        [("board_id", ASCENDING), ("first_seen_at", ASCENDING)],
        name="unmatched",
        partialFilterExpression={"is_unmatched": True},
    ),
)


def open_store(url: str, database: str) -> "PostingStore":
    """Open lazily; an address that cannot be used is a ConfigError."""
    if not url:
        raise ConfigError("MONGODB_URL: empty, and no embedded mongod is running: start `jobalerts up`")
    return PostingStore(open_database(url, database))


class PostingStore:
    """All methods raise TemporaryError while MongoDB is away; `board` is a board's id, `source/token`."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database
        self._postings = database["postings"]
        self._boards = database["boards"]
        self._aliases = database["cluster_aliases"]
        self._rejects = database["rejects"]

    @translated()
    def prepare(self) -> None:
        """Make the indexes that are missing; any number of programs may do so at once."""
        self._postings.create_indexes(list(POSTING_INDEXES))
        self._aliases.create_index("to")
        self._rejects.create_indexes(list(rejects.INDEXES))

    @translated()
    def ping(self) -> None:
        """Return if a primary answers."""
        self._database.command("ping")

    def close(self) -> None:
        self._database.client.close()

    @translated()
    def begin_crawl(self, board: str, *, epoch: int | None, began: datetime | None = None) -> int:
        """Fence off every crawl of a lower epoch; None joins the current one (a crawl by hand). Return the epoch.

        With `began`, a crawl that never comes to `record_crawl` is recorded as lost when the next one begins.
        """
        if epoch is None:
            return boards.current_epoch(self._boards, board)
        if began is None:
            boards.raise_epoch(self._boards, board, epoch)
        else:
            lost_since = boards.begin(self._boards, board, epoch, began)
            if lost_since:
                settle(self._postings, self._aliases, board, since=lost_since, now=began)
        return epoch

    @translated()
    def save(
        self, board: str, postings: Sequence[Posting], *, epoch: int, now: datetime, first_crawl: bool, is_demo: bool
    ) -> Saved:
        """Keep what was seen; a lower epoch than the board's is a PermanentError. `changed`: some key differs."""
        crawl = Crawl(board=board, epoch=epoch, now=now, first_crawl=first_crawl, is_demo=is_demo)
        done = []
        for start in range(0, len(postings), BATCH):
            self._refuse_stale(board, epoch)
            batch = save_batch(self._postings, postings[start : start + BATCH], crawl)
            merge_twins(self._postings, self._aliases, batch.minted, is_demo=is_demo, now=now)
            done.append(batch.saved)
        return total(done)

    @translated()
    def close_missing(
        self, board: str, *, epoch: int, seen_after: datetime, now: datetime, but_for: Collection[str] = ()
    ) -> int:
        """After a complete crawl begun at `seen_after`: close what two such in a row missed; return how many.

        `but_for`: external ids that were there, though nothing else of them could be read.
        """
        self._refuse_stale(board, epoch)
        if but_for:
            forgive(self._postings, board, but_for, epoch=epoch)
        return close_missing(self._postings, board, epoch=epoch, seen_after=seen_after, now=now, but_for=but_for)

    @translated()
    def close_expired(self, now: datetime) -> int:
        """Close what is over by its own page's word, between its crawls too; return how many."""
        return close_expired(self._postings, now)

    @translated()
    def record_crawl(
        self, board: str, record: CrawlRecord, *, answer: Mapping[str, str] | None = None, robots: str | None = None
    ) -> None:
        """Keep what a crawl came to, failed ones too; a stale epoch is a PermanentError.

        `answer` tells the next crawl, for a day, whether the board has changed; an unchanged crawl keeps the old one.
        `robots` is what robots.txt said; None keeps what it said before.
        """
        boards.record(self._boards, board, record, answer=answer, robots=robots)

    @translated()
    def answer_of(self, board: str) -> tuple[dict[str, str], datetime] | None:
        """The one answer the last good crawl got, and when that began; None if there is no such."""
        return boards.answer_of(self._boards, board)

    @translated()
    def see_again(self, board: str, *, epoch: int, since: datetime, now: datetime) -> int:
        """Everything seen since then is still there; return how many."""
        self._refuse_stale(board, epoch)
        return see_again(self._postings, board, epoch=epoch, since=since, now=now)

    @translated()
    def record_unless_known(self, board: str, record: CrawlRecord) -> None:
        """Keep what a crawl came to that could not say so itself: it was killed, or crashed."""
        boards.record_unless_known(self._boards, board, record)

    @translated()
    def keep_rejects(self, board: str, rows: Sequence[tuple[str, str]], now: datetime) -> None:
        """Keep rows that could not be read, as (row, error): the newest of each board, for a month."""
        rejects.keep(self._rejects, board, rows, now)

    @translated()
    def rejects(self, board: str) -> list[Reject]:
        """The rows that are kept, the newest first."""
        return rejects.of_board(self._rejects, board)

    @translated()
    def board_state(self, board: str) -> BoardState:
        """Also for a board that was never crawled."""
        count = self._postings.count_documents({"board_id": board, **OPEN})
        return boards.state(self._boards.find_one({"_id": board}), board, count)

    @translated()
    def board_states(self) -> dict[str, BoardState]:
        """Every board that was ever crawled, by id."""
        groups = self._postings.aggregate([{"$match": OPEN}, {"$group": {"_id": "$board_id", "open": {"$sum": 1}}}])
        counts = Counter({group["_id"]: group["open"] for group in groups})
        documents = {document["_id"]: document for document in self._boards.find()}
        return {
            board: boards.state(documents.get(board), board, counts[board])
            for board in sorted(documents.keys() | counts.keys())
        }

    @translated()
    def unmatched(self, board: str, limit: int) -> list[StoredPosting]:
        """New, open postings of a board that no matcher has stamped, oldest first; their clusters are settled."""
        since = boards.under_way_since(self._boards, board)
        if since:
            settle(self._postings, self._aliases, board, since=since, now=datetime.now(UTC))
        found = self._postings.find({"board_id": board, **UNMATCHED}).sort("first_seen_at", ASCENDING).limit(limit)
        return [read_document(document) for document in found]

    @translated()
    def stamp_matched(self, keys: Iterable[str], now: datetime) -> None:
        """These have been matched against every alert."""
        stamp = {"$set": {"matched_at": now, "is_unmatched": False}}
        self._postings.update_many({"_id": {"$in": list(keys)}}, stamp)

    @translated()
    def boards_with_unmatched(self, older_than: datetime) -> list[str]:
        """Boards whose new postings have waited for a matcher since before that moment."""
        found = self._postings.distinct("board_id", {**UNMATCHED, "first_seen_at": {"$lt": older_than}})
        return sorted(found)

    @translated()
    def unmatched_since(self) -> datetime | None:
        """Since when the new posting that has waited longest for a matcher has done so; None: none waits."""
        shown = {"unmatched_since": True, "first_seen_at": True}
        oldest = self._postings.find_one(UNMATCHED, shown, sort=[("unmatched_since", ASCENDING)])
        return (oldest.get("unmatched_since") or oldest["first_seen_at"]) if oldest else None

    def open_posted_since(self, since: datetime) -> Iterator[StoredPosting]:
        """Open postings that were posted since, or that appeared as new since (not a first crawl's old ones)."""
        with translated(), self._postings.find({**OPEN, "$or": appeared_since(since)}) as cursor:
            for document in cursor:
                yield read_document(document)

    @translated()
    def by_keys(self, keys: Iterable[str]) -> dict[str, StoredPosting]:
        """Postings by `Posting.key`, closed ones too; unknown keys are left out."""
        found = self._postings.find({"_id": {"$in": list(keys)}})
        return {document["_id"]: read_document(document) for document in found}

    @translated()
    def history(self, key: str) -> list[Event]:
        """What became of the posting with this key, oldest first."""
        return history(self._postings, key)

    @translated()
    def close_boards(self, ids: Collection[str], now: datetime) -> int:
        """Close what is open on boards that nobody looks after any more; return how many."""
        return close_boards(self._postings, ids, now)

    @translated()
    def open_of_clusters(self, ids: Collection[str]) -> dict[str, list[StoredPosting]]:
        """The open postings of each cluster, merged ones together, oldest first; [] when all have closed."""
        members = clusters.members_of(self._aliases, ids)
        wanted = {one for same in members.values() for one in same}
        found: dict[str, list[StoredPosting]] = defaultdict(list)
        for document in self._postings.find({"cluster_id": {"$in": sorted(wanted)}, **OPEN}):
            found[document["cluster_id"]].append(read_document(document))
        return {
            cluster: sorted((one for member in same for one in found[member]), key=_age)
            for cluster, same in members.items()
        }

    @translated()
    def search(self, wanted: Search, *, before: str | None = None, limit: int = 25) -> Found:
        """A page of postings for people, newest first; `before` is the last page's `next_before`."""
        return search(self._postings, wanted, before=before, limit=limit)

    @translated()
    def recent(self, wanted: Recent, *, limit: int) -> list[StoredPosting]:
        """The newest of what is wanted, for a page: without descriptions."""
        return recent(self._postings, wanted, limit=limit)

    @translated()
    def clusters_of(self, ids: Iterable[str]) -> dict[str, str]:
        """Each cluster id with the one it is merged into, or itself."""
        return clusters.resolve(self._aliases, ids)

    def resolve_cluster(self, cluster: str) -> str:
        return self.clusters_of([cluster])[cluster]

    @translated()
    def merge_clusters(self, cluster: str, *, into: str) -> None:
        """Make two clusters one; the ids in the postings stay as they are."""
        clusters.merge(self._aliases, cluster=cluster, into=into)

    @translated()
    def counts(self, now: datetime) -> dict[str, int]:
        """`open`: open postings; `new_24h`: those that appeared as new within a day."""
        new = {"first_seen_at": {"$gte": now - timedelta(hours=24)}, "is_new": True}
        return {"open": self._postings.count_documents(OPEN), "new_24h": self._postings.count_documents(new)}

    def _refuse_stale(self, board: str, epoch: int) -> None:
        if boards.current_epoch(self._boards, board) > epoch:
            raise boards.stale(board, epoch)


def _age(stored: StoredPosting) -> tuple[datetime, str]:
    return stored.first_seen_at, stored.posting.key
