"""Names of places as people write them, where a table of cities and countries would mislead."""

from collections.abc import Mapping
from types import MappingProxyType

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
        "hong kong": ("Hong Kong", "HK"),
        "monaco": ("Monaco", "MC"),
    }
)
"""Everyday names, and cities whose larger namesake is rarely meant."""
ABBREVIATED = frozenset({"nyc", "sf", "la", "cdmx", "hong kong sar"})
NO_COUNTRIES = frozenset({"georgia", "granada", "est", "cst", "pst", "mst"})
"""Names and letters of countries by which something else is meant: a state, a city, hours of the day."""
