"""When two names of companies are one, and how typed lists are taken apart."""

import pytest

from jobalerts.domain.companies import employers, name_key, split_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "ACME"),
        ("Acme, Inc.", "acme"),
        ("Acme LLC", "Acme"),
        ("Acme Ltd", "Acme GmbH"),
        ("Acme S.A.", "Acme SA"),
        ("Acme S. A.", "Acme"),
        ("Acme B.V.", "Acme"),
        ("Acme (Pty) Ltd.", "Acme"),
        ("Acme GmbH & Co. KG", "Acme"),
        ("Tiffany & Co.", "Tiffany and Co"),
        ("Ａｃｍｅ", "Acme"),
        ("Straße AG", "STRASSE"),
        ("Coca-Cola", "Coca Cola"),
        ("AT&T", "ATT"),
        ("L’Oréal", "L'Oréal"),
        ("Yahoo!", "Yahoo"),
        ("  Match \t Group ", "Match Group"),
        ("Acme® Corp.", "Acme"),
        ("Zero\u200bWidth", "ZeroWidth"),
    ],
)
def test_names_that_differ_in_writing_alone_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme", "Acme Labs"), ("Match Group", "Match"), ("Nestlé", "Nestle"), ("Stripe", "Strype"), ("Disney+", "Disney"),
     ("Incyte", "yte"), ("Costco", "Cost")],
)  # fmt: skip
def test_names_that_may_be_two_stay_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_that_is_only_a_suffix_keeps_it() -> None:
    assert name_key("AG") == "ag"
    assert name_key("The Company") == "the"
    assert name_key("Co. Inc.") == "coinc"
    assert name_key("!!!") == ""


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Stripe, Ramp", ["Stripe", "Ramp"]),
        ("Stripe\nRamp\r\nFigma", ["Stripe", "Ramp", "Figma"]),
        ("Acme, Inc.", ["Acme, Inc."]),
        ("Acme, Inc., Stripe", ["Acme, Inc.", "Stripe"]),
        ("Acme Co., Ltd., Ramp", ["Acme Co., Ltd.", "Ramp"]),
        ("Acme, LLC, Beta, GmbH", ["Acme, LLC", "Beta, GmbH"]),
        ("Acme, S.A., Beta, AG, Gamma, B.V., Delta, PLC", ["Acme, S.A.", "Beta, AG", "Gamma, B.V.", "Delta, PLC"]),
        ("Acme, Corp, Incyte", ["Acme, Corp", "Incyte"]),
        ("Acme，株式会社", ["Acme", "株式会社"]),
        (" , ,\n, ", []),
        ("", []),
        ("  Match   Group ,", ["Match Group"]),
        ("Stripe, STRIPE, Stripe Inc.", ["Stripe"]),
        ("Inc., Acme", ["Inc.", "Acme"]),
    ],
)
def test_a_typed_list_is_taken_apart_but_never_before_a_suffix(typed: str, names: list[str]) -> None:
    assert split_names(typed) == names


def test_an_employer_is_known_by_its_name_its_aliases_and_its_board() -> None:
    known = employers([("meta", "facebook"), ("stripe",)], {"greenhouse/meta-jobs": ("meta", "facebook")})
    assert known.keys("Facebook, Inc.", "jsonld/x") == {"meta", "facebook"}
    assert known.keys("Meta Platforms Ireland", "greenhouse/meta-jobs") == {"meta", "facebook", "metaplatformsireland"}
    assert known.keys("Somebody New", "jsonld/x") == {"somebodynew"}
