"""Names folded all at once."""

from hypothesis import given
from hypothesis import strategies as st

from jobalerts.domain.places import folded, folded_lines


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=12), min_size=1, max_size=8))
def test_names_folded_together_are_the_names_folded_one_by_one(names: list[str]) -> None:
    assert folded_lines(names) == [folded(name) for name in names]


def test_the_article_accents_and_dots_go_from_every_name() -> None:
    assert folded_lines(["The Hague", "São Paulo", "U.S.A.", "St._Gallen"]) == [
        "hague",
        "sao paulo",
        "usa",
        "st gallen",
    ]
