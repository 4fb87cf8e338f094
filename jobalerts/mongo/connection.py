"""The connection to MongoDB: safe defaults, and pymongo's errors turned into ours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bson.errors import BSONError
from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import (
    ConfigurationError,
    ConnectionFailure,
    ExecutionTimeout,
    InvalidURI,
    OperationFailure,
    PyMongoError,
    WaitQueueTimeoutError,
    WTimeoutError,
)

from jobalerts.errors import ConfigError, PermanentError, TemporaryError

Document = dict[str, Any]
Documents = Collection[Document]
SELECTION_TIMEOUT_MS = 5_000
SOCKET_TIMEOUT_MS = 60_000
WRITE_TIMEOUT_MS = 10_000
NOT_ALLOWED = {13, 18}  # Unauthorized, AuthenticationFailed
NO_ROOM = {8000, 14031}  # AtlasError (over its quota), OutOfDiskSpace; a mongod whose journal finds no room just ends


def open_database(url: str, database: str) -> Database[Document]:
    """Open lazily (nothing connects yet); writes are acknowledged by a majority and its journals."""
    try:
        client: MongoClient[Document] = MongoClient(
            url,
            w="majority",
            journal=True,
            wTimeoutMS=WRITE_TIMEOUT_MS,
            serverSelectionTimeoutMS=SELECTION_TIMEOUT_MS,
            connectTimeoutMS=SELECTION_TIMEOUT_MS,
            socketTimeoutMS=SOCKET_TIMEOUT_MS,
            tz_aware=True,
            appname="jobalerts",
        )
    except (ConfigurationError, InvalidURI, ValueError) as error:
        raise ConfigError(f"MONGODB_URL: {error}") from None
    return client[database]


@contextmanager
def translated() -> Iterator[None]:
    """TemporaryError while MongoDB is away, ConfigError when it does not let us in, else PermanentError."""
    try:
        yield
    except (ConnectionFailure, ExecutionTimeout, WaitQueueTimeoutError, WTimeoutError) as error:
        raise TemporaryError(f"MongoDB does not answer: {_line(error)}") from error
    except OperationFailure as error:
        if error.code in NOT_ALLOWED:
            raise ConfigError(f"MONGODB_URL: MongoDB refuses this user: {_line(error)}") from error
        if not NO_ROOM.isdisjoint(_codes(error)):
            raise TemporaryError(f"the disk of MongoDB is full: free some space ({_line(error)})") from error
        if error.has_error_label("RetryableWriteError") or error.has_error_label("TransientTransactionError"):
            raise TemporaryError(f"MongoDB is changing over: {_line(error)}") from error
        raise PermanentError(f"MongoDB refuses: {_line(error)}") from error
    except (PyMongoError, BSONError, UnicodeEncodeError, OverflowError) as error:
        raise PermanentError(f"MongoDB cannot keep this: {_line(error)}") from error


def _codes(error: OperationFailure) -> set[int | None]:
    """Its own, and those of the single writes of a batch."""
    writes = (error.details or {}).get("writeErrors", [])
    return {error.code, *(write.get("code") for write in writes)}


def _line(error: Exception) -> str:
    return (
        re.split(r" \(configured timeouts|, Timeout:|, full error:", str(error).splitlines()[0])[0][:200]
        if str(error)
        else type(error).__name__
    )
