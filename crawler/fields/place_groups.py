"""From the names in one part of a text to locations: which names describe one place, and what each of them is."""

import re
from collections.abc import Iterator

from crawler.fields.gazetteer import (
    STATE_COUNTRIES,
    cities_named,
    codes_of_country,
    countries_of_region,
    countries_of_state_code,
    country_of_city,
    is_city_of,
    is_region,
    is_region_in,
    is_state_code,
    people_of,
    state_code,
    strict_country,
)
from crawler.fields.nicknames import ABBREVIATED, NICKNAMES
from crawler.fields.place_words import is_known
from jobalerts.domain.places import country_code, country_name, folded
from jobalerts.domain.posting import Location

AMBIGUOUS = frozenset({"georgia", "ca"})
"""Alone, these name a state as well as a country."""
COUNTRIES_FIRST = frozenset({"NL", "DE"})
"""Letters by which the country is meant, although a state has them too."""
COMPASS = frozenset(
    {"central", "east", "west", "north", "south", "northeast", "northwest", "southeast", "southwest", "midwest",
     "east coast", "west coast", "eastern", "western", "northern", "southern", "national", "nationwide"}
)  # fmt: skip
COUNTY = re.compile(r"^(?:greater|west|east|north|south) [A-Z]\w+$|shire$|\bcounty$", re.I)
MOST_NAMES = 4
A_METROPOLIS = 1_000_000
"""A city of so many people is meant rather than a region of its name elsewhere."""
LARGE = 100_000
SMALLER = 3


def groups_of(tokens: list[str]) -> list[list[str]]:
    """Each place with the region and country that follow it; a country at the end holds for cities before it."""
    groups = list(_groups(tokens))
    if len(groups) > 1 and _is_code_after_region(groups[-2], groups[-1]):
        groups[-1] = [country_name(groups[-1][0])]
    land = strict_country(groups[-1][-1]) if len(groups) > 1 else None
    if land and _is_region_between(groups[-2], groups[-1], land):
        groups[-2:] = [groups[-2] + groups[-1]]
        land = land if len(groups) > 1 else None
    for group in groups[:-1] if len(groups[-1]) > 1 else []:
        if land and len(group) == 1 and is_city_of(group[0], land):
            group.append(groups[-1][-1])
    return _with_towns(groups)


def _with_towns(groups: list[list[str]]) -> list[list[str]]:
    """ "Batu Kawan, Penang, Malaysia": a name nobody knows is a town of the place that follows with its country."""
    joined: list[list[str]] = []
    for group in groups:
        if (
            joined
            and len(joined[-1]) == 1
            and not is_known(joined[-1][0])
            and len(group) == 2
            and strict_country(group[1])
        ):
            town = [] if people_of(group[0]) >= A_METROPOLIS and not is_region(group[0]) else joined[-1]
            joined[-1] = town + group
        else:
            joined.append(group)
    return joined


def _is_code_after_region(city: list[str], last: list[str]) -> bool:
    """ "Munich, BY, DE": Germany, not Belarus and Delaware."""
    if len(city) != 2 or len(last) != 1 or len(last[0]) != 2 or not last[0].isupper() or not country_code(last[0]):
        return False
    return city[1] in codes_of_country(last[0]) and is_city_of(city[0], last[0])


def _is_region_between(city: list[str], rest: list[str], land: str) -> bool:
    """ "Barcelona, Catalonia, Spain": what stands between a city and its country, and is no city there, is a region."""
    if len(city) == 2 and len(rest) == 1 and city[1].isupper() and city[1] in codes_of_country(land):
        return is_city_of(city[0], land) or not cities_named(city[0])  # "Gerlingen, BW, Germany" is not in Botswana
    if len(city) != 1 or len(rest) != 2:
        return False
    if _is_town_of(city[0], rest[0], land):
        return True
    return is_city_of(city[0], land) and not is_city_of(rest[0], land) and not strict_country(rest[0])


def _is_town_of(town: str, area: str, land: str) -> bool:
    """ "Dübendorf, Zurich, Switzerland": far smaller than the city whose name its region bears too."""
    sizes = [
        max((city.people for city in cities_named(name) if city.country == land), default=0) for name in (town, area)
    ]
    return land in countries_of_region(area) and 0 < SMALLER * sizes[0] < sizes[1]


def location_of(tokens: list[str], text: str, country: str | None) -> Location:
    """Read one group; `country` decides what the names leave open."""
    if len(tokens) > 1 and strict_country(tokens[0]):
        tokens = tokens[::-1]
    *rest, last = tokens
    code = strict_country(last)
    if not code:
        return _in_region(rest[0], last, text=text, country=country) if rest else _single(last, text, country)
    home = country_of_city(rest[0]) if len(rest) == 1 and len(last) <= 3 else None
    if home and not is_city_of(rest[0], code) and last in codes_of_country(home):
        return Location(text=text, city=rest[0], region=last, country=home)  # "Munich, BY"
    rest = [name for name in rest if strict_country(name) != code or is_region(name)]
    city = rest[0] if rest else _city_state(last) or next(filter(None, map(_city_state, tokens)), None)
    region = rest[1] if len(rest) > 1 else None
    if city and region is None and folded(city) in COMPASS:
        city, region = None, city
    is_area = city is not None and (is_state_code(city) or (is_region(city) and not is_city_of(city, code)))
    if city and region is None and is_area and folded(city) not in NICKNAMES:
        city, region = None, city
    return Location(text=text, city=city, region=region, country=code)


def country_of(city: str | None, area: str | None) -> str | None:
    """Decide by city and region together: "Berlin, DE" is Germany, "Dublin, CA" California."""
    if not area:
        return country_of_city(city) if city else None
    short = area.replace(".", "")
    if short.isupper() and len(short) <= 3:
        return _country_of_code(city, short)
    lands = countries_of_region(area)
    named = country_code(area)
    if (
        named
        and named not in lands
        and city
        and is_city_of(city, named)
        and not any(is_city_of(city, land) for land in lands)
    ):
        return named  # "Tbilisi, Georgia"
    known = [land for land in lands if city and is_city_of(city, land)]
    return next(iter(known or lands), None) or (country_of_city(city) if city else None)


def _country_of_code(city: str | None, code: str) -> str | None:
    states = countries_of_state_code(code)
    for land in states:
        if city and any(found.country == land and found.region == code for found in cities_named(city)):
            return land
    land_named = country_code(code)
    if land_named and city and is_city_of(city, land_named):
        return land_named
    home = country_of_city(city) if city else None
    if home and code in codes_of_country(home):
        return home  # "Recife, PE"
    return (states[0] if states and (states[0] == "US" or not land_named) else land_named) or home


def _groups(tokens: list[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for token in tokens:
        if group and not _belongs(group, token):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _belongs(group: list[str], token: str) -> bool:
    """Whether `token` goes on describing the place begun by `group`, rather than beginning another."""
    first, last = strict_country(group[0]), strict_country(group[-1])
    land = strict_country(token)
    if len(group) == MOST_NAMES or (last and land):
        return last == land and len(group) < MOST_NAMES
    if first and folded(token) in COMPASS:
        return True
    if first:
        return _is_in_country(token, first, is_second=len(group) == 1)
    if land:
        return True
    return len(group) == 1 and _is_region_of(token, group[0])


def _is_in_country(token: str, land: str, *, is_second: bool) -> bool:
    """After a country: its state, then a city of it ("US, WA, Seattle")."""
    is_state = (is_state_code(token) and land in countries_of_state_code(token)) or land in countries_of_region(token)
    if is_second and (is_state or (token.istitle() and not is_known(token))):
        return True
    return is_city_of(token, land)


def _is_region_of(token: str, city: str) -> bool:
    if is_state_code(token):
        return not is_state_code(city)
    if not cities_named(token):
        is_area = is_region(token) or COUNTY.search(token) is not None
        return folded(token) not in NICKNAMES and (is_area or not is_region(city))
    home = country_of_city(city)
    if home and is_region_in(token, home) and not is_city_of(token, home):
        return True  # "Medellín, Antioquia"
    return folded(token) == folded(city) or _is_same_city(city, token) or _city_in_state(city, token)


def _is_same_city(name: str, other: str) -> bool:
    """One city under two names: "Ciudad de México, CDMX, Mexico" is one place."""
    first, second = (cities_named(NICKNAMES.get(folded(city), (city,))[0])[:1] for city in (name, other))
    return bool(first) and first == second


def _city_in_state(city: str, region: str) -> bool:
    """For names of states that are cities too: "Buffalo, New York" is one place, "Seattle, New York" are two."""
    lands = [land for land in countries_of_region(region) if land in STATE_COUNTRIES]
    codes = {(land, state_code(land, region)) for land in lands}
    found = cities_named(city)
    return any((town.country, town.region) in codes for town in found) or (bool(codes) and not found)


def _in_region(city: str, area: str, *, text: str, country: str | None) -> Location:
    code = country_of(city, area) or country
    is_state = any(found.region == area and found.country == code for found in cities_named(city))
    if (area.isupper() and area == code and not is_state) or (
        code and country_code(area) == code and code not in countries_of_region(area)
    ):
        return Location(text=text, city=city, country=code)
    return Location(text=text, city=city, region=area, country=code)


def _single(name: str, text: str, country: str | None) -> Location:
    nickname = NICKNAMES.get(folded(name))
    if name.isupper() and len(name) == 2 and not nickname:
        return _two_letters(name, text, country)
    lands, found = countries_of_region(name), country_of_city(name)
    if not nickname and not country and lands and found not in lands and people_of(name) < A_METROPOLIS:
        large = (city for city in cities_named(name) if city.people >= LARGE and city.country in lands)
        found = next((city.country for city in large), found)  # "Sevilla" is the city as well as the province
    beyond = found not in lands and people_of(name) < A_METROPOLIS
    if not nickname and lands and beyond and not (country and is_city_of(name, country)):
        only = lands[0] if len(lands) == 1 and folded(name) not in AMBIGUOUS else None
        return Location(text=text, region=name, country=country or only)
    land = country if country and is_city_of(name, country) else found or country
    town = nickname[0] if nickname and folded(name) in ABBREVIATED else name
    return Location(text=text, city=town if is_known(name) else None, country=land)


def _two_letters(name: str, text: str, country: str | None) -> Location:
    """Alone: NL is the Netherlands, but CA may be California or Canada and stays open."""
    code, states = country_code(name), countries_of_state_code(name)
    if code and (not states or name in COUNTRIES_FIRST):
        return Location(text=text, country=code)
    only = states[0] if states and not code else None
    return Location(text=text, region=name if states else None, country=country or only)


def _city_state(name: str) -> str | None:
    nickname = NICKNAMES.get(folded(name))
    return nickname[0] if nickname else None
