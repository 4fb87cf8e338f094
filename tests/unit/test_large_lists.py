"""Rows of very long answers are those that reading the whole answer gives."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.large_lists import rows_apart

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('a"\\[]{},:é', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["jobs", "x", '"', "{"]), inner),
    max_leaves=8,
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["id", "jobs", "]"]), VALUES, max_size=3), max_size=4)
OPTIONS = st.sampled_from([0, orjson.OPT_INDENT_2])


@given(ROWS, OPTIONS)
def test_a_list_alone_is_read_row_by_row(rows: list[Any], option: int) -> None:
    found = rows_apart(orjson.dumps(rows, option=option), None)
    assert found is not None
    assert (found[0], list(found[1]), len(found[1])) == ([], rows, len(rows))


@given(st.dictionaries(st.sampled_from(["total", "meta"]), VALUES), ROWS, OPTIONS)
def test_a_list_at_a_key_is_read_apart_from_the_rest(around: dict[str, Any], rows: list[Any], option: int) -> None:
    found = rows_apart(orjson.dumps({**around, "jobs": rows, "end": 1}, option=option), "jobs")
    assert found is not None
    assert (found[0], list(found[1])) == ({**around, "jobs": [], "end": 1}, rows)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"", None),
        (b"{}", None),
        (b'[{"a":1},2]', None),
        (b'[{"a":1} {"a":2}]', None),
        (b'[{"a":1},]', None),
        (b'[{"a":1}', None),
        (b'[{"a":1}]]', None),
        (b'[{"a":1]}]', None),
        (b'[{"a":tru}]', None),
        (b'["a",{}]', None),
        (b'[{"a":"unfinished}]', None),
        (b"\xef\xbb\xbf[{}]", None),
        (b'{"jobs":[{}],"jobs":[]}', "jobs"),
        (b'{"jobs":null}', "jobs"),
        (b'{"inner":{"jobs":[{}]}}', "jobs"),
        (b'{"jobs":[{}]', "jobs"),
    ],
)
def test_what_is_not_plainly_a_list_of_objects_is_left_to_be_read_as_a_whole(body: bytes, key: str | None) -> None:
    assert rows_apart(body, key) is None


def test_rows_are_a_sequence() -> None:
    found = rows_apart(b'[{"n":0},{"n":1},{"n":2}]', None)
    assert found is not None
    assert (found[1][-1], found[1][1:]) == ({"n": 2}, [{"n": 1}, {"n": 2}])
