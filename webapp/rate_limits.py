"""How often an address or an account may try: counted in MongoDB, so that all web processes count together."""

from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from weakref import finalize

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, MongoDBStorage
from limits.strategies import MovingWindowRateLimiter
from limits.typing import MongoClient

from jobalerts.errors import TemporaryError

ANSWER_WITHIN_MS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`limit` as "60 per hour"; where guessing is the danger the rule holds even when nothing can be counted."""

    name: str
    limit: str
    fails_closed: bool = True


REGISTER = Rule(name="register", limit="60 per hour")  # an office or a school has one address
SIGN_IN = Rule(name="sign-in", limit="60 per 15 minutes")  # of one network
SIGN_IN_ACCOUNT = Rule(name="sign-in-account", limit="10 per 15 minutes")
SIGN_IN_LINK = Rule(name="sign-in-link", limit="20 per hour")
TOKEN = Rule(name="token", limit="300 per 15 minutes")  # confirm and sign-in links
UNSUBSCRIBE = Rule(name="unsubscribe", limit="600 per hour", fails_closed=False)
PASSWORD = Rule(name="password", limit="10 per 15 minutes")
PREVIEW = Rule(name="preview", limit="120 per 10 minutes", fails_closed=False)
SEARCH = Rule(name="search", limit="300 per 5 minutes", fails_closed=False)


class MongoCounts(MongoDBStorage):
    """Connects at the first try that is counted, and lets go when it is no longer used.

    The library's own connects at its end just to disconnect.
    """

    def _init_mongo_client(self, uri: str | None, **options: int | str | bool) -> MongoClient:
        client = super()._init_mongo_client(uri, **options)
        finalize(self, client.close)
        return client

    def __del__(self) -> None:
        """Nothing: `finalize` also runs when the interpreter ends, while that still works."""


class RateLimits:
    """Counts tries in a moving window."""

    def __init__(self, mongodb_url: str, database: str) -> None:
        """Nothing connects yet; without an address a single process counts for itself."""
        storage = _mongodb(mongodb_url, database) if mongodb_url else MemoryStorage()
        self._limiter = MovingWindowRateLimiter(storage)

    def hit(self, rule: Rule, key: str) -> datetime | None:
        """Count one try; None: go on, else when to try again (UTC). TemporaryError when it cannot be counted."""
        item = _item(rule)
        try:
            if self._limiter.hit(item, rule.name, key):
                return None
            reset, _remaining = self._limiter.get_window_stats(item, rule.name, key)
        except StorageError as error:
            if rule.fails_closed:
                raise TemporaryError("the database that counts tries does not answer") from error
            return None
        return datetime.fromtimestamp(reset, UTC)

    def forgive(self, rule: Rule, key: str) -> None:
        """Forget the tries, after one that was right."""
        try:
            self._limiter.clear(_item(rule), rule.name, key)
        except StorageError as error:
            raise TemporaryError("the database that counts tries does not answer") from error


def network(address: str | None) -> str:
    """What tries are counted by: an IPv4 address, or the /64 a household or server has of IPv6."""
    if not address:
        return "unknown"
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def _mongodb(url: str, database: str) -> MongoCounts:
    return MongoCounts(
        url,
        database_name=database,
        counter_collection_name="rate_counters",
        window_collection_name="rate_windows",
        wrap_exceptions=True,
        serverSelectionTimeoutMS=ANSWER_WITHIN_MS,
    )


def _item(rule: Rule) -> RateLimitItem:
    return parse(rule.limit)
