"""Pay from prose: "$120k–$150k", "€55.000 p.a.", "143,300.00 - 193,900.00 USD annually", "₹12-15 LPA"."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from babel.core import UnknownLocaleError
from babel.numbers import get_territory_currencies

from crawler.fields.pay import NOT_PAY, Pay, widest
from crawler.fields.pay_words import (
    AMOUNT,
    CROWNS,
    DOLLARS,
    FROM,
    LARGE_UNITS,
    LONGEST_CURRENCY,
    NO_PAY_AFTER,
    NOT_MONEY,
    NUMBER,
    OTHER_MONEY,
    PAY_WORDS,
    PERIOD_NEAR,
    PERIOD_SIGNS,
    PESOS,
    SPEAKS_OF_PAY,
    SYMBOLS,
    TAIL_ENDS,
    TOO_MUCH_IN_DOLLARS,
    UP_TO,
    YEARLY_FROM_IN,
)
from jobalerts.domain.posting import Period, Salary

PLAUSIBLE = MappingProxyType(
    {
        "year": (8_000, 3_000_000),
        "month": (300, 250_000),
        "week": (100, 30_000),
        "day": (40, 10_000),
        "hour": (5, 1_000),
    }
)
IN_FACT = re.compile(r"pro[- ]?rata,?\s*\([^()]{0,40}$|\(actual[^()]{0,40}$", re.I)
"""Before what a part-time position pays in fact, beside the pay for all hours."""
THOUSANDS_OF = re.compile(r"t(?=€|eur|chf)")
ALONE_BEFORE = re.compile(
    r"(?:^|[\n|•·])[\s*–-]*(?:(?:up to|from|ca\.?|circa|approx\.?|around|ab"
    r"|bis(?: zu)?|jusqu'à|hasta|desde|[~≈])\s*)?$",
    re.I,
)
ALONE_AFTER = re.compile(
    r"\s*(?:$|[\n|•·+]|plus\b|\(?(?:depending|doe|dependent|negotiable|gross|brutto|pro[- ]?rata|fte)\b)", re.I
)
IN_THOUSANDS = re.compile(r"\d{2,3}[.,\s]000")
YEARLY_FROM = 15_000
"""An amount from here on, with nothing else said, is a year's pay."""
SCALES = MappingProxyType(
    {
        "k": 1000,
        "lpa": 100_000,
        "lakh": 100_000,
        "lakhs": 100_000,
        "t": 1000,
        "tsd": 1000,
        "tsd.": 1000,
        "mil": 1000,
        "万": 10_000,
        "만": 10_000,
    }
)


def pay_in_text(text: str, countries: frozenset[str]) -> Salary | None:
    """The pay that `text` states; `countries` decide what a bare "$", or an amount without currency, is in."""
    found = [(match.start(), pay) for match in _amounts_in(text) if (pay := _pay(match, text, countries))]
    if not found:
        return None
    near = found[0][0]  # what speaks of pay mostly stands beside it
    is_said = SPEAKS_OF_PAY.search(text, near) or SPEAKS_OF_PAY.search(text, 0)
    return widest((pay for _, pay in found), "text") if is_said else None


def pay_in_words(text: str, countries: frozenset[str]) -> Pay | None:
    """A field of free words that speaks of the pay alone: "$20+ / hour", "Up to $60,000", "Competitive"."""
    said = pay_in_text(f"Salary: {text}", countries) if text else None
    return Pay(low=said.min, high=said.max, currency=said.currency, period=said.period) if said else None


def _amounts_in(text: str) -> Iterator[re.Match[str]]:
    """As `AMOUNT.finditer` would find them; trying only before numbers takes a fifth of the time."""
    end = 0
    for number in NUMBER.finditer(text):
        for start in range(max(end, number.start() - LONGEST_CURRENCY), number.start() + 1):
            match = AMOUNT.match(text, start)
            if match:
                yield match
                end = match.end()
                break


def _pay(match: re.Match[str], text: str, countries: frozenset[str]) -> Pay | None:
    currency = _currency(match, countries)
    if currency is None and not _is_written_large(match):  # most numbers of a text, so it is asked first
        return None
    before, after = _around(match, text)
    if _is_no_pay(before, after):
        return None
    is_range, named = match["num2"] is not None, bool(PAY_WORDS.search(f"{before} {match[0]} {after}"))
    low, high = _amounts(match)
    is_alone = _stands_alone(match, text)
    currency = currency or (_currency_of(countries) if named or match["period"] or is_alone else None)
    if currency is None or low is None or (is_range and (high is None or high < low)):
        return None
    is_large = low >= _large_from(currency) and (is_range or is_alone)
    if not (named or match["period"] or match["between"] or is_large):
        return None
    said = _periods(match, before, after)
    currency = _in_pesos(match, countries, low=low, said=said) or currency
    period = _fitting_period(said, low, high, currency)
    if period is None:
        return None
    bottom, top = _ends(match, before, low=low, high=high)
    return Pay(low=bottom, high=top, currency=currency, period=period)


def _large_from(currency: str) -> float:
    """An amount from here on may be pay without a word on it; a month's pay where that is how pay is told."""
    return min(YEARLY_FROM, YEARLY_FROM_IN.get(currency, 24 * YEARLY_FROM) / 24)


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """ "Engineer | Berlin | up to €90k": between lines or bars, an amount without a word is pay."""
    before, after = text[max(0, match.start() - 40) : match.start()], text[_end(match) : _end(match) + 40]
    return ALONE_BEFORE.search(before) is not None and ALONE_AFTER.match(after) is not None


def _in_pesos(match: re.Match[str], countries: frozenset[str], *, low: float, said: list[Period]) -> str | None:
    """ "$500.000 al mes" in Chile: the peso of the only country, when it is too much for US dollars."""
    if len(countries) != 1 or {match["pre1"], match["pre2"]} - {None, "$"} or match["pre1"] != "$":
        return None
    if any(match[name] for name in ("post1", "post2", "code1", "code2")):
        return None
    period = said[0] if said else "year"
    return PESOS.get(next(iter(countries))) if low > TOO_MUCH_IN_DOLLARS[period] else None


def _ends(match: re.Match[str], before: str, *, low: float, high: float | None) -> tuple[float | None, float | None]:
    if high is not None:
        return low, high
    if match["open"] or FROM.search(before):
        return low, None
    return (None, low) if UP_TO.search(before) else (low, low)


def _around(match: re.Match[str], text: str) -> tuple[str, str]:
    """What stands before on the line (and the line above), and after it up to the end of the sentence."""
    head = text[max(0, match.start() - 160) : match.start()]
    lines = head.split("\n")
    tail = TAIL_ENDS.split(text[_end(match) : _end(match) + 80], maxsplit=1)[0]
    return "\n".join(lines[-2:]), tail


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip(" \n,("))


def _is_no_pay(before: str, after: str) -> bool:
    """Bonus, equity, OTE and the company's own money, judged by the words nearest to the amount."""
    clause = re.split(r"\n|[.;](?:\s|$)|[•|]", before)[-1]
    near = re.split(r",|\band\b|\bplus\b|\+", clause)[-1]
    if IN_FACT.search(clause) or NOT_MONEY.search(clause[-70:]) or OTHER_MONEY.search(after[:30]):
        return True
    if re.search(r"\bbase\b|salary", near, re.I) and not re.search(r"\bote\b|on[- ]target", near, re.I):
        return bool(re.match(r"\W{0,3}(?:ote\b|on[- ]target|bonus|equity|sign)", after, re.I))
    return bool(NOT_PAY.search(near) or NO_PAY_AFTER.search(after[:25]))


def _amounts(match: re.Match[str]) -> tuple[float | None, float | None]:
    first, second = match["num1"], match["num2"]
    scale1, scale2 = match["k1"], match["k2"]
    if match["pre1"] and THOUSANDS_OF.match(match["pre1"].lower()):
        scale1 = scale2 = "t"
    high = _number(second, scale2) if second else None
    low = _number(first, scale1 or (scale2 if second and _bare(first) else None))
    if low and high and not scale1 and re.fullmatch(r"\d{2,3}", first) and IN_THOUSANDS.fullmatch(second):
        low = low * 1000 if low * 1000 < high else low  # "60-70.000"
    return low, high


def _bare(number: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2})?", number) is not None


def _number(text: str, scale: str | None) -> float | None:
    whole, cents = re.sub(r"[\s'’]", "", text), ""
    tail = re.search(r"[.,](\d{1,2})$", whole)
    if tail:
        whole, cents = whole[: tail.start()], tail[1]
    number = float(re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else ""))
    kind = (scale or "").lower()
    if kind.startswith(("m", "b")) and kind not in SCALES:
        return None
    return number * SCALES.get(kind, 1)


def _currency(match: re.Match[str], countries: frozenset[str]) -> str | None:
    """The one its signs say."""
    names = ("post1", "post2", "pre1", "pre2", "code1", "code2")
    said = next((match[name] for name in names if match[name] and match[name] != "$"), None)
    scales = {(match["k1"] or "").lower(), (match["k2"] or "").lower()}
    if match["pays"]:
        return "CNY"
    if said:
        names_several = {"pesos": PESOS, "kr": CROWNS}.get(said.lower())
        if names_several is not None:
            return names_several.get(next(iter(countries))) if len(countries) == 1 else None
        word = THOUSANDS_OF.sub("", re.sub(r"[\s.]", "", said).lower())
        return SYMBOLS.get(word) or SYMBOLS.get(word.rstrip("$")) or word.rstrip("$").upper()
    if "$" in (match["pre1"] or "") + (match["pre2"] or "") + (match["post1"] or "") + (match["post2"] or ""):
        return DOLLARS.get(next(iter(countries)), "USD") if len(countries) == 1 else "USD"
    return "INR" if scales & {"lpa", "lakh", "lakhs"} else None


def _is_written_large(match: re.Match[str]) -> bool:
    """As "120,000" or "120k - 150k" are, but not "401k": without a currency, only such a number may be pay."""
    scales = {(match["k1"] or "").lower(), (match["k2"] or "").lower()}
    return not match["num1"].isdecimal() or (match["num2"] is not None and bool(scales & {"k", "万"}))


def _currency_of(countries: frozenset[str]) -> str | None:
    if len(countries) != 1:
        return None
    try:
        return next(iter(get_territory_currencies(next(iter(countries)))), None)
    except UnknownLocaleError:
        return None


def _periods(match: re.Match[str], before: str, after: str) -> list[Period]:
    """What may be meant, the likeliest first; "$25 - $35 Annual benefits" may have begun another sentence."""
    if "lpa" in {(match["k1"] or "").lower(), (match["k2"] or "").lower()}:
        return ["year"]
    written = match["period"] or match["between"] or ""
    line = before.rsplit("\n", maxsplit=1)[-1][-60:]
    near = PERIOD_NEAR.findall(f"{line} {after[:40]}")
    said = _period_named(written)
    if said and not written.istitle():
        return [said]
    found = (said, _period_named(near[-1]) if near else None)
    return [period for period in found if period]


def _fitting_period(said: list[Period], low: float, high: float | None, currency: str) -> Period | None:
    by_size = _period_by_size(low, high, currency)
    for period in said or ([by_size] if by_size else []):
        if _plausible(low, high, currency=currency, period=period):
            return period
    if len(said) == 1 and by_size == "hour" and said[0] == "year" and high is not None:
        return by_size  # "Annual base salary: $38 - $58"
    return None


def _period_named(words: str) -> Period | None:
    text = re.sub(r"[\s.]", "", words.lower())
    return next((period for period, signs in PERIOD_SIGNS if text and signs.search(text)), None)


def _period_by_size(low: float, high: float | None, currency: str) -> Period | None:
    largest, yearly_from = high or low, YEARLY_FROM_IN.get(currency)
    if yearly_from:
        return "year" if largest >= yearly_from else "month" if low * 40 >= yearly_from else None
    if high is not None and currency in {"EUR", "CHF"} and 1_000 <= low < YEARLY_FROM:
        return "month"
    return "year" if largest >= YEARLY_FROM else "hour" if largest <= 150 and low >= 7 else None


def _plausible(low: float, high: float | None, *, currency: str, period: Period) -> bool:
    least, most = PLAUSIBLE[period]
    most *= 10_000 if currency in LARGE_UNITS else 1
    return least <= low and (high or low) <= most and (high is None or high <= 10 * low)
