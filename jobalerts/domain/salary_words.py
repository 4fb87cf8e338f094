"""Pay in words: "€78,000–104,000 a year"."""

from babel.numbers import format_decimal, get_currency_symbol

from jobalerts.domain.posting import Salary

LOCALE = "en_US"
PERIODS = {"year": "a year", "month": "a month", "week": "a week", "day": "a day", "hour": "an hour"}


def salary_words(salary: Salary | None) -> str:
    """Return the pay as people write it, "" when nothing is known."""
    amounts = [] if salary is None else [amount for amount in (salary.min, salary.max) if amount is not None]
    if salary is None or not amounts:
        return ""
    pattern = "#,##0" if all(float(amount).is_integer() for amount in amounts) else "#,##0.00"
    figures = "–".join(dict.fromkeys(format_decimal(amount, pattern, LOCALE) for amount in amounts))
    bound = "up to " if salary.min is None else "from " if salary.max is None else ""
    return f"{bound}{_symbol(salary.currency)}{figures} {PERIODS[salary.period]}"


def _symbol(currency: str) -> str:
    symbol = get_currency_symbol(currency, LOCALE)
    return f"{symbol}\N{NO-BREAK SPACE}" if symbol[-1].isalpha() else symbol
