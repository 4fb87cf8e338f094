"""Reading where a posting is: free text such as "San Francisco, Seattle, or Remote (US)", or separate fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.fields.gazetteer import (
    NICKNAMES,
    cities_named,
    countries_of_region,
    countries_of_state_code,
    country_of_city,
    state_code,
)
from crawler.fields.texts import one_line
from jobalerts.domain.places import country_code, folded
from jobalerts.domain.posting import Location, Workplace

REMOTE = re.compile(
    r"\b(?:fully |100% )?(?:remote(?:ly)?|home[- ]?office|work from home|wfh|tele(?:work|commute))\b", re.I
)
HYBRID = re.compile(r"\bhybrid\b", re.I)
ONSITE = re.compile(r"\b(?:on-?\s?site|in[- ]office|in[- ]person)\b", re.I)
MODE = re.compile(f"{REMOTE.pattern}|{HYBRID.pattern}|{ONSITE.pattern}", re.I)
NOWHERE = frozenset(
    {"", "na", "n a", "none", "null", "tbd", "tba", "not specified", "unspecified", "various", "multiple locations",
     "multiple", "location", "see description", "locations", "undefined"}
)  # fmt: skip
SEPARATOR = re.compile(r"\s*(?:[;|•·\n]|\s/\s|,?\s+(?:or|and|&)\s+|,\s*(?:or|and)\s+)\s*", re.I)
FILLER = re.compile(
    r"^(?:\W|\b(?:in|within|from|based|only|anywhere in|location|office|the|any|area|position|role|work|first|friendly|"
    r"eligible|options?|possible|ok|available)\b)+|(?:\W|\b(?:based|only|office|position|role|work|first|friendly|eligible|"
    r"options?|possible|ok|available)\b)+$",
    re.I,
)
LARGE_CITY = 500_000
"""A name of both a region and a city means the city alone if it has so many people ("Berlin", not "Ontario")."""
AMBIGUOUS = frozenset({"georgia", "ca"})
"""Alone, these name a state as well as a country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A location, and what its text says of working there; `workplace` is None when it says nothing."""

    location: Location
    workplace: Workplace | None = None


def places_from_text(text: str, country: str | None = None) -> tuple[Place, ...]:
    """Every place that `text` names, in its order; `country` (alpha-2) decides what the text leaves open."""
    places: list[Place] = []
    for part in _parts(one_line(text)):
        for place in _read_part(part, country):
            if not _is_nowhere(place):
                places.append(_as_remote_as(places[-1], place) if places else place)
    return tuple(places)


def place_from_fields(
    *, city: object = None, region: object = None, country: object = None, text: object = None
) -> Place | None:
    """A place given in separate fields; None when they are all empty or say "N/A"."""
    town, area, land = (_said(value) for value in (city, region, country))
    whole = _said(text) or ", ".join(part for part in (town, area, land) if part)
    if not whole:
        return None
    mode = workplace_in(" ".join(part for part in (town, area) if part))
    town, area = (None if part and MODE.search(part) else part for part in (town, area))
    code = country_code(land) if land else None
    if town and country_code(town) and (not code or country_code(town) == code) and not cities_named(town):
        code, town = country_code(town), None
    code = code or _country_of(town, area)
    return Place(location=Location(text=whole, city=town, region=area, country=code), workplace=mode)


def workplace_in(text: str) -> Workplace | None:
    """What a short text (a place, a field) says; hybrid beats remote, since hybrid is never remote."""
    if HYBRID.search(text):
        return "hybrid"
    if REMOTE.search(text):
        return "remote"
    return "onsite" if ONSITE.search(text) else None


def _said(value: object) -> str | None:
    text = one_line(value) if isinstance(value, str) else ""
    return None if folded(text) in NOWHERE or folded(text) == "anywhere" else text


def _as_remote_as(before: Place, place: Place) -> Place:
    """ "Remote - US & Canada": a country alone is as remote as the country alone before it."""
    places = (before.location, place.location)
    alone = all(at.country and not at.city and not at.region for at in places)
    return replace(place, workplace=before.workplace) if alone and place.workplace is None else place


def _is_nowhere(place: Place) -> bool:
    return folded(place.location.text) in NOWHERE


def _parts(text: str) -> Iterator[str]:
    """Split on what can only separate places; a bracket keeps what it holds."""
    masked = re.sub(r"[(\[][^)\]]*[)\]]", lambda match: "x" * len(match.group()), text)
    start = 0
    for match in SEPARATOR.finditer(masked):
        left, right = text[start : match.start()], text[match.end() :]
        if _is_one_name(left, match.group(), right):
            continue
        yield left
        start = match.end()
    yield text[start:]


def _is_one_name(left: str, separator: str, right: str) -> bool:
    """ "Trinidad and Tobago" is one country, although it holds an "and"."""
    if separator.strip(" ,").lower() not in {"and", "&"}:
        return False
    before, after = left.rsplit(",", maxsplit=1)[-1], right.split(",", maxsplit=1)[0]
    return country_code(f"{before} and {after}") is not None


def _read_part(part: str, country: str | None) -> list[Place]:
    mode = workplace_in(part)
    bare = _with_commas(_without_mode(part) if mode else part.strip(" ,"))
    if not bare:
        return [Place(location=Location(text=part.strip(" ,"), country=country), workplace=mode)]
    groups = list(_groups([token.strip() for token in re.split(r"[,/]", bare) if token.strip()]))
    texts = [part.strip(" ,")] if len(groups) == 1 else [", ".join(tokens) for tokens in groups]
    return [_with_mode(tokens, text, mode=mode, country=country) for tokens, text in zip(groups, texts, strict=True)]


def _with_mode(tokens: list[str], text: str, *, mode: Workplace | None, country: str | None) -> Place:
    return Place(location=_location(tokens, text, country), workplace=mode)


def _without_mode(text: str) -> str:
    rest = re.sub(r"[()\[\]]", ",", MODE.sub(",", text))
    rest = re.sub(r"\s+[-–—:]\s+|(?<=,)\s*[-–—:]|[-–—:]\s*(?=,)", ",", rest)
    tokens = (FILLER.sub("", token).strip() for token in rest.split(","))
    return ", ".join(token for token in tokens if token and folded(token) not in NOWHERE | {"anywhere"})


def _with_commas(text: str) -> str:
    """ "Berlin - Germany" and "DE-Berlin" written as "Berlin, Germany"; "Aix-en-Provence" stays."""
    ahead = re.fullmatch(r"([A-Z]{2,3})\s*[-–:]\s*(.+)", text)
    if ahead and (_code(ahead[1]) or _city_like(ahead[2], country_code(ahead[1]) or "none")):
        return f"{ahead[2]}, {ahead[1]}"
    halves = re.split(r"\s+[-–—]\s+", text)
    return ", ".join(halves) if len(halves) > 1 and any(_known(half) for half in halves) else text


def _groups(tokens: list[str]) -> Iterator[list[str]]:
    """Comma-separated tokens, each place with the region and country that follow it."""
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
    first, last = group[0], group[-1]
    if len(group) >= 3:
        return False
    if _code(last) and _code(token):
        return len(group) == 2 and _code(last) == _code(token)
    if _code(first):
        return _state_of(token, _code(first)) if len(group) == 1 else bool(cities_named(token))
    if _code(token):
        return True
    if len(group) == 2:
        return False
    if _is_state_code(token):
        return not _is_state_code(last)
    if _is_region(token):
        return not cities_named(token) or folded(token) == folded(last) or _city_in_region(last, token)
    return not cities_named(token) and not _known(last)


def _state_of(token: str, country: str | None) -> bool:
    return _is_state_code(token) and country in countries_of_state_code(token.replace(".", ""))


def _is_state_code(token: str) -> bool:
    return token.isupper() and bool(countries_of_state_code(token.replace(".", "")))


def _known(token: str) -> bool:
    return bool(_code(token) or cities_named(token) or _is_region(token) or folded(token) in NICKNAMES)


def _city_in_region(city: str, region: str) -> bool:
    for land in countries_of_region(region):
        code = state_code(land, region)
        if any(found.country == land and (code is None or found.region == code) for found in cities_named(city)):
            return True
    return bool(countries_of_region(region)) and not cities_named(city)


def _is_region(token: str) -> bool:
    return bool(countries_of_region(token)) or _is_state_code(token)


def _code(token: str) -> str | None:
    """The country a token names; codes of two or three letters only in capitals, since "in" and "de" are words."""
    if len(token.replace(".", "")) <= 3 and not token.isupper():
        return None
    if token.isupper() and len(token) == 2 and countries_of_state_code(token):
        return None
    return None if folded(token) in AMBIGUOUS else country_code(token)


def _location(tokens: list[str], text: str, country: str | None) -> Location:
    if len(tokens) > 1 and _code(tokens[0]):
        tokens = tokens[::-1]
    *rest, last = tokens
    code = _code(last)
    if code:
        city = rest[0] if rest else _city_state(last)
        region = rest[1] if len(rest) > 1 else None
        if city and region is None and _is_region(city) and not _city_like(city, code):
            city, region = None, city
        return Location(text=text, city=city, region=region, country=code)
    if not rest:
        return _single(last, text, country)
    city, area = rest[0], last
    return _in_region(city, area, text=text, country=country)


def _in_region(city: str, area: str, *, text: str, country: str | None) -> Location:
    code = _country_of(city, area) or country
    two_letters = len(area) == 2 and area.isupper()
    is_country = two_letters and code == country_code(area) and code not in countries_of_state_code(area)
    if is_country and area == code and not _is_state_here(city, area, code):
        return Location(text=text, city=city, region=None, country=code)
    return Location(text=text, city=city, region=area, country=code)


def _is_state_here(city: str, area: str, code: str) -> bool:
    return any(found.region == area and found.country == code for found in cities_named(city))


def _single(name: str, text: str, country: str | None) -> Location:
    nickname = NICKNAMES.get(folded(name))
    if name.isupper() and len(name) == 2 and not nickname:
        code = country_code(name)
        states = countries_of_state_code(name)
        if code and (not states or name == "NL"):
            return Location(text=text, country=code)
        region = name if states else None
        unsure = code if country is None and not states else country
        return Location(text=text, region=region, country=unsure)
    if not nickname and _is_region(name) and not _large_city(name, country):
        lands = countries_of_region(name)
        only = lands[0] if len(lands) == 1 and folded(name) not in AMBIGUOUS else None
        return Location(text=text, region=name, country=country or only)
    found = country_of_city(name)
    is_city = found is not None or bool(cities_named(name))
    agrees = country in (None, found) or _city_like(name, country)
    return Location(text=text, city=name if is_city else None, country=(found if agrees else None) or country)


def _large_city(name: str, country: str | None) -> bool:
    return any(country in (None, city.country) and city.people >= LARGE_CITY for city in cities_named(name))


def _city_like(name: str, country: str | None) -> bool:
    return any(country is None or city.country == country for city in cities_named(name))


def _city_state(name: str) -> str | None:
    nickname = NICKNAMES.get(folded(name))
    return nickname[0] if nickname else None


def _country_of(city: str | None, area: str | None) -> str | None:
    """Decide by city and region together: "Berlin, DE" is Germany, "Dublin, CA" California."""
    if not area:
        return country_of_city(city) if city else None
    area = area.replace(".", "") if area.isupper() else area
    if area.isupper() and len(area) <= 3:
        states = countries_of_state_code(area)
        for land in states:
            if city and any(c.country == land and c.region == area for c in cities_named(city)):
                return land
        code = country_code(area)
        if code and city and any(c.country == code for c in cities_named(city)):
            return code
        return states[0] if states and (states[0] == "US" or not code) else code
    lands = countries_of_region(area)
    known = [land for land in lands if city and any(c.country == land for c in cities_named(city))]
    return next(iter(known or lands), None) or (country_of_city(city) if city else None)
