"""Pay in words: "€78,000–104,000 a year"."""

from babel.numbers import format_currency, format_decimal

from jobalerts.domain.posting import Salary

LOCALE = "en_US"
PERIODS = {"year": "a year", "month": "a month", "week": "a week", "day": "a day", "hour": "an hour"}


def salary_words(salary: Salary | None) -> str:
    """Return the pay as people write it, "" when nothing is known."""
    if salary is None or (salary.min is None and salary.max is None):
        return ""
    period = PERIODS[salary.period]
    if salary.min is None or salary.max is None:
        bound = "up to" if salary.min is None else "from"
        return f"{bound} {_money(salary.min or salary.max or 0.0, salary.currency)} {period}"
    if salary.min == salary.max:
        return f"{_money(salary.min, salary.currency)} {period}"
    return f"{_money(salary.min, salary.currency)}–{format_decimal(salary.max, _figures(salary.max), LOCALE)} {period}"


def _money(amount: float, currency: str) -> str:
    return format_currency(amount, currency, f"¤{_figures(amount)}", LOCALE, currency_digits=False)


def _figures(amount: float) -> str:
    return "#,##0" if float(amount).is_integer() else "#,##0.00"
