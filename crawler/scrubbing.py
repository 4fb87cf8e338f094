"""Makes a small answer without personal data of a whole one, so that it can be kept as a fixture."""

import re
from collections import Counter
from copy import deepcopy

import orjson
from lxml import etree

from crawler.feeds import Element, name_of
from crawler.shape import Json

PERSONAL_KEY = re.compile(
    r"creator|recruiter|author|e?mail|phone|mobile|fax|contact|manager|owner|posted_?by|created_?by|updated_?by|user",
    re.I,
)
NOT_PERSONAL = re.compile(r"is_?manager|manager_?level|email_?alert", re.I)
EMAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"\+\d[\d\s()./-]{7,17}\d|\(\d{3}\)\s?\d{3}[-. ]\d{4}|(?<![\w-])\d{3}[-. ]\d{3}[-. ]\d{4}(?![\w-])|"
    r"(?<=tel)\W{1,6}[\d\s()/.-]{7,20}|(?<=phone)\W{1,6}[\d\s()/.-]{7,20}",
    re.I,
)
TOTALS = frozenset({"total", "totalfound", "totalcount", "hits", "count", "total_count", "nbhits"})
MOST_HTML = 200_000


def scrubbed(body: bytes, text: str, *, rows: int) -> tuple[str, str]:
    """The answer with `rows` rows at most and nothing personal, and the ending of a file that holds it."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _xml(body, rows) or (_clean_text(text[:MOST_HTML]), "html")
    kept = _trimmed(_clean(document), rows)
    return orjson.dumps(kept, option=orjson.OPT_INDENT_2).decode() + "\n", "json"


def _clean(data: Json, key: str = "") -> Json:
    if PERSONAL_KEY.search(key) and not NOT_PERSONAL.search(key) and isinstance(data, str | dict | list):
        return type(data)()
    if isinstance(data, dict):
        return {name: _clean(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [_clean(value) for value in data]
    return _clean_text(data) if isinstance(data, str) else data


def _clean_text(text: str) -> str:
    return PHONE.sub("+1 202 555 0100", EMAIL.sub("someone@example.com", text))


def _trimmed(data: Json, rows: int) -> Json:
    """The longest list of objects cut to `rows`, and what is declared as its length with it."""
    data = deepcopy(data)
    lists = list(_lists(data))
    longest = max(lists, key=len, default=[])
    if len(longest) > rows:
        del longest[rows:]
        if isinstance(data, dict):
            _set_totals(data, len(longest))
    return data


def _lists(data: Json, depth: int = 0) -> list[list[Json]]:
    if isinstance(data, list):
        return [data] if data and isinstance(data[0], dict) else []
    if not isinstance(data, dict) or depth > 2:
        return []
    return [found for value in data.values() for found in _lists(value, depth + 1)]


def _set_totals(data: dict[str, Json], count: int) -> None:
    for key, value in data.items():
        if key.lower() in TOTALS and isinstance(value, int) and not isinstance(value, bool):
            data[key] = count
        elif isinstance(value, dict):
            _set_totals(value, count)


def _xml(body: bytes, rows: int) -> tuple[str, str] | None:
    """None when it is no XML; of a list, the first rows only."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if name_of(root) in {"html", ""}:
        return None
    _trim_tree(root, rows)
    for node in root.iter():
        if PERSONAL_KEY.search(name_of(node)):
            node.text = None
        node.text = _clean_text(node.text) if node.text else node.text
    return etree.tostring(root, encoding="unicode") + "\n", "xml"


def _trim_tree(root: Element, rows: int) -> None:
    """The parent with the most children of one name loses all but the first of these."""
    counts = Counter((parent, name_of(child)) for parent in (root, *root) for child in parent)
    if counts:
        (parent, name), _ = counts.most_common(1)[0]
        for child in [child for child in parent if name_of(child) == name][rows:]:
            parent.remove(child)
