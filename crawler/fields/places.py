"""Reading where a posting is: free text such as "San Francisco, Seattle, or Remote (US)", or separate fields."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.fields.gazetteer import cities_named
from crawler.fields.place_addresses import DISTRICT, MORE, RIVER, SPLIT_NAME
from crawler.fields.place_groups import country_of, groups_of, location_of
from crawler.fields.place_words import LISTED_REMOTE, MODE, is_nowhere, parts, tokens_of, workplace_in
from crawler.fields.texts import one_line
from jobalerts.domain.places import country_code, folded
from jobalerts.domain.posting import Location, Workplace

__all__ = ["Place", "place_from_fields", "places_from_text", "workplace_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A location, and what its text says of working there; `workplace` is None when it says nothing."""

    location: Location
    workplace: Workplace | None = None


@lru_cache(maxsize=4096)
def places_from_text(text: str, country: str | None = None) -> tuple[Place, ...]:
    """Every place that `text` names, in its order; `country` (alpha-2) decides what the text leaves open."""
    places: list[Place] = []
    line = SPLIT_NAME.sub(r"\1 \2", text)
    line = RIVER.sub(lambda match: " am Main" if match[1] else "", DISTRICT.sub("", MORE.sub("", one_line(line))))
    for part in parts(LISTED_REMOTE.sub(_listed, line)):
        for place in _read_part(part.strip(" ,"), country):
            if not is_nowhere(place.location.text):
                places.append(_as_remote_as(places[-1], place) if places else place)
    return tuple(places)


def _listed(match: re.Match[str]) -> str:
    """A place of its own, unless it is the country of the one name ahead: "California, USA - Remote"."""
    is_one = (
        "," not in match.string[: match.start()] and " - " in match[1] and not match[1].lower().startswith("remote")
    )
    return match[0] if is_one else f"; {match[1]}"


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
    if town and country_code(town) and code in {None, country_code(town)} and not cities_named(town):
        code, town = country_code(town), None
    return Place(
        location=Location(text=whole, city=town, region=area, country=code or country_of(town, area)), workplace=mode
    )


def _said(value: object) -> str | None:
    text = one_line(value) if isinstance(value, str) else ""
    return None if is_nowhere(text) or folded(text) == "anywhere" else text


def _read_part(part: str, country: str | None) -> list[Place]:
    mode, tokens = workplace_in(part), tokens_of(part)
    if not tokens:
        return [Place(location=Location(text=part, country=country if mode else None), workplace=mode)]
    groups = groups_of(tokens)
    texts = [part] if len(groups) == 1 else [", ".join(group) for group in groups]
    places = [
        Place(location=location_of(group, text, country), workplace=mode)
        for group, text in zip(groups, texts, strict=True)
    ]
    return [place for place in places if _says_where(place.location)] or places


def _says_where(location: Location) -> bool:
    """Not so a building or a district beside a known place: "Kraków, Poland, Building 7"."""
    return bool(location.country or location.city or location.region)


def _as_remote_as(before: Place, place: Place) -> Place:
    """ "Remote - US & Canada": a country alone is as remote as the country alone before it."""
    both = (before.location, place.location)
    alone = all(at.country and not at.city and not at.region for at in both)
    return replace(place, workplace=before.workplace) if alone and place.workplace is None else place
