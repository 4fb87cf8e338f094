"""What MongoDB says when it cannot write: a full disk is temporary, and is named."""

import pytest
from pymongo.errors import BulkWriteError, OperationFailure

from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.mongo.connection import translated

OVER_QUOTA = "you are over your space quota, using 512 MB of 512 MB"


@pytest.mark.parametrize(
    "error",
    [
        OperationFailure("No space left on device", 14031),
        OperationFailure(OVER_QUOTA, 8000),
        BulkWriteError({"writeErrors": [{"index": 0, "code": 14031, "errmsg": "No space left on device"}]}),
    ],
)
def test_no_room_is_temporary_and_named(error: OperationFailure) -> None:
    with pytest.raises(TemporaryError, match="the disk of MongoDB is full: free some space"), translated():
        raise error


def test_what_mongodb_refuses_for_good_stays_permanent() -> None:
    with pytest.raises(PermanentError), translated():
        raise BulkWriteError({"writeErrors": [{"index": 0, "code": 121, "errmsg": "Document failed validation"}]})
