"""Which addresses a crawl may connect to: public ones, and the origin that `--base-url` names."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from jobalerts.errors import ConfigError

USUAL_PORTS = {"http": 80, "https": 443}
NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "::/8", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "fec0::/10", "fe80::/10",
        "fc00::/7", "ff00::/8", "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""On top of `is_global`, which lets IPv4 addresses embedded in IPv6, site-local and multicast ones pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Scheme, host and port that stand in for a source's own; exempt from the guard, and the only one reachable."""

    scheme: str
    host: str
    port: int

    def in_place_of(self, url: str) -> str:
        """`url` with this origin; path and query stay."""
        parts = urlsplit(url)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return urlunsplit((self.scheme, f"{host}:{self.port}", parts.path or "/", parts.query, ""))


def origin_from(base_url: str) -> Origin:
    """Read `--base-url`; ConfigError when it is no http(s) address."""
    origin = origin_of(base_url)
    if origin is None:
        raise ConfigError(f"--base-url {base_url!r} is no address; give scheme and host, as http://127.0.0.1:8765")
    return origin


def origin_of(url: str) -> Origin | None:
    """The origin of an http(s) address; None when it is none, or names a user."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in USUAL_PORTS or not host or parts.username is not None:
        return None
    return Origin(scheme=parts.scheme, host=host, port=port or USUAL_PORTS[parts.scheme])


def refusal(url: str, exempt: Origin | None) -> str | None:
    """Why `url` may not be asked for; None when it may (its host's addresses are still to be checked)."""
    origin = origin_of(url)
    if origin is None:
        return "only plain http and https addresses are read"
    if exempt is not None:
        return None if origin == exempt else f"it leaves {exempt.scheme}://{exempt.host}:{exempt.port}"
    return None if origin.port == USUAL_PORTS[origin.scheme] else f"port {origin.port} is not allowed"


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public internet; False for what cannot be read."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return ip.is_global and not any(ip in block for block in NOT_PUBLIC if block.version == ip.version)
