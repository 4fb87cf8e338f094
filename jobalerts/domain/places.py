"""Country names to ISO 3166-1 alpha-2 codes: the one reader for forms, matching and crawled places."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import pycountry
from babel import Locale, localedata

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "tr", "ja", "ko", "zh")
"""Languages whose names of countries are understood."""

NO_WORD = re.compile(r"[\W_]+")
NO_WORD_IN_LINE = re.compile(r"[^\w\n]+|_+")
UNWRITTEN = str.maketrans("", "", ".'’")
NICKNAMES = MappingProxyType(
    {
        "us of a": "US",
        "united states of america": "US",
        "america": "US",
        "uk": "GB",
        "great britain": "GB",
        "britain": "GB",
        "england": "GB",
        "scotland": "GB",
        "wales": "GB",
        "northern ireland": "GB",
        "holland": "NL",
        "uae": "AE",
        "korea": "KR",
        "republic of korea": "KR",
        "republic of ireland": "IE",
        "czech republic": "CZ",
        "ksa": "SA",
        "prc": "CN",
        "mainland china": "CN",
        "macedonia": "MK",
        "swaziland": "SZ",
        "burma": "MM",
        "hong kong": "HK",
        "hongkong": "HK",
        "hong kong sar": "HK",
        "macau": "MO",
        "brasil": "BR",
        "viet nam": "VN",
        "russia": "RU",
        "turkey": "TR",
        "ivory coast": "CI",
    }
)


@lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """The country `text` names: a code of two or three letters, or its name in a known language; else None."""
    return _codes().get(folded(text))


def country_name(code: str) -> str:
    """The usual English name of an alpha-2 code, for people; an unknown code is answered as it is."""
    return _english().get(code.upper(), code)


def folded(text: str) -> str:
    """Case, accents, dots and the article before a name taken away, so that U.S.A. and usa are one."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return " ".join(NO_WORD.sub(" ", plain.translate(UNWRITTEN)).split()).removeprefix("the ")


def folded_lines(texts: Iterable[str]) -> list[str]:
    """Each of `texts` (without line breaks) as `folded` answers it; all at once, which is many times faster."""
    plain = unicodedata.normalize("NFKD", "\n".join(texts).casefold())
    combining: dict[int, int | None] = {ord(char): None for char in set(plain) if unicodedata.combining(char)}
    spaced = NO_WORD_IN_LINE.sub(" ", plain.translate(combining | UNWRITTEN))
    return [" ".join(line.split()).removeprefix("the ") for line in spaced.split("\n")]


@cache
def _english() -> dict[str, str]:
    territories = Locale("en").territories
    return {country.alpha_2: str(territories.get(country.alpha_2, country.name)) for country in pycountry.countries}


def _territories(language: str) -> Mapping[str, str]:
    """Babel keeps all it read of a language, a megabyte each; of these only the names are wanted."""
    known = {*localedata._cache, "root"}
    territories: Mapping[str, str] = Locale(language).territories
    for name in localedata._cache.keys() - known:
        localedata._cache.pop(name, None)
    return territories


@cache
def _codes() -> dict[str, str]:
    known = {country.alpha_2 for country in pycountry.countries}
    codes: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        for code, name in _territories(language).items():
            if code in known:
                codes[folded(str(name))] = code
    for country in pycountry.countries:
        names = (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", ""))
        codes |= {folded(name): country.alpha_2 for name in names if name}
        codes[folded(country.alpha_3)] = country.alpha_2
        codes[folded(country.alpha_2)] = country.alpha_2
    return codes | NICKNAMES
