"""Pay from prose: "$120k–$150k", "€55.000 p.a.", "143,300.00 - 193,900.00 USD annually", "₹12-15 LPA"."""

import re
from types import MappingProxyType

from babel.core import UnknownLocaleError
from babel.numbers import get_territory_currencies

from crawler.fields.pay import NOT_PAY, Pay, widest
from jobalerts.domain.posting import Period, Salary

SYMBOLS = MappingProxyType(
    {
        "us$": "USD", "ca$": "CAD", "c$": "CAD", "cad$": "CAD", "a$": "AUD", "au$": "AUD", "aud$": "AUD", "nz$": "NZD",
        "s$": "SGD", "sg$": "SGD", "hk$": "HKD", "r$": "BRL", "mx$": "MXN", "nt$": "TWD", "€": "EUR", "£": "GBP",
        "¥": "JPY",         "₹": "INR",
        "rs": "INR", "₩": "KRW", "zł": "PLN", "₪": "ILS", "kč": "CZK", "₺": "TRY", "₱": "PHP", "฿": "THB",
    }
)  # fmt: skip
DOLLARS = MappingProxyType({"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"})
"""What a bare "$" means where every place of the posting is in that country; else it is the US dollar."""
CODES = (
    "USD|EUR|GBP|CAD|AUD|NZD|CHF|SGD|HKD|JPY|INR|KRW|PLN|SEK|NOK|DKK|CZK|HUF|RON|BRL|MXN|ILS|TRY|ZAR|CNY|RMB|TWD|THB|"
    "PHP|MYR|IDR|VND|AED|SAR"
)
MONEY = (
    rf"(?P<pre{{n}}>(?:{CODES})\s?\$?|(?:US|CA|C|A|AU|NZ|S|SG|HK|R|MX|NT|CAD|AUD)?\$|€|£|¥|₹|₩|zł|₪|₺|₱|฿|Rs\.?)?\s?"
    r"(?P<num{n}>\d{{1,3}}(?:[.,'’\s]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)|\d{{1,3}}(?:,\d{{2}})+,\d{{3}}|\d+(?:[.,]\d{{1,2}})?(?!\d))"
    r"\s?(?P<k{n}>[kK]\b|LPA\b|lakhs?\b|[mM]\b|million\b|[bB]n?\b|billion\b)?"
    rf"\s?(?P<post{{n}}>(?:{CODES})\b|€|£|zł|Kč|\$)?"
)
FIRST, SECOND = MONEY.format(n=1), MONEY.format(n=2)
PERIOD = (
    r"(?P<period>(?:/|per|an?|each|pro|par|al?)\s?(?:annum|year|yr|month|mo|week|wk|day|hour|hr|h|jahr|monat|stunde|an|mois|año|mes)\b|p\.?\s?a\.?(?![a-z])|"
    r"p\.?\s?m\.?(?![a-z])|annual(?:ly)?\b|yearly\b|monthly\b|weekly\b|daily\b|hourly\b)"
)
AMOUNT = re.compile(
    rf"(?<![\w.,$€£])(?:{FIRST})(?:\s?{PERIOD.replace('period', 'between')})?"
    rf"(?:(?P<open>\s?\+)|\s?(?:-|–|—|−|to|and|bis|until|up to)\s?(?:{SECOND}))?"
    rf"[\s,(]{{0,3}}(?:gross|base|brutto|salary|in base)?\s?(?:{PERIOD})?",
    re.I,
)
QUICK = re.compile(rf"[$€£¥₹₩₪₺₱฿]|\b(?:{CODES})\b|zł|Kč|\bRs\b|\bLPA\b|salary|\bpay\b|compensation|gehalt", re.I)
PAY_WORDS = re.compile(
    r"salar|\bpay\b|pays\b|compensation|\bwage|\bbase\b|\brate\b|earn|\blpa\b|lakh|remuneration|gehalt|vergütung|hourly|annual|"
    r"\brange\b|\bgross\b|brutto|rémunération|salaire|salario",
    re.I,
)
NOT_MONEY = re.compile(
    r"revenue|\barr\b|raised|funding|valu(?:ed|ation)|\bseries [a-f]\b|assets|investment|customers|users|companies|"
    r"market|savings|per (?:session|class|transaction)|donat|prize|fund\b|insurance|loan|fee\b|quota|deal|"
    r"sales of|portfolio",
    re.I,
)
PLAUSIBLE = MappingProxyType(
    {
        "year": (8_000, 3_000_000),
        "month": (500, 250_000),
        "week": (100, 30_000),
        "day": (40, 10_000),
        "hour": (5, 1_000),
    }
)
YEARLY_FROM = 15_000
"""An amount from here on, with nothing else said, is a year's pay."""
LARGE_UNITS = frozenset({"JPY", "KRW", "INR", "HUF", "IDR", "VND", "PHP", "THB", "TWD", "CZK"})
"""Currencies whose amounts are larger by a factor of up to a few thousand."""


def pay_in_text(text: str, countries: frozenset[str]) -> Salary | None:
    """The pay that `text` states; `countries` decide what a bare "$", or an amount without currency, is in."""
    if not QUICK.search(text):
        return None
    pays = [pay for match in AMOUNT.finditer(text) if (pay := _pay(match, text, countries))]
    return widest(pays, "text")


def pay_in_words(text: str, countries: frozenset[str]) -> Pay | None:
    """A field of free words that speaks of the pay alone: "$20+ / hour", "Up to $60,000", "Competitive"."""
    said = pay_in_text(f"Salary: {text}", countries) if text else None
    return Pay(low=said.min, high=said.max, currency=said.currency, period=said.period) if said else None


def _pay(match: re.Match[str], text: str, countries: frozenset[str]) -> Pay | None:
    before, after = _around(match, text)
    if _is_no_pay(before, after):
        return None
    is_range, named = match["num2"] is not None, bool(PAY_WORDS.search(f"{before} {match[0]} {after}"))
    period = _period(match) or _period_near(before, after)
    low, high = _amounts(match)
    currency = _currency(match, countries, is_named=named)
    if currency is None or low is None or (is_range and (high is None or high < low)):
        return None
    if not (named or match["period"] or match["between"] or (is_range and low >= YEARLY_FROM)):
        return None
    period = period or _period_by_size(low, high)
    if period is None or not _plausible(low, high, currency=currency, period=period):
        return None
    bottom, top = _ends(match, before, low=low, high=high)
    return Pay(low=bottom, high=top, currency=currency, period=period)


def _ends(match: re.Match[str], before: str, *, low: float, high: float | None) -> tuple[float | None, float | None]:
    if high is not None:
        return low, high
    if match["open"] or re.search(r"\b(?:from|starting (?:at|from)|at least|minimum(?: of)?|ab)\s*$", before, re.I):
        return low, None
    return (None, low) if re.search(r"\b(?:up to|maximum(?: of)?|bis(?: zu)?)\s*$", before, re.I) else (low, low)


def _around(match: re.Match[str], text: str) -> tuple[str, str]:
    """What stands before on the line (and the line above), and after it up to the end of the sentence."""
    head = text[max(0, match.start() - 160) : match.start()]
    lines = head.split("\n")
    tail = re.split(
        r"\n|[.;](?:\s|$)|\+|\bplus\b|,? (?:with|in addition)\b", text[match.end() : match.end() + 80], maxsplit=1
    )[0]
    return "\n".join(lines[-2:]), tail


def _is_no_pay(before: str, after: str) -> bool:
    """Bonus, equity, OTE and the company's own money, judged by the words nearest to the amount."""
    clause = re.split(r"\n|[.;](?:\s|$)|[•|]", before)[-1]
    near = re.split(r",|\band\b|\bplus\b|\+", clause)[-1]
    if NOT_MONEY.search(clause[-70:]) or NOT_MONEY.search(after[:30]):
        return True
    if re.search(r"\bbase\b|salary", near, re.I) and not re.search(r"\bote\b|on[- ]target", near, re.I):
        return bool(re.match(r"\W{0,3}(?:ote\b|on[- ]target|bonus|equity|sign)", after, re.I))
    return bool(NOT_PAY.search(near) or NOT_PAY.search(after[:25]))


def _amounts(match: re.Match[str]) -> tuple[float | None, float | None]:
    first, second = match["num1"], match["num2"]
    scale1, scale2 = match["k1"], match["k2"]
    high = _number(second, scale2) if second else None
    low = _number(first, scale1 or (scale2 if second and _bare(first) else None))
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
    if kind.startswith(("m", "b")):
        return None
    return number * (1000 if kind == "k" else 100_000 if kind.startswith("l") else 1)


def _currency(match: re.Match[str], countries: frozenset[str], *, is_named: bool) -> str | None:
    said = next(
        (match[name] for name in ("post1", "post2", "pre1", "pre2") if match[name] and match[name] != "$"), None
    )
    scales = {(match["k1"] or "").lower(), (match["k2"] or "").lower()}
    if said:
        word = re.sub(r"[\s.]", "", said).lower()
        return SYMBOLS.get(word) or {"rmb": "CNY"}.get(word.rstrip("$")) or word.rstrip("$").upper()
    if "$" in (match["pre1"] or "") + (match["pre2"] or "") + (match["post1"] or "") + (match["post2"] or ""):
        return DOLLARS.get(next(iter(countries)), "USD") if len(countries) == 1 else "USD"
    if scales & {"lpa", "lakh", "lakhs"}:
        return "INR"
    return _currency_of(countries) if is_named and re.search(r"\D", match["num1"]) else None


def _currency_of(countries: frozenset[str]) -> str | None:
    if len(countries) != 1:
        return None
    try:
        return next(iter(get_territory_currencies(next(iter(countries)))), None)
    except UnknownLocaleError:
        return None


def _period(match: re.Match[str]) -> Period | None:
    if "lpa" in {(match["k1"] or "").lower(), (match["k2"] or "").lower()}:
        return "year"
    return _period_named(match["period"] or match["between"] or "")


def _period_near(before: str, after: str) -> Period | None:
    line = before.rsplit("\n", maxsplit=1)[-1][-60:]
    found = re.findall(
        r"\b(?:annual(?:ly|ized)?|yearly|per year|per annum|monthly|hourly|weekly|daily|per hour)\b",
        f"{line} {after[:40]}",
        re.I,
    )
    return _period_named(found[-1]) if found else None


def _period_named(words: str) -> Period | None:
    text = re.sub(r"[\s.]", "", words.lower())
    for period, signs in (
        ("hour", ("hour", "hr", "/h", "perh", "stunde")),
        ("month", ("month", "/mo", "permo", "pm", "monat", "mois", "mes")),
        ("week", ("week", "wk")),
        ("day", ("day", "daily")), ("year", ("annum", "year", "yr", "pa", "annual", "jahr", "paran", "año")),
    ):  # fmt: skip
        if any(sign in text for sign in signs):
            return period  # type: ignore[return-value]  # the names are the periods
    return None


def _period_by_size(low: float, high: float | None) -> Period | None:
    largest = high or low
    return "year" if largest >= YEARLY_FROM else "hour" if largest <= 150 and low >= 7 else None


def _plausible(low: float, high: float | None, *, currency: str, period: Period) -> bool:
    least, most = PLAUSIBLE[period]
    most *= 10_000 if currency in LARGE_UNITS else 1
    return least <= low and (high or low) <= most and (high is None or high <= 10 * low)
