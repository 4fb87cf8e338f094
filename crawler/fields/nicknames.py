"""Names of places as people write them, where a table of cities and countries would mislead."""

from collections.abc import Mapping
from types import MappingProxyType

from jobalerts.domain.places import folded

_IN_OWN_LETTERS = {
    "CN": ("北京", "上海", "广州", "深圳", "杭州", "成都", "南京", "武汉", "西安", "苏州", "重庆", "天津", "厦门"),
    "JP": ("東京", "東京都", "大阪", "大阪市", "京都", "名古屋", "福岡", "横浜"),
    "KR": ("서울", "서울시", "부산", "판교"),
}
NICKNAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "nyc": ("New York", "US"),
        "new york": ("New York", "US"),
        "sf": ("San Francisco", "US"),
        "st louis": ("St. Louis", "US"),
        "cdmx": ("Mexico City", "MX"),
        "aberdeen": ("Aberdeen", "GB"),
        "hong kong sar": ("Hong Kong", "HK"),
        "sf bay area": ("San Francisco Bay Area", "US"),
        "bay area": ("Bay Area", "US"),
        "san francisco bay area": ("San Francisco Bay Area", "US"),
        "silicon valley": ("Silicon Valley", "US"),
        "la": ("Los Angeles", "US"),
        "washington dc": ("Washington", "US"),
        "victoria": ("Victoria", "CA"),
        "valencia": ("Valencia", "ES"),
        "barcelona": ("Barcelona", "ES"),
        "gurgaon": ("Gurgaon", "IN"),
        "gurugram": ("Gurugram", "IN"),
        "singapore": ("Singapore", "SG"),
        "islamabad": ("Islamabad", "PK"),
        "hong kong": ("Hong Kong", "HK"),
        "monaco": ("Monaco", "MC"),
        **{folded(name): (name, country) for country, names in _IN_OWN_LETTERS.items() for name in names},
        **{
            name: (name, "CN")
            for name in [
                "北京",
                "上海",
                "广州",
                "深圳",
                "杭州",
                "成都",
                "南京",
                "武汉",
                "西安",
                "苏州",
                "重庆",
                "天津",
                "厦门",
            ]
        },
    }
)
"""Everyday names, and cities whose larger namesake is rarely meant."""
ABBREVIATED = frozenset({"nyc", "sf", "la", "cdmx", "hong kong sar"})
NO_COUNTRIES = frozenset({"georgia", "granada", "salvador", "est", "cst", "pst", "mst"})
"""Names and letters of countries by which something else is meant: a state, a city, hours of the day."""
