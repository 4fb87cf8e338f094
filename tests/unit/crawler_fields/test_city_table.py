"""Names of cities, found in one text."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.fields.city_table import CityTable, Row

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\t\n"), max_size=5)
ROWS = st.builds(
    Row, country=st.sampled_from(["US", "DE"]), region=st.sampled_from(["", "TX"]), people=st.integers(0, 9),
    is_own=st.booleans(),
)  # fmt: skip


@given(st.lists(st.tuples(NAMES, ROWS)), NAMES)
def test_each_name_has_its_rows_once_in_their_order(named: list[tuple[str, Row]], other: str) -> None:
    table = CityTable(named)
    for name in {name for name, _ in named} | {other}:
        assert table.rows(name) == tuple(dict.fromkeys(row for own, row in named if own == name))
