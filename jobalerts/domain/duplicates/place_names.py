"""Names of places as titles carry them, and words that stand around them. A posting's own places are known besides.

Written by hand and short on purpose: a gazetteer has towns named Mobile, Enterprise, Commerce and Reading, which in a
title are teams.
"""

_CITIES = """
amsterdam|ann arbor|antwerp|athens|atlanta|auckland|austin|bangalore|bengaluru|bangkok|barcelona|basel|beijing|belfast|
belgrade|berlin|bern|bilbao|birmingham|bogota|bogotá|bordeaux|boston|boulder|bratislava|brisbane|bristol|brno|brooklyn|
brussels|bruxelles|bucharest|budapest|buenos aires|cairo|calgary|cambridge|cape town|cardiff|charlotte|chennai|chicago|
cleveland|cluj|cluj napoca|cologne|köln|copenhagen|københavn|cork|dallas|delhi|new delhi|denver|detroit|doha|dortmund|
dresden|dubai|abu dhabi|dublin|düsseldorf|dusseldorf|edinburgh|eindhoven|frankfurt|frankfurt am main|galway|gdansk|
gdańsk|geneva|genève|ghent|glasgow|gothenburg|göteborg|gurgaon|gurugram|hamburg|hannover|hanover|helsinki|
ho chi minh city|hong kong|houston|hyderabad|istanbul|jakarta|jersey city|johannesburg|kansas city|karlsruhe|krakow|
kraków|kuala lumpur|kyiv|kyoto|lausanne|las vegas|leeds|leipzig|lille|lima|lisbon|lisboa|liverpool|ljubljana|london|
los angeles|luxembourg|lyon|madrid|málaga|malaga|malmö|manchester|manila|mannheim|marseille|melbourne|mexico city|miami|
milan|milano|minneapolis|montpellier|montreal|montréal|mountain view|mumbai|munich|münchen|muenchen|münster|nairobi|
nantes|naples|nashville|new york|new york city|nyc|newcastle|noida|nuremberg|nürnberg|oakland|orlando|osaka|oslo|ottawa|
oxford|palo alto|paris|perth|philadelphia|phoenix|pittsburgh|porto|portland|poznan|poznań|prague|praha|pune|raleigh|
redmond|reykjavik|riga|rio de janeiro|rome|roma|rotterdam|sacramento|salt lake city|san antonio|san diego|san francisco|
sf|bay area|san francisco bay area|sf bay area|silicon valley|san jose|san mateo|santa clara|santa monica|santiago|
são paulo|sao paulo|scottsdale|seattle|seoul|shanghai|shenzhen|singapore|sofia|south san francisco|st louis|stockholm|
strasbourg|stuttgart|sunnyvale|sydney|taipei|tallinn|tampa|tel aviv|the hague|den haag|tokyo|toronto|toulouse|turin|
utrecht|valencia|vancouver|vienna|wien|vilnius|warsaw|warszawa|washington|washington dc|waterloo|wroclaw|wrocław|zagreb|
zurich|zürich
"""
_COUNTRIES = """
argentina|australia|austria|österreich|belgium|brazil|brasil|bulgaria|canada|chile|china|colombia|costa rica|croatia|
cyprus|czechia|czech republic|denmark|egypt|england|estonia|finland|france|germany|deutschland|greece|hungary|iceland|
india|indonesia|ireland|israel|italy|italia|japan|kenya|korea|latvia|lithuania|malaysia|malta|mexico|méxico|morocco|
netherlands|new zealand|nigeria|northern ireland|norway|pakistan|peru|philippines|poland|polska|portugal|romania|
saudi arabia|scotland|serbia|slovakia|slovenia|south africa|south korea|spain|españa|sweden|schweiz|switzerland|taiwan|
thailand|turkey|türkiye|uk|ukraine|united arab emirates|uae|united kingdom|united states|united states of america|us|
usa|u s|vietnam|wales
"""
_REGIONS = """
africa|amer|americas|anz|apac|asia|asia pacific|baltics|benelux|cee|central europe|dach|east coast|eastern europe|
emea|eu|europe|european union|iberia|latam|latin america|mena|mid atlantic|middle east|midwest|namer|new england|
noram|nordics|north america|northeast|northwest|pacific northwest|scandinavia|sea|south america|southeast|
southeast asia|southern europe|southwest|tri state|west coast|western europe|worldwide
"""
_STATES = """
alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|
iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|
nevada|new hampshire|new jersey|new mexico|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|
south carolina|south dakota|tennessee|texas|utah|vermont|virginia|west virginia|wisconsin|wyoming|alberta|
british columbia|ontario|quebec|québec|bavaria|bayern|new south wales|victoria|queensland
"""


def _names(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.split()) for name in text.replace("\n", "").split("|"))


PLACES = _names(_CITIES) | _names(_COUNTRIES) | _names(_REGIONS) | _names(_STATES)
LONGEST_NAME = max(len(name) for name in PLACES)
ONLY_ALONE = frozenset(
    {
        *("east", "west", "north", "south", "central", "northern", "southern", "eastern", "western"),
        *("nord", "süd", "ost", "norden", "süden", "osten", "westen", "sud", "est", "ouest", "norte", "sur"),
    }
)
"""Regions when nothing else stands between two separators: "Account Executive - West"."""

MODES = frozenset({"remote", "hybrid", "onsite", "homeoffice", "anywhere", "nationwide", "wfh"})
AROUND_PLACES = MODES | frozenset(
    {
        *("and", "or", "in", "within", "from", "based", "the", "any", "all", "only", "first", "friendly", "possible"),
        *("on", "site", "office", "offices", "home", "area", "metro", "greater", "city", "region", "hq", "location"),
        *("locations", "multiple", "various", "different", "several", "flexible", "fully", "100", "work", "up", "to"),
        *("und", "oder", "bei", "raum", "standort", "et", "ou", "à", "de", "y", "o", "en", "time", "full", "fulltime"),
        *("vollzeit", "full-time", "permanent", "unbefristet", "cdi"),
    }
)
_CODES = """
al ak az ar ca co ct dc de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri
sc sd tn tx ut vt va wa wv wi wy ab bc on qc
"""
STATE_CODES = frozenset(_CODES.split())
"""Read as states after a place alone: "IN", "OR", "ME", "IT" are words."""
