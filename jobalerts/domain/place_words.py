"""Places in words: "Berlin, Germany", "Remote, Germany or Spain", "London, Paris and 12 more"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from jobalerts.domain.places import country_name
from jobalerts.domain.posting import Location, Posting

SHOWN = 3


def place_words(posting: Posting) -> str:
    """Return where the posting is worked, at most three places by name; "" when it says nothing."""
    if posting.workplace == "remote":
        countries = [country_name(code) for code in posting.remote_countries or ()]
        return f"Remote, {_listed(countries, 'or')}" if countries else _after("Remote", posting)
    return _after({"hybrid": "Hybrid"}.get(posting.workplace or "", ""), posting)


def cluster_place_words(postings: Sequence[Posting]) -> str:
    """Return where a position is worked that is published several times, the first posting's places first."""
    groups: dict[str | None, list[Posting]] = {}
    for posting in postings:
        groups.setdefault(posting.workplace if posting.workplace != "onsite" else None, []).append(posting)
    words = (place_words(_together(group)) for group in groups.values())
    return ", or ".join(dict.fromkeys(one for one in words if one))


def _together(postings: Sequence[Posting]) -> Posting:
    """One posting with the places of all; that one may work from anywhere holds for all."""
    countries = [posting.remote_countries for posting in postings]
    everywhere = not all(countries)
    return replace(
        postings[0],
        locations=tuple(dict.fromkeys(place for posting in postings for place in posting.locations)),
        remote_countries=None if everywhere else tuple(dict.fromkeys(chain.from_iterable(filter(None, countries)))),
    )


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
