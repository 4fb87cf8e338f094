"""Places in words: "Berlin, Germany", "Remote, Germany or Spain", "London, Paris and 12 more"."""

from jobalerts.domain.places import country_name
from jobalerts.domain.posting import Location, Posting

SHOWN = 3


def place_words(posting: Posting) -> str:
    """Return where the posting is worked, at most three places by name; "" when it says nothing."""
    if posting.workplace == "remote":
        countries = [country_name(code) for code in posting.remote_countries or ()]
        return f"Remote, {_listed(countries, 'or')}" if countries else _after("Remote", posting)
    return _after({"hybrid": "Hybrid"}.get(posting.workplace or "", ""), posting)


def _after(how: str, posting: Posting) -> str:
    names = [_name(place) for place in posting.locations]
    where = _listed([name for name in dict.fromkeys(names) if name and name.casefold() != how.casefold()], "and")
    return ", ".join(part for part in (how, where) if part)


def _name(place: Location) -> str:
    if place.city and place.country:
        return f"{place.city}, {country_name(place.country)}"
    return place.text


def _listed(names: list[str], joiner: str) -> str:
    if len(names) > SHOWN + 1:
        return f"{'; '.join(names[:SHOWN])} and {len(names) - SHOWN} more"
    if len(names) < 2:
        return "".join(names)
    separator = "; " if any("," in name for name in names) else ", "
    return f"{separator.join(names[:-1])} {joiner} {names[-1]}"
