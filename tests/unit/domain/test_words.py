"""Pay, places, boards and alerts as people read them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobalerts.domain.alert import Alert
from jobalerts.domain.alert_index import AlertIndex
from jobalerts.domain.alert_words import alert_words
from jobalerts.domain.coverage import Checked, coverage_words, day_words
from jobalerts.domain.place_words import cluster_place_words, place_words
from jobalerts.domain.posting import Location, Posting, Salary
from jobalerts.domain.salary_words import salary_words

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "words"),
    [
        (78000, 104000, "EUR", "year", "€78,000–104,000 a year"),
        (90000, 120000, "CHF", "year", "CHF\xa090,000–120,000 a year"),
        (25.5, 30, "USD", "hour", "$25.50–30.00 an hour"),
        (None, 5000, "GBP", "month", "up to £5,000 a month"),
        (5000, None, "GBP", "month", "from £5,000 a month"),
        (500, 500, "USD", "day", "$500 a day"),
        (152000, 195000, "AUD", "year", "A$152,000–195,000 a year"),
        (6000000, 9000000, "JPY", "year", "¥6,000,000–9,000,000 a year"),
        (100, 200, "XYZ", "week", "XYZ\xa0100–200 a week"),
        (None, None, "USD", "day", ""),
    ],
)
def test_pay_is_said_as_people_write_it(*, low: Any, high: Any, currency: str, period: Any, words: str) -> None:
    assert salary_words(Salary(min=low, max=high, currency=currency, period=period, source="field")) == words


def test_pay_that_is_not_known_is_not_said() -> None:
    assert salary_words(None) == ""


def a_posting(places: tuple[Location, ...], workplace: Any = None, remote: Any = None) -> Posting:
    return Posting(
        source="s", board="b", external_id="1", url="https://x.example", apply_url=None, title="T", company="C",
        locations=places, workplace=workplace, remote_countries=remote, department=None, employment_type=None,
        salary=None, job_types=("sales", "marketing"), seniority=None, experience=None, description_html="",
        description_text="", language=None, posted_at=None, updated_at=None, valid_through=None,
    )  # fmt: skip


BERLIN = Location(text="Berlin Office", city="Berlin", country="DE")
PARIS = Location(text="Paris", country="FR")


@pytest.mark.parametrize(
    ("posting", "words"),
    [
        (a_posting((BERLIN,)), "Berlin, Germany"),
        (a_posting((BERLIN, PARIS)), "Berlin, Germany and Paris"),
        (a_posting((PARIS, BERLIN, Location(text="Rome, Italy"))), "Paris; Berlin, Germany and Rome, Italy"),
        (a_posting((PARIS,), "hybrid"), "Hybrid, Paris"),
        (a_posting((), "remote"), "Remote"),
        (a_posting((Location(text="Remote"),), "remote"), "Remote"),
        (a_posting((PARIS,), "remote"), "Remote, Paris"),
        (a_posting((PARIS,), "remote", ("DE", "ES")), "Remote, Germany or Spain"),
        (a_posting(tuple(Location(text=f"City {n}") for n in range(9))), "City 0; City 1; City 2 and 6 more"),
        (a_posting(()), ""),
    ],
)
def test_places_are_said_by_name(posting: Posting, words: str) -> None:
    assert place_words(posting) == words


@pytest.mark.parametrize(
    ("postings", "words"),
    [
        ([a_posting((BERLIN,))], "Berlin, Germany"),
        ([a_posting((BERLIN,)), a_posting((BERLIN,), "onsite")], "Berlin, Germany"),
        ([a_posting((BERLIN,)), a_posting((PARIS,))], "Berlin, Germany and Paris"),
        ([a_posting((Location(text=f"City {n}"),)) for n in range(5)], "City 0; City 1; City 2 and 2 more"),
        ([a_posting((), "remote", ("DE",)), a_posting((), "remote", ("ES",))], "Remote, Germany or Spain"),
        ([a_posting((), "remote", ("DE",)), a_posting((), "remote")], "Remote"),
        ([a_posting((PARIS,), "hybrid"), a_posting((), "remote", ("DE",))], "Hybrid, Paris, or Remote, Germany"),
        ([a_posting(()), a_posting(())], ""),
    ],
)
def test_the_places_of_one_position_stand_together(postings: list[Posting], words: str) -> None:
    assert cluster_place_words(postings) == words


def board(company: str, days_ago: float | None = 0, *, read: bool = True) -> Checked:
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    return Checked(company=company, could_be_read=read, last_read_at=last)


@pytest.mark.parametrize(
    ("boards", "words"),
    [
        ([], ""),
        ([board("A")], "The board you follow was checked."),
        ([board("A"), board("B")], "All 2 boards you follow were checked."),
        (
            [board(name) for name in "BCDEF"] + [board("Acme", 3, read=False)],
            "All 6 boards you follow were checked but one: Acme could not be read since Tuesday.",
        ),
        (
            [board("A"), board("Acme", None, read=False)],
            "All 2 boards you follow were checked but one: Acme could not be read yet.",
        ),
        (
            [board("Acme", 0.25, read=False)],
            "Acme could not be read since this morning; it is the only board you follow.",
        ),
        (
            [board("A"), board("B", 17, read=False), board("C", 1, read=False)],
            "1 of the 3 boards you follow were checked. Not read: B (since 3 November), C (since Thursday).",
        ),
        (
            [board(name, 2, read=False) for name in "ABCDE"],
            "0 of the 5 boards you follow were checked. Not read: A (since Wednesday), B (since Wednesday), "
            "C (since Wednesday) and 2 more.",
        ),
    ],
)
def test_what_could_not_be_read_is_named_with_its_day(boards: list[Checked], words: str) -> None:
    assert coverage_words(boards, now=NOW) == words


def test_a_day_is_named() -> None:
    assert day_words(NOW) == "Friday, 20 November"


def an_alert(**changes: Any) -> Alert:
    values: dict[str, Any] = {
        "id": "1", "user_id": "u", "job_types": ("software_engineer",), "years": "3-5", "companies": (),
        "countries": (), "remote_only": False, "created_at": NOW, "changed_at": NOW, "paused_at": None,
    }  # fmt: skip
    return Alert(**values | changes)


def test_an_alert_is_one_line() -> None:
    assert alert_words(an_alert()) == "Software; 3 to 5 years; at every company; anywhere"
    full = an_alert(
        job_types=("any",), companies=tuple("ABCDEFG"), countries=("DE", "FR", "US"), remote_only=True, years="12+"
    )
    assert alert_words(full) == (
        "any job type; 12 years or more; at A, B, C, D, E or 2 more; in Germany, France or United States; remote only"
    )


def test_a_posting_meets_only_the_alerts_that_may_take_it() -> None:
    alerts = [
        an_alert(id="names it", companies=("Acme", "ACME Inc."), job_types=("legal_compliance",)),
        an_alert(id="names another", companies=("Other",), job_types=("sales",)),
        an_alert(id="all companies", job_types=("sales", "marketing")),
        an_alert(id="all companies, another type", job_types=("people",)),
        an_alert(id="everything", job_types=("any",)),
    ]
    met = [alert.id for alert in AlertIndex(alerts).candidates(a_posting(()), frozenset({"acme"}))]
    assert sorted(met) == ["all companies", "everything", "names it"]
