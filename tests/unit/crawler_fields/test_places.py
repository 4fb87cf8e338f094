"""Where a posting is, read from what people write into location fields."""

import pytest

from crawler.fields.places import place_from_fields, places_from_text
from jobalerts.domain.places import country_code, country_name


def read(text: str, country: str | None = None) -> list[tuple[str | None, str | None, str | None]]:
    found = places_from_text(text, country)
    return [(place.location.city, place.location.region, place.location.country) for place in found]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("USA", "US", "U.S.", "u.s.a.", "United States", "the United States of America"), "US"),
        (("UK", "United Kingdom", "Great Britain", "England", "GBR"), "GB"),
        (("NL", "Holland", "The Netherlands", "Nederland"), "NL"),
        (("Deutschland", "Germany", "Allemagne", "DE"), "DE"),
        (("South Korea", "Korea", "Republic of Korea"), "KR"),
        (("Türkiye", "Turkey"), "TR"),
        (("Côte d'Ivoire", "Ivory Coast"), "CI"),
        (("Czechia", "Czech Republic"), "CZ"),
    ],
)
def test_a_country_is_known_by_all_its_names(names: tuple[str, ...], code: str) -> None:
    assert {name: country_code(name) for name in names} == dict.fromkeys(names, code)


@pytest.mark.parametrize("text", ["", "Remote", "Anywhere", "New York", "N/A", "XX", "Narnia"])
def test_what_names_no_country_is_none(text: str) -> None:
    assert country_code(text) is None


def test_a_country_is_named_for_people() -> None:
    assert (country_name("kr"), country_name("??")) == ("South Korea", "??")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("San Francisco, CA", ("San Francisco", "CA", "US")),
        ("Los Gatos, CA", ("Los Gatos", "CA", "US")),
        ("Dublin, CA", ("Dublin", "CA", "US")),
        ("Toronto, CA", ("Toronto", None, "CA")),
        ("Berlin, DE", ("Berlin", None, "DE")),
        ("Wilmington, DE", ("Wilmington", "DE", "US")),
        ("Bangalore, IN", ("Bangalore", None, "IN")),
        ("Amsterdam, NL", ("Amsterdam", None, "NL")),
        ("St. John's, NL", ("St. John's", "NL", "CA")),
        ("Perth, WA", ("Perth", "WA", "AU")),
        ("Atlanta, Georgia", ("Atlanta", "Georgia", "US")),
        ("New York, New York", ("New York", "New York", "US")),
        ("Washington, D.C.", ("Washington", "D.C.", "US")),
        ("London, England, United Kingdom", ("London", "England", "GB")),
        ("Bengaluru, Karnataka, India", ("Bengaluru", "Karnataka", "IN")),
        ("US, WA, Seattle", ("Seattle", "WA", "US")),
        ("USA-TX-Austin", ("Austin", "TX", "US")),
        ("DE-Berlin", ("Berlin", None, "DE")),
        ("Berlin - Germany", ("Berlin", None, "DE")),
        ("New York, NY (HQ)", ("New York", "NY", "US")),
        ("Greater Boston Area", ("Boston", None, "US")),
        ("NYC", ("New York", None, "US")),
        ("Tokyo", ("Tokyo", None, "JP")),
        ("München", ("München", None, "DE")),
        ("Zürich", ("Zürich", None, "CH")),
        ("Singapore", ("Singapore", None, "SG")),
        ("Trinidad and Tobago", (None, None, "TT")),
        ("California", (None, "California", "US")),
        ("Ontario", (None, "Ontario", "CA")),
        ("NL", (None, None, "NL")),
        ("CA", (None, "CA", None)),
        ("Georgia", (None, "Georgia", None)),
        ("Cambridge", ("Cambridge", None, None)),
        ("EMEA", (None, None, None)),
        ("Gerlingen, BW, Germany", ("Gerlingen", "BW", "DE")),
        ("Munich, BY, DE", ("Munich", "BY", "DE")),
        ("Munich, BY", ("Munich", "BY", "DE")),
        ("United States, Wisconsin, Milwaukee", ("Milwaukee", "Wisconsin", "US")),
        ("Singapore, SGP", ("Singapore", None, "SG")),
        ("Tbilisi, Georgia", ("Tbilisi", None, "GE")),
        ("Granada, Spain", ("Granada", None, "ES")),
        ("Atlanta GA", ("Atlanta", "GA", "US")),
        ("TX-Dallas", ("Dallas", "TX", "US")),
        ("Sydney NSW", ("Sydney", "NSW", "AU")),
        ("10115 Berlin", ("Berlin", None, "DE")),
        ("London EC2A", ("London", None, "GB")),
        ("New York - Albany", ("Albany", "New York", "US")),
        ("HQ - Oslo", ("Oslo", None, "NO")),
        ("Central - United States", (None, "Central", "US")),
        ("Greater Noida, Uttar Pradesh, India", ("Greater Noida", "Uttar Pradesh", "IN")),
        ("Makati City, Metro Manila, Philippines", ("Makati City", "Metro Manila", "PH")),
        ("Philadelphia", ("Philadelphia", None, "US")),
        ("Rome", ("Rome", None, "IT")),
        ("Guadalajara", ("Guadalajara", None, "MX")),
        ("Sevilla", ("Sevilla", None, "ES")),
        ("Hong Kong SAR", ("Hong Kong", None, "HK")),
        ("Narnia", (None, None, None)),
    ],
)
def test_one_place_is_read(text: str, place: tuple[str | None, str | None, str | None]) -> None:
    assert read(text) == [place]


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("Seattle, San Francisco, New York City", ["Seattle", "San Francisco", "New York City"]),
        ("New York, NY; Chicago, IL", ["New York", "Chicago"]),
        ("Dallas, TX, New York, NY", ["Dallas", "New York"]),
        ("Munich | Berlin", ["Munich", "Berlin"]),
        ("Paris / London", ["Paris", "London"]),
        ("San Francisco/New York", ["San Francisco", "New York"]),
        ("Dublin or London", ["Dublin", "London"]),
        ("Porto, Lisbon, Portugal", ["Porto", "Lisbon"]),
    ],
)
def test_several_places_are_told_apart(text: str, cities: list[str]) -> None:
    assert [city for city, _, _ in read(text)] == cities


@pytest.mark.parametrize("text", ["", "  ", "N/A", "n/a", "TBD", "Multiple Locations", "-"])
def test_what_names_no_place_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "workplaces", "countries"),
    [
        ("San Francisco, Seattle, or Remote (US)", [None, None, "remote"], ["US", "US", "US"]),
        ("US-Remote", ["remote"], ["US"]),
        ("Remote - Canada", ["remote"], ["CA"]),
        ("Remote - US & Canada", ["remote", "remote"], ["US", "CA"]),
        ("Remote (Germany or Austria)", ["remote", "remote"], ["DE", "AT"]),
        ("Remote in Germany", ["remote"], ["DE"]),
        ("Remote (must be based in UK)", ["remote"], ["GB"]),
        ("Remote - EMEA, Germany", ["remote"], ["DE"]),
        ("Remote", ["remote"], [None]),
        ("Remote (EST)", ["remote"], [None]),
        ("Remote - DE", ["remote"], ["DE"]),
        ("SF, NYC, US-Remote", [None, None, "remote"], ["US", "US", "US"]),
        ("Austin, TX, Remote in Canada", [None, "remote"], ["US", "CA"]),
        ("Remote - US: All locations", ["remote"], ["US"]),
        ("Remote, TX", ["remote"], ["US"]),
        ("United States - Virtual", ["remote"], ["US"]),
        ("Télétravail, France", ["remote"], ["FR"]),
        ("Remoto, España", ["remote"], ["ES"]),
        ("Berlin oder remote", [None, "remote"], ["DE", None]),
        ("Remote, CA", ["remote"], [None]),
        ("Home based - Brazil", ["remote"], ["BR"]),
        ("Hybrid - London", ["hybrid"], ["GB"]),
        ("Remote or hybrid: Sofia, Bulgaria", ["remote", "hybrid"], [None, "BG"]),
        ("On-site - Austin, TX", ["onsite"], ["US"]),
    ],
)
def test_the_manner_of_work_is_read_with_its_place(
    text: str, workplaces: list[str | None], countries: list[str | None]
) -> None:
    found = places_from_text(text)
    assert [place.workplace for place in found] == workplaces
    assert [place.location.country for place in found] == countries


def test_the_country_field_decides_what_the_text_leaves_open() -> None:
    assert read("Cambridge", "GB") == [("Cambridge", None, "GB")]
    assert read("Melbourne", "US") == [("Melbourne", None, "US")]
    assert read("Tokyo", "US") == [("Tokyo", None, "JP")]
    assert read("Remote", "FR") == [(None, None, "FR")]
    assert read("Paris, France", "US") == [("Paris", None, "FR")]


def test_separate_fields_are_one_place() -> None:
    place = place_from_fields(city=" Zug ", region="ZG", country="Switzerland")
    assert place is not None
    assert (place.location.text, place.location.country) == ("Zug, ZG, Switzerland", "CH")


def test_fields_that_say_remote_or_a_country_as_city_are_understood() -> None:
    place = place_from_fields(city="Poland", region="REMOTE", country="pl")
    assert place is not None
    assert (place.location.city, place.location.region, place.location.country) == (None, None, "PL")
    assert place.workplace == "remote"


@pytest.mark.parametrize("value", [None, "", "N/A", "Anywhere", 7, {}])
def test_empty_fields_are_no_place(value: object) -> None:
    assert place_from_fields(city=value, region=value, country=value) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Barcelona, Catalonia, Spain", [("Barcelona", "Catalonia", "ES")]),
        ("Florence, Tuscany, Italy", [("Florence", "Tuscany", "IT")]),
        ("Berlin, Munich, Germany", [("Berlin", None, "DE"), ("Munich", None, "DE")]),
    ],
)
def test_what_stands_between_a_city_and_its_country_is_its_region_unless_it_is_a_city_there(
    text: str, expected: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert read(text) == expected
