"""Taking the text of a place apart: what separates places, what says how one works there, what is no place at all."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from crawler.fields.gazetteer import STATE_COUNTRIES, cities_named, is_city_of, is_region, state_code, strict_country
from crawler.fields.nicknames import NICKNAMES
from crawler.fields.place_addresses import without_addresses
from jobalerts.domain.places import country_code, country_name, folded
from jobalerts.domain.posting import Workplace

REMOTE = re.compile(
    r"\b(?:fully |full |100% )?(?:remote(?:ly)?|home[- ]?(?:office|based)|work from home|wfh|virtual|"
    r"tele(?:work(?:er|ing)?|commut(?:e|er|ing))|off-?site ?/ ?home|"
    r"remot[oa]|t[ée]l[ée]travail|teletraba[jl]h?o)\b|リモート|在宅",
    re.I,
)
HYBRID = re.compile(r"\bhyb(?:ri|ir)d[eo]?\b|\bh[ií]brid[oa]\b|\bibrid[oa]\b", re.I)
ONSITE = re.compile(r"\b(?:on-?\s?site|in[- ]office|in[- ]person|presencial|présentiel|vor ort)\b", re.I)
MODE = re.compile(f"{REMOTE.pattern}|{HYBRID.pattern}|{ONSITE.pattern}", re.I)
NOWHERE = frozenset(
    {"", "na", "n a", "none", "null", "tbd", "tba", "not specified", "unspecified", "various", "multiple locations",
     "multiple", "update location", "to be confirmed", "tbc", "various locations",
     "location", "see description", "locations", "undefined",
     "hq", "headquarters", "head office", "corporate office", "office", "field",
     "all locations", "all", "any"}
)  # fmt: skip
WIDE = frozenset(
    {"anywhere", "worldwide", "global", "emea", "apac", "amer", "japac", "latam", "americas", "mena", "nordics",
     "europe", "eu", "asia", "africa", "oceania", "asia pacific", "north america", "south america", "latin america",
     "middle east", "european union", "european economic area", "eea", "international", "distributed",
     "flexible", "any location", "eastern europe", "western europe", "central europe", "northern europe",
     "southern europe"}
)  # fmt: skip
"""Parts of the world wider than a country."""
SEVERAL = MappingProxyType(
    {
        "dach": ("Germany", "Austria", "Switzerland"),
        "benelux": ("Belgium", "Netherlands", "Luxembourg"),
        "iberia": ("Spain", "Portugal"),
        "uk i": ("United Kingdom", "Ireland"),
        "uki": ("United Kingdom", "Ireland"),
        "anz": ("Australia", "New Zealand"),
    }
)
"""The few countries that employers put under one name."""
SEPARATOR = re.compile(r"\s*(?:[;|•·\n]|\s/\s|,\s*(?:or|and|&)\s+|\s+(?:or|and|&|oder|und|ou|et|o|y)\s+)\s*", re.I)
POSTCODE = re.compile(r"^\d{4,6}\s+(?=\D)|(?<=\w)\s+(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d{1,2}[A-Z]?(?: ?\d[A-Z]{2})?)$")
DEPARTMENT = re.compile(r"(?<=[a-zà-ÿ])(?:\s+-\s+\d{2,3}|\s*\(\d{2,3}\))$")
"""The number of a French department: "Nanterre - 92", "Grenoble (38)"."""
DOT_BEFORE_STATE = re.compile(r"(?<=[a-z]{3})\.\s+(?=[A-Z]{2}$)")
NEAR_IN_BRACKETS = re.compile(r"\s*\(((?:b\.|bei|near|nahe) [^)]*)\)")
LISTED_REMOTE = re.compile(
    r",\s*((?:[A-Z]{2,3}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\s?[- ]\s?[Rr]emote"
    r"|[Rr]emote(?: in|\s?-)? (?:the )?[A-Z][A-Za-z. ]+)(?=\s*(?:,|$))"
)
"""A remote place at the end of places between commas: "SF, NYC, US-Remote"."""
FOREIGN_JOINERS = frozenset({"oder", "und", "ou", "et", "o", "y"})
EDGE = (
    r"in|within|across|from|based|only|anywhere in|location|office|the|any|area|position|role|work|first|friendly|"
    r"eligible|options?|possible|ok|available|must|be|located|candidates?|applicants?|residents?|resid(?:e|ing)|"
    r"currently|to|of|for|time ?zones?|hours"
)
FILLER = re.compile(rf"^(?:[^\w.]|\b(?:{EDGE})\b)+|(?:[^\w.]|\b(?:{EDGE})\b)+$", re.I)
NOTES = re.compile(
    r"^(?:greater|metro(?:politan)?)\s+|^(?:anywhere|any location|multiple locations|various locations)\s+"
    r"(?:in|within)\s+(?:the\s+)?|\s+(?:(?:main|head|regional)\s+)?(?:hq|headquarters?|offices?|hub|campus|metropolitan"
    r"|(?:metro(?:politan)?\s+)?area)$",
    re.I,
)
"""Words around a city that do not belong to its name."""


def workplace_in(text: str) -> Workplace | None:
    """What a short text (a place, a field) says; hybrid beats remote, since hybrid is never remote."""
    if HYBRID.search(text):
        return "hybrid"
    if REMOTE.search(text):
        return "remote"
    return "onsite" if ONSITE.search(text) else None


def is_nowhere(text: str) -> bool:
    """Whether a place's text says nothing: "N/A", "Multiple locations"."""
    return folded(text) in NOWHERE


def parts(text: str) -> Iterator[str]:
    """Split on what can only separate places; a bracket keeps what it holds."""
    masked = re.sub(r"[(\[][^)\]]*[)\]]", lambda match: "x" * len(match.group()), text)
    start = 0
    for match in SEPARATOR.finditer(masked):
        left, right = text[start : match.start()], text[match.end() :]
        if not _is_one_name(left, match.group(), right):
            yield left
            start = match.end()
    yield text[start:]


def tokens_of(part: str) -> list[str]:
    """The names in one part, without words on the manner of work and brackets that name no place."""
    part = DOT_BEFORE_STATE.sub(", ", NEAR_IN_BRACKETS.sub(r" \1", part))
    part = _without_employer(_without_department(part))
    bare = POSTCODE.sub("", _without_mode(part) if MODE.search(part) else _without_notes(part))
    if country_code(bare):
        return [bare]
    split = re.split(r"[,/]|\s+(?:or|and|&)\s+", _with_commas(bare), flags=re.I)
    names = [name for part in split for name in (_city_and_state(part.strip()) or part).split(", ")]
    cleaned = [_without_note(token, is_first=place == 0) for place, token in enumerate(map(str.strip, names))]
    named = [token for token in cleaned if token and folded(token) not in NOWHERE | WIDE]
    told = [land for token in named for land in SEVERAL.get(folded(token), (token,))]
    return without_addresses(told, part, is_known)


def _without_department(part: str) -> str:
    """ "Nanterre - 92", "Isère (38)": a town that no table knows is French by the number of its department."""
    name = DEPARTMENT.sub("", part)
    return name if name == part or is_known(name) or re.search(r"\d", name) else f"{name}, {country_name('FR')}"


def _without_employer(part: str) -> str:
    """ "Acme - Toronto", "Acme - Remote - Spain": a name nobody knows before a city or the manner of work."""
    before, dash, after = part.partition(" - ")
    first = re.split(r"[,(]| - ", after, maxsplit=1)[0].strip()
    is_place = bool(cities_named(first) or folded(first) in NICKNAMES or MODE.fullmatch(first))
    is_employer = not MODE.search(before) and not any(map(is_known, before.split(", ")))
    return after if dash and is_place and is_employer else part


def _without_note(token: str, *, is_first: bool) -> str:
    """ "Greater Boston Area" is Boston; "Greater Noida" is a city, and "Metro Manila" after another one a region."""
    if folded(token) in NICKNAMES or cities_named(token) or (not is_first and NOTES.match(token)):
        return token
    return NOTES.sub("", token)


def is_known(token: str) -> bool:
    """Whether a token alone names a country, region or city."""
    return bool(strict_country(token) or cities_named(token) or is_region(token) or folded(token) in NICKNAMES)


def _is_one_name(left: str, separator: str, right: str) -> bool:
    """ "Trinidad and Tobago" is one country, although it holds an "and"."""
    word = separator.strip(" ,").lower()
    before, after = left.rsplit(",", maxsplit=1)[-1], right.split(",", maxsplit=1)[0]
    if word in FOREIGN_JOINERS:
        return not any(is_known(name) or MODE.search(name) for name in (before.strip(), re.split(SEPARATOR, after)[0]))
    if word not in {"and", "&"}:
        return False
    return country_code(f"{before} and {after}") is not None


def _without_notes(text: str) -> str:
    """ "New York, NY (HQ)" without what is no place; a bracket that names one stays, after a comma."""
    return re.sub(r"[(\[]([^)\]]*)[)\]]", lambda match: f", {match[1]}" if is_known(match[1]) else "", text).strip(" ,")


def _without_mode(text: str) -> str:
    rest = re.sub(r"[()\[\]]", ",", MODE.sub(",", text))
    rest = re.sub(r"\s+[-–—:]\s+|(?<=,)\s*[-–—:]|[-–—:]\s*(?=,)", ",", rest)
    tokens = (FILLER.sub("", token).strip() for token in rest.split(","))
    return ", ".join(token for token in tokens if token)


def _with_commas(text: str) -> str:
    """ "Berlin - Germany", "DE-Berlin" and "USA-TX-Austin" with commas, country last; "Aix-en-Provence" stays."""
    ahead = re.fullmatch(r"([A-Z]{2,3})((?:\s*[-–:]\s*[^-–:,]+)+)", text)
    if ahead and country_code(ahead[1]):
        names = [name.strip() for name in re.split(r"[-–:]", ahead[2]) if name.strip()]
        towns = {city.country for city in cities_named(names[-1])}
        if strict_country(ahead[1]) or country_code(ahead[1]) in towns:
            return ", ".join([*reversed(names), ahead[1]])
    beside_state = _city_and_state(text)
    if beside_state:
        return beside_state
    halves = re.split(r"\s+[-–—]\s+", text)
    if len(halves) == 2 and is_region(halves[0]) and _lies_in(halves[1], halves[0]):
        halves.reverse()
        return ", ".join(halves)
    return ", ".join(halves) if len(halves) > 1 and any(is_known(half) for half in halves) else text


def _lies_in(city: str, region: str) -> bool:
    """Whether a city of that name lies in a state of that name or code."""
    codes = {(land, state_code(land, region)) for land in STATE_COUNTRIES}
    return any((found.country, found.region) in codes for found in cities_named(city))


def _city_and_state(text: str) -> str | None:
    """ "Austin TX", "TX-Dallas" and "WI Madison" with a comma; only for a city known to lie in that state."""
    after, before = re.fullmatch(r"(.+?)[ -]([A-Z]{2,3})", text), re.fullmatch(r"([A-Z]{2,3})[ -](.+)", text)
    for found, town, state in ((after, 1, 2), (before, 2, 1)):
        if found and any(city.region == found[state] for city in cities_named(found[town])) and is_region(found[state]):
            return f"{found[town]}, {found[state]}"
    return _city_and_country(text)


def _city_and_country(text: str) -> str | None:
    """ "Toronto Canada", "Leeds United Kingdom": only for a city known to lie in that country."""
    words = text.split()
    for last in (1, 2) if 1 < len(words) <= 5 else ():
        town, land = " ".join(words[:-last]), " ".join(words[-last:])
        code = strict_country(land) if town[-1:].isalpha() else None
        if code and is_city_of(town, code) and not cities_named(text):
            return f"{town}, {land}"
    return None
