"""Every rule of "Which postings fit a person", on both sides of its boundary."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from jobalerts.domain.alert import BANDS, Alert, band_bounds, band_words
from jobalerts.domain.matching import Fit, fit, left_out
from jobalerts.domain.posting import Experience, Location, Posting
from jobalerts.domain.years import fitting_bands, years_words

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Stored:
    posting: Posting
    is_demo: bool = False


def an_alert(**changes: Any) -> Alert:
    values: dict[str, Any] = {
        "id": "alert-1", "user_id": "user-1", "job_types": ("software_engineer",), "years": "3-5", "companies": (),
        "countries": (), "remote_only": False, "created_at": NOW, "changed_at": NOW, "paused_at": None,
    }  # fmt: skip
    return Alert(**values | changes)


def a_posting(**changes: Any) -> Posting:
    values: dict[str, Any] = {
        "source": "greenhouse", "board": "stripe", "external_id": "1", "url": "https://example.com/1",
        "apply_url": None, "title": "Software Engineer", "company": "Stripe",
        "locations": (Location(text="Berlin", city="Berlin", country="DE"),), "workplace": "onsite",
        "remote_countries": None, "department": None, "employment_type": "full_time", "salary": None,
        "job_types": ("software_engineer",), "seniority": None, "experience": asks(3), "description_html": "",
        "description_text": "", "language": "en", "posted_at": None, "updated_at": None, "valid_through": None,
    }  # fmt: skip
    return Posting(**values | changes)


def asks(low: float, high: float | None = None) -> Experience:
    return Experience(min_years=low, max_years=high, evidence=f"{low:g} years", source="text")


def fits(alert: Alert, posting: Posting, keys: frozenset[str] = frozenset({"stripe"}), **more: Any) -> Fit | None:
    found = fit(alert, Stored(posting), keys, **more)
    assert (found is None) == bool(left_out(alert, Stored(posting), keys, **more))
    return found


# band, least years, most years, does it fit: the table of the rules first, then both ends of every band
YEARS = [
    ("3-5", 1, None, True), ("3-5", 5, None, True), ("3-5", 6, None, False), ("3-5", 0, 2, False),
    ("3-5", 1.5, 2.5, False), ("1-3", 1, None, True), ("1-3", 5, None, False), ("1-3", 6, None, False),
    ("1-3", 0, 2, True), ("1-3", 1.5, 2.5, True),
    ("0-1", 0, None, True), ("0-1", 1, None, True), ("0-1", 1.5, None, False), ("0-1", 0, 0, True),
    ("1-3", 3, None, True), ("1-3", 3.5, None, False), ("1-3", 0, 1, True), ("1-3", 0, 0.5, False),
    ("3-5", 0, 3, True), ("3-5", 0, 2.5, False), ("3-5", 5.5, None, False),
    ("5-8", 8, None, True), ("5-8", 9, None, False), ("5-8", 3, 5, True), ("5-8", 3, 4, False),
    ("8-12", 12, None, True), ("8-12", 13, None, False), ("8-12", 5, 8, True), ("8-12", 5, 7, False),
    ("12+", 20, None, True), ("12+", 40, 50, True), ("12+", 8, 12, True), ("12+", 8, 11, False),
    ("12+", 0, None, True),
]  # fmt: skip


@pytest.mark.parametrize(("band", "low", "high", "expected"), YEARS)
def test_years_fit_when_the_band_and_what_is_asked_overlap(
    band: str, low: float, high: float | None, expected: bool
) -> None:
    posting = a_posting(experience=asks(low, high))
    assert (fits(an_alert(years=band), posting) is not None) is expected
    assert (band in fitting_bands(posting)) is expected


# level standing in for years: the bands that it fits
LEVELS = [
    ("intern", "0-1 1-3"), ("junior", "0-1 1-3"), ("mid", "1-3 3-5 5-8 8-12 12+"), ("senior", "3-5 5-8 8-12 12+"),
    ("manager", "3-5 5-8 8-12 12+"), ("staff", "5-8 8-12 12+"), ("director", "8-12 12+"), ("executive", "8-12 12+"),
]  # fmt: skip


@pytest.mark.parametrize(("level", "bands"), LEVELS)
def test_unknown_years_are_stood_in_for_by_the_level(level: Any, bands: str) -> None:
    posting = a_posting(experience=None, seniority=level)
    assert " ".join(band for band in BANDS if fits(an_alert(years=band), posting)) == bands
    assert " ".join(fitting_bands(posting)) == bands


def test_a_level_that_stands_in_is_said() -> None:
    found = fits(an_alert(), a_posting(experience=None, seniority="senior"))
    assert found is not None
    assert found.notes == ("asks for about 5 years (senior)",)
    assert found.evidence is None


@pytest.mark.parametrize("level", ["intern", "junior"])
@pytest.mark.parametrize(("band", "expected"), [("0-1", True), ("1-3", True), ("3-5", False), ("12+", False)])
def test_a_beginners_title_never_fits_three_years_and_more(level: Any, band: str, expected: bool) -> None:
    posting = a_posting(experience=asks(0, 20), seniority=level)
    assert (fits(an_alert(years=band), posting) is not None) is expected


def test_years_not_stated_at_all_are_kept_marked_and_come_last() -> None:
    unknown = fits(an_alert(), a_posting(experience=None))
    guessed = fits(an_alert(), a_posting(experience=None, seniority="mid"))
    stated = fits(an_alert(), a_posting())
    assert unknown
    assert guessed
    assert stated
    assert "years not stated" in unknown.notes
    assert stated.rank < guessed.rank < unknown.rank
    doubtful = fits(an_alert(countries=("US",)), a_posting(locations=(Location(text="Xyzzy"),)))
    assert doubtful
    assert doubtful.rank < unknown.rank, "nothing else may come after years not stated"


def test_the_years_asked_for_are_quoted() -> None:
    found = fits(an_alert(), a_posting(experience=asks(3)))
    assert found is not None
    assert found.evidence == "3 years"
    assert "asks for 3+ years" in found.reasons


@pytest.mark.parametrize(
    ("chosen", "offered", "expected"),
    [
        (("software_engineer",), ("software_engineer",), True),
        (("data_engineer",), ("software_engineer", "data_engineer"), True),
        (("data_engineer",), ("software_engineer",), False),
        (("any",), ("other",), True),
        (("other",), ("other",), True),
        (("sales",), ("other",), False),
    ],
)
def test_the_primary_or_the_second_job_type_counts_and_any_takes_all(
    chosen: tuple[str, ...], offered: tuple[str, ...], expected: bool
) -> None:
    assert (fits(an_alert(job_types=chosen), a_posting(job_types=offered)) is not None) is expected


@pytest.mark.parametrize(
    ("typed", "keys", "expected"),
    [
        ((), {"anything"}, True),
        (("STRIPE, Inc.",), {"stripe"}, True),
        (("Ramp",), {"stripe"}, False),
        (("Nobody Knows This Ltd",), {"stripe"}, False),
        (("Nobody Knows This Ltd", "Stripe"), {"stripe"}, True),
        (("Facebook",), {"meta", "facebook"}, True),
        (("",), {"stripe"}, False),
    ],
)
def test_named_companies_alone_are_matched_and_unknown_names_match_nothing(
    typed: tuple[str, ...], keys: set[str], expected: bool
) -> None:
    assert (fits(an_alert(companies=typed), a_posting(), frozenset(keys)) is not None) is expected


BERLIN, PARIS, UNREAD = (
    Location(text="Berlin", country="DE"),
    Location(text="Paris", country="FR"),
    Location(text="Xyzzy", country=None),
)


@pytest.mark.parametrize(
    ("chosen", "places", "workplace", "remote", "expected"),
    [
        ((), (), None, None, True),
        (("DE",), (BERLIN,), "onsite", None, True),
        (("DE",), (PARIS, BERLIN), "onsite", None, True),
        (("DE",), (PARIS,), "onsite", None, False),
        (("DE", "FR"), (PARIS,), "hybrid", None, True),
        (("DE",), (PARIS,), "remote", None, True),
        (("DE",), (PARIS,), "hybrid", None, False),
        (("DE",), (PARIS,), "remote", ("DE", "ES"), True),
        (("DE",), (PARIS,), "remote", ("ES",), False),
        (("FR",), (PARIS,), "remote", ("ES",), True),
        (("DE",), (), "remote", ("ES",), False),
        (("DE",), (Location(text="Remote"),), "remote", ("ES",), False),
    ],
)
def test_a_chosen_country_is_met_by_a_place_or_by_remote_work_from_there(
    *, chosen: tuple[str, ...], places: tuple[Location, ...], workplace: Any, remote: Any, expected: bool
) -> None:
    posting = a_posting(locations=places, workplace=workplace, remote_countries=remote)
    assert (fits(an_alert(countries=chosen), posting) is not None) is expected


@pytest.mark.parametrize(
    ("places", "note"),
    [((UNREAD,), "country of “Xyzzy” not recognised"), ((PARIS, UNREAD), "country of “Xyzzy” not recognised"),
     ((), "place not stated")],
)  # fmt: skip
def test_a_country_that_cannot_be_read_is_kept_and_marked(places: tuple[Location, ...], note: str) -> None:
    found = fits(an_alert(countries=("DE",)), a_posting(locations=places))
    assert found is not None
    assert found.notes == (note,)


@pytest.mark.parametrize(
    ("workplace", "expected"), [("remote", True), ("hybrid", False), ("onsite", False), (None, False)]
)
def test_remote_only_is_a_gate_of_its_own(workplace: Any, expected: bool) -> None:
    assert (fits(an_alert(remote_only=True), a_posting(workplace=workplace)) is not None) is expected


def test_remote_only_does_not_replace_the_country() -> None:
    wants = an_alert(remote_only=True, countries=("DE",))
    assert fits(wants, a_posting(workplace="remote", remote_countries=("US",), locations=(PARIS,))) is None
    assert fits(wants, a_posting(workplace="remote", remote_countries=("DE",), locations=(PARIS,)))


def test_demo_postings_fit_demo_users_alone() -> None:
    demo = Stored(a_posting(), is_demo=True)
    keys = frozenset({"stripe"})
    assert fit(an_alert(), demo, keys) is None
    assert fit(an_alert(), demo, keys, demo_user=True)
    assert fit(an_alert(), Stored(a_posting()), keys, demo_user=True)
    assert left_out(an_alert(), demo, keys) == ("is a made-up posting of the demo",)


def test_the_reasons_read_as_words() -> None:
    wants = an_alert(companies=("Stripe",), countries=("DE",))
    found = fits(wants, a_posting(experience=asks(3, 5)))
    assert found is not None
    assert found.text == "you follow Stripe; job type Software; in Germany; asks for 3 to 5 years"


def test_everything_that_speaks_against_it_is_said() -> None:
    wants = an_alert(companies=("Ramp",), countries=("DE",), remote_only=True, years="0-1", job_types=("sales",))
    assert left_out(wants, Stored(a_posting(locations=(PARIS,), workplace="hybrid")), frozenset({"stripe"})) == (
        "is at Stripe, which you do not follow",
        "is in Software, which you did not choose",
        "is in France, not where you look",
        "is hybrid; you look for remote only",
        "asks for 3+ years; you have 0 to 1 years",
    )
    assert left_out(an_alert(), Stored(a_posting(seniority="intern")), frozenset()) == (
        "is for interns; you have 3 to 5 years",
    )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3, None, "3+ years"), (0, None, "no experience"), (3, 5, "3 to 5 years"), (0, 2, "up to 2 years"),
     (1.5, 2.5, "1.5 to 2.5 years"), (2, 2, "2 years"), (1, 1, "1 year"), (0, 1, "up to 1 year"),
     (0, 0, "no experience")],
)  # fmt: skip
def test_asked_years_are_said_in_words(low: float, high: float | None, words: str) -> None:
    assert years_words(low, high) == words


def test_bands_have_their_ends() -> None:
    assert [band_bounds(band) for band in BANDS] == [(0, 1), (1, 3), (3, 5), (5, 8), (8, 12), (12, None)]
    assert band_words("12+") == "12 years or more"
    with pytest.raises(ValueError, match="unknown band of years '2-3'"):
        band_bounds("2-3")
