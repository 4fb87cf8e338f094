"""What of a postal address stands in the text of a place: streets, buildings, postcodes, "and 3 more"."""

import re
from collections.abc import Callable

from crawler.fields.gazetteer import country_of_city, is_city_of, strict_country
from jobalerts.domain.places import country_name

BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
CANADIAN = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")
RIVER = re.compile(r"(?<=[a-z])/(?:(Main)|M\.?|Oder|Saale|Donau|Neckar|Rhein|Ruhr|Inn|Elbe|Weser)(?=$|[\s,;])")
"""The river a German city lies on: "Frankfurt/Main"."""
SPLIT_NAME = re.compile(r"\b(United),\s{1,3}(States|Kingdom)\b")
DISTRICT = re.compile(r"(?<=[\u4e00-\u9fff])[·•/-][\u4e00-\u9fff]{1,6}[区县區縣镇]")
"""A district of a Chinese city: "上海·浦东新区"."""
NEAR = re.compile(r"^(.+?)\s+\(?(?:b\.|bei|near|nahe|nr\.?|pr[èe]s de|cerca de|vicino a)\s+(.+?)\)?$", re.I)
QUARTER = re.compile(
    r"^(.+?)[ -](?:\d{1,2}(?:er|e|è|[eè]me|\.|th|st|nd|rd)?(?: (?:arrondissement|bezirk|district))?"
    r"|(?<=[a-zäöüß]-)[A-ZÄÖÜ]\w+)$",
    re.I,
)
"""A quarter of a city by number or after a hyphen: "Paris 15e", "Berlin-Mitte"."""
MORE = re.compile(
    r"[\s,;|]{1,3}(?:(?:and|und|et|y|&|\+) )?\+?\d{1,3} (?:more|others?|weitere|autres|additional|más)\b[^,;|]{0,30}$",
    re.I,
)
"""The rest of a list that is not told."""
NUMBER_BEFORE = re.compile(r"^(?:\d{4} [A-Z]{2}|\d{4,6})\s+(?=\D)")
NO_NAME = re.compile(
    r"^[\d\s.#/-]+$|^(?:[ecmp][sd]t|gmt|utc|cet|cest|bst|eet)(?:[ +/-].*)?$|^\d+\w? .*"
    r"|^(?:and |und |et |y |\+ ?)?(?:\d+ )?(?:more|other|others|additional|weitere|autres|otr[oa]s|outr[oa]s)\b.*"
    r"|^.*\b(?:street|st\.|avenue|ave\.?|road|rd\.?|boulevard|blvd\.?|drive|lane|parkway|pkwy|highway|hwy|terrace"
    r"|plaza|square)$"
    r"|^(?:rue|avenue|av\.|boulevard|bd|chemin|all[ée]e|route|calle|avenida|rua|via|viale|piazza)\s.*"
    r"|^.*(?:stra(?:ße|sse)|str\.|platz|allee|damm|gasse|laan|straat|plein|weg)(?:\s\d+\s?\w?)?$"
    r"|^.*\b(?:hospital|klinikum|school|schule|college|university|universit[äa]t|campus|clinic|centre|center|building"
    r"|tower|house|airport|mall|warehouse|plant|factory|stadium|library|trust|council|academy|floor|suite|gmbh|ltd|inc"
    r"|llc|location|site|branch|store|standorte?)\b.*$",
    re.I,
)
"""Numbers, streets, buildings and employers, and the rest of a list that is not told."""


def without_addresses(tokens: list[str], whole: str, is_known: Callable[[str], bool]) -> list[str]:
    """The names among the parts of an address; a British postcode gives the country away."""
    named = [NUMBER_BEFORE.sub("", CANADIAN.sub("", BRITISH.sub("", token))).strip() for token in tokens]
    kept = [_town(token, is_known) for token in named if is_known(token) or not NO_NAME.match(token)]
    names = [name for found in kept for name in found if name]
    if not names:
        return [token for token in tokens if not re.fullmatch(r"[\d\s]+", token)]
    if BRITISH.search(whole) and not strict_country(names[-1]):
        here = [place for place, name in enumerate(names) if is_city_of(name, "GB")]
        return [*names[here[-1] if here else -1 :], country_name("GB")]
    return names


def _town(token: str, is_known: Callable[[str], bool]) -> list[str]:
    """ "Garching b. München" is a town in the country of Munich, "Paris 15e" is Paris."""
    if not token or is_known(token):
        return [token]
    near, quarter = NEAR.match(token), QUARTER.match(token)
    land = country_of_city(near[2]) if near else None
    if near and land:
        return [near[1], country_name(land)]
    return [quarter[1]] if quarter and is_known(quarter[1]) else [token]
