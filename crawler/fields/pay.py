"""Pay from fields: what counts, and the widest range of several zones or levels."""

import re
from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from jobalerts.domain.posting import Origin, Period, Salary

PERIODS = MappingProxyType(
    {
        "year": ("year", "yearly", "annual", "annually", "annum", "yr", "pa", "ann", "1 year", "per year salary",
                 "yearly salary"),
        "month": ("month", "monthly", "mo", "mon", "1 month", "per month salary"),
        "week": ("week", "weekly", "wk", "wee", "1 week", "per week salary"),
        "day": ("day", "daily", "1 day", "per day wage"),
        "hour": ("hour", "hourly", "hr", "hur", "1 hour", "per hour wage", "per hour"),
    }
)  # fmt: skip
NOT_PAY = re.compile(
    r"\bote\b|on[- ]target|bonus|equity|\brsu|stock|commission|sign[- ]?on|signing|stipend|allowance|relocation|401|"
    r"reimburse|referral|\bbudget|variable|incentive|\bgrant\b",
    re.I,
)
"""Words of amounts that are no base pay."""
NUMBERS = (int, float)


class Pay(NamedTuple):
    """One amount or range as a source states it; None is "not said"."""

    low: float | None
    high: float | None
    currency: str
    period: Period


def period_of(value: object) -> Period | None:
    """Read "per-year-salary", "1 YEAR", "HOUR", "ANN"; None for one-off, "NONE" and what is unknown."""
    return _period_named(value) if isinstance(value, str) else None


@lru_cache(maxsize=256)
def _period_named(text: str) -> Period | None:
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())
    for period, names in PERIODS.items():
        if words in names or words.removeprefix("per ") in names:
            return period  # type: ignore[return-value]  # the keys are the periods
    return None


def amount(value: object) -> float | None:
    """A number given as number or text ("55000.0", "55,000"); None for zero, negative and unreadable ones."""
    if isinstance(value, str):
        text = re.sub(r"[\s,'’]", "", value)
        value = float(text) if re.fullmatch(r"\d{1,12}(?:\.\d+)?", text) else None
    if isinstance(value, NUMBERS) and 0 < value < 1e12 and value is not True:
        return float(value)
    return None


def currency_code(value: object) -> str | None:
    return _currency_written(value) if isinstance(value, str) else None


@lru_cache(maxsize=256)
def _currency_written(text: str) -> str | None:
    text = text.strip().upper()
    return text if len(text) == 3 and text.isascii() and text.isalpha() else None


def pay_from_fields(*, low: object, high: object, currency: object, period: object) -> Pay | None:
    """A range from fields; None when neither end, no currency or no period is said."""
    bottom, top, code, every = amount(low), amount(high), currency_code(currency), period_of(period)
    if (bottom is None and top is None) or code is None or every is None:
        return None
    if bottom is not None and top is not None and bottom > top:
        bottom, top = top, bottom
    return Pay(bottom, top, code, every)


def widest(pays: Iterable[Pay | None], source: Origin) -> Salary | None:
    """One range over all zones and levels in the currency and period of the first; an open end stays open."""
    said = [pay for pay in pays if pay is not None]
    if not said:
        return None
    currency, period = said[0].currency, said[0].period
    alike = [pay for pay in said if (pay.currency, pay.period) == (currency, period)]
    lows = [pay.low for pay in alike if pay.low is not None]
    highs = [pay.high for pay in alike if pay.high is not None]
    return Salary(
        min=min(lows, default=None), max=max(highs, default=None), currency=currency, period=period, source=source
    )
