"""What a crawl that died between its writes left undone: its new clusters, compared with those of other boards."""

import itertools
from datetime import datetime

from jobalerts.mongo.connection import Documents
from jobalerts.mongo.likenesses import read_likeness
from jobalerts.mongo.placing import merge_twins

BATCH = 500


def settle(postings: Documents, aliases: Documents, board: str, *, since: datetime, now: datetime) -> None:
    """Look once more for twins of the clusters of postings first seen since then; doing it twice changes nothing."""
    fresh = {"board_id": board, "first_seen_at": {"$gte": since}}
    found = postings.find(fresh, {"cluster_id": 1, "likeness": 1, "is_demo": 1})
    while batch := list(itertools.islice(found, BATCH)):
        minted = {document["cluster_id"]: read_likeness(document["likeness"]) for document in batch}
        merge_twins(postings, aliases, minted, is_demo=batch[0]["is_demo"], now=now)
