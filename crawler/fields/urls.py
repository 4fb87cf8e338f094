"""Addresses: absolute, http(s), without what only tracks people."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

TRACKING = re.compile(
    r"(?:utm_\w+|gh_src|lever-(?:source|origin|via)(?:\[\])?|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|"
    r"mc_[ce]id|_hs(?:enc|mi)|mkt_tok|trk|trackingid|_ga|_gl|iisn?|rx_\w+|li_fat_id|ttclid|twclid|vero_id|s_cid)",
    re.I,
)
MAYBE_TRACKING = re.compile(r"(?:ref|refid|referer|referrer|src|source|campaign|medium)=\D*", re.I)
"""Names that may also carry a posting's number; they go only when their value holds no digit."""
HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+|\[[0-9a-f:.]+\]", re.I)
MOST_CHARS = 2048


def canonical_url(value: object, base: str | None = None) -> str | None:
    """The address without tracking parameters and fragment; None when it is not an absolute http(s) address.

    A fragment that routes a single-page site ("#/jobs/7", "#!…") stays, as does every other parameter, in its order.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > MOST_CHARS or re.search(r"[\x00-\x1f\x7f<>\"\\^`{|}]", text):
        return None
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not HOST.fullmatch(host) or parts.username is not None:
        return None
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port and port != usual else "")
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme.lower(), netloc, path, query.replace(" ", "%20"), fragment.replace(" ", "%20")))


def _tracks(pair: str) -> bool:
    return bool(TRACKING.fullmatch(pair.partition("=")[0]) or MAYBE_TRACKING.fullmatch(pair))
