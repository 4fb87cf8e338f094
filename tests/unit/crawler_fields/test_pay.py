"""Pay from prose and from fields."""

import pytest

from crawler.fields.pay import amount, pay_from_fields, period_of, widest
from crawler.fields.pay_text import pay_in_text

Read = tuple[float | None, float | None, str, str]


def read(text: str, *countries: str) -> Read | None:
    found = pay_in_text(text, frozenset(countries or ("US",)))
    return found and (found.min, found.max, found.currency, found.period)


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("$120k–$150k", (120_000, 150_000, "USD", "year")),
        ("$120-150k base", (120_000, 150_000, "USD", "year")),
        ("The salary range is $160,000 - $190,000. Other factors apply.", (160_000, 190_000, "USD", "year")),
        ("The expected range is $144,000.00-$180,000.00 USD", (144_000, 180_000, "USD", "year")),
        ("between $90,000 and $110,000 base pay", (90_000, 110_000, "USD", "year")),
        ("€55.000 p.a.", (55_000, 55_000, "EUR", "year")),
        ("Gehalt: 60.000 - 75.000 €", (60_000, 75_000, "EUR", "year")),
        ("Vergütung: 3.000 € – 3.500 € brutto pro Monat", (3_000, 3_500, "EUR", "month")),
        ("£45,000 - £55,000 per annum", (45_000, 55_000, "GBP", "year")),
        ("CHF 100'000 - 120'000", (100_000, 120_000, "CHF", "year")),
        ("₹12-15 LPA", (1_200_000, 1_500_000, "INR", "year")),
        ("C$90,000 - C$110,000 a year", (90_000, 110_000, "CAD", "year")),
        ("Pay: $25 - $30 per hour", (25, 30, "USD", "hour")),
        ("$25.50/hr", (25.5, 25.5, "USD", "hour")),
        ("Pay range: $18.00 - $22.50", (18, 22.5, "USD", "hour")),
        ("The pay is $120,000+ per year", (120_000, None, "USD", "year")),
        ("Salary: 120,000+", (120_000, None, "USD", "year")),
        ("up to $90,000 per year", (None, 90_000, "USD", "year")),
        ("from €4.500 per month", (4_500, None, "EUR", "month")),
        ("base salary of $150,000", (150_000, 150_000, "USD", "year")),
        ("Compensation: $40-$55/hour CAD", (40, 55, "CAD", "hour")),
        ("$90,000 - $120,000 (CAD) per year", (90_000, 120_000, "CAD", "year")),
        ("Base: 130-150k", (130_000, 150_000, "USD", "year")),
        ("Base salary $85,000, OTE $170,000", (85_000, 85_000, "USD", "year")),
        ("$85k base / $170k OTE", (85_000, 85_000, "USD", "year")),
        ("Salary of $70,000-$80,000 annually 401(k) Dental insurance", (70_000, 80_000, "USD", "year")),
        ("Pay rate: $20.00 - $30.00 hr", (20, 30, "USD", "hour")),
        ("$19/hr + $0.75 shift differential", (19, 19, "USD", "hour")),
        ("The hourly rate: $25-35 Annual team trip", (25, 35, "USD", "hour")),
        ("Annual Base Salary\n$38—$58 USD", (38, 58, "USD", "hour")),
        ("The minimum salary for this role is $80,000.", (80_000, None, "USD", "year")),
        ("Salary upto £29,000", (None, 29_000, "GBP", "year")),
        ("€60K – €80K • Offers Equity", (60_000, 80_000, "EUR", "year")),
        ("Jahresgehalt zwischen 60.000 und 75.000 Euro", (60_000, 75_000, "EUR", "year")),
        ("Bruttomonatsgehalt ab € 3.200,-", (3_200, None, "EUR", "month")),
        ("Stundenlohn: 15,50 €", (15.5, 15.5, "EUR", "hour")),
        ("Salaire mensuel : 2 300 € brut", (2_300, 2_300, "EUR", "month")),
        ("Salario: 30.000€ - 40.000€ brutos anuales", (30_000, 40_000, "EUR", "year")),
        ("Sueldo mensual de $25,000 MXN", (25_000, 25_000, "MXN", "month")),
        ("Faixa salarial: R$ 5.000 - R$ 7.000 mensais", (5_000, 7_000, "BRL", "month")),
        ("Salaris tussen €3.000 en €4.200 per maand", (3_000, 4_200, "EUR", "month")),
        ("18 000 - 24 000 zł netto + VAT / miesiąc", (18_000, 24_000, "PLN", "month")),
        ("年収600万円〜900万円", (6_000_000, 9_000_000, "JPY", "year")),
        ("In premium markets the salary is $157,000 — $230,000", (157_000, 230_000, "USD", "year")),
        ("Salario: R$ 4.500 + benefícios", (4_500, 4_500, "BRL", "month")),
        ("Wynagrodzenie: 11 000 - 15 000 PLN brutto", (11_000, 15_000, "PLN", "month")),
        ("Lön: 45 000 - 52 000 SEK", (45_000, 52_000, "SEK", "month")),
        ("TJM : 450-550€", (450, 550, "EUR", "day")),
        ("Salaire entre 2000 et 2400 euros bruts par mois", (2_000, 2_400, "EUR", "month")),
        ("月給 30万円〜45万円", (300_000, 450_000, "JPY", "month")),
    ],
)
def test_pay_is_read_from_prose(text: str, pay: Read) -> None:
    assert read(text) == pay


@pytest.mark.parametrize(
    "text",
    [
        "OTE: $200,000 - $250,000",
        "on-target earnings of $180k-$200k",
        "a sign-on bonus of $20,000",
        "an equity grant of $50,000 - $80,000",
        "401k match up to $10,000",
        "$1,500 learning stipend per year",
        "We raised $120M in funding",
        "annual revenue of $50,000 - $90,000 per customer",
        "ARR of $5M - $10M",
        "over 4,700 customers",
        "founded in 2015 - 2016",
        "call 555-120-1500",
        "Extra pay: +$4.50/hr for nights, +$9.00/hr for weekends",
        "Compensation: health insurance, 401k",
        "Relocation assistance starting at $15,000",
        "",
    ],
)
def test_other_money_is_not_pay(text: str) -> None:
    assert read(text) is None


def test_several_zones_give_the_widest_range() -> None:
    text = "USA, CA - 143,300.00 - 193,900.00 USD annually\nUSA, WA - 129,300.00 - 223,600.00 USD annually"
    assert read(text) == (129_300, 223_600, "USD", "year")


def test_the_bonus_beside_the_base_does_not_widen_it() -> None:
    assert read("The base salary is $100,000 - $120,000 plus a bonus of $40,000") == (100_000, 120_000, "USD", "year")
    assert read("$150,000 base + $150,000 OTE") == (150_000, 150_000, "USD", "year")


def test_a_bare_dollar_is_that_of_the_only_country() -> None:
    assert read("$90,000 - $110,000 a year", "CA") == (90_000, 110_000, "CAD", "year")
    assert read("$90,000 - $110,000 a year", "CA", "US") == (90_000, 110_000, "USD", "year")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("per-year-salary", "year"), ("1 YEAR", "year"), ("ANN", "year"), ("per-hour-wage", "hour"), ("HOUR", "hour"),
        ("MONTHLY", "month"), ("1 TIME", None), ("NONE", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_periods_are_read_in_every_vendors_words(text: object, period: str | None) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(
    ("value", "number"),
    [("55,000.0", 55_000.0), (7, 7.0), (0, None), ("0.0", None), (True, None), ("x", None), (-1, None)],
)
def test_zero_is_no_amount(value: object, number: float | None) -> None:
    assert amount(value) == number


def test_fields_need_currency_and_period_and_one_end() -> None:
    assert pay_from_fields(low=1000, high=None, currency="EUR", period="MONTH") is not None
    assert pay_from_fields(low=1000, high=2000, currency="", period="MONTH") is None
    assert pay_from_fields(low=1000, high=2000, currency="EUR", period="1 TIME") is None
    assert pay_from_fields(low=0, high=0, currency="EUR", period="MONTH") is None


def test_another_currency_is_not_mixed_into_the_range() -> None:
    pays = [
        pay_from_fields(low=low, high=2 * low, currency=code, period="year") for low, code in ((50, "USD"), (9, "EUR"))
    ]
    salary = widest(pays, "field")
    assert salary is not None
    assert (salary.min, salary.max, salary.currency) == (50, 100, "USD")
