"""CSS selectors for a careers page, from a YAML file: how a list, its postings and their own pages are read."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import soupsieve
import yaml
from bs4 import BeautifulSoup, Tag
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from crawler.fields.urls import canonical_url
from crawler.shape import Json

LARGEST = 64 * 1024
MOST_CHARS = 5_000_000
WHOLE = frozenset({"description"})
ADDRESSES = frozenset({"url", "apply_url"})


def _checked(selector: str) -> str:
    css, attribute = _parts(selector)
    if css:
        try:
            soupsieve.compile(css)
        except soupsieve.SelectorSyntaxError as error:
            raise ValueError(f"{css!r} is no CSS selector: {str(error).splitlines()[0]}") from None
    elif not attribute:
        raise ValueError("it is empty")
    return selector


def _parts(selector: str) -> tuple[str, str]:
    """The CSS and the attribute; an "@" within brackets belongs to the CSS."""
    match = re.fullmatch(r"(.*?)\s*(?:@\s*([\w:-]+))?\s*", selector, re.S)
    return (match[1].strip(), match[2] or "") if match else (selector, "")


Selector = Annotated[str, AfterValidator(_checked)]


class Fields(BaseModel):
    """Selectors within one posting: text, or with "@name" an attribute; "@href" alone is that of the element itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Selector | None = None
    title: Selector | None = None
    url: Selector | None = None
    apply_url: Selector | None = None
    company: Selector | None = None
    location: Selector | None = None
    workplace: Selector | None = None
    department: Selector | None = None
    employment_type: Selector | None = None
    salary: Selector | None = None
    description: Selector | None = None
    posted_at: Selector | None = None
    valid_through: Selector | None = None


class Rules(BaseModel):
    """The file: the list's address, what one posting is, and its fields in the list and on its own page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(pattern=r"^https?://")
    item: Selector
    fields: Fields
    detail: Fields | None = None
    next: Selector | None = None
    empty: Selector | None = None
    """What the page shows instead of a list when nothing is open; without it no postings are a failure."""
    hosts: tuple[str, ...] = ()
    """Further hosts a rendered page may load from, besides its own."""


def rules_from(path: str) -> Rules:
    """Read the file; ValueError in one line for whatever is wrong with it."""
    if not path.endswith((".yaml", ".yml")):
        raise ValueError(f"{path} is not the name of a YAML file")
    try:
        text = Path(path).read_bytes()[: LARGEST + 1].decode()
        if len(text) > LARGEST or any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise ValueError(f"{path}: it is larger than 64 KiB, or holds aliases")
        rules = Rules.model_validate(yaml.safe_load(text))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{path}: {place}: {first['msg'].removeprefix('Value error, ')}") from None
    except yaml.YAMLError as error:
        raise ValueError(f"{path} is no YAML: {' '.join(str(error).split())[:200]}") from None
    if not (rules.fields.title and rules.fields.url):
        raise ValueError(f"{path}: fields: title and url must be said")
    return rules


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html[:MOST_CHARS], "lxml")


def values(holder: Tag, fields: Fields, page_url: str) -> dict[str, Json]:
    """What the selectors find, as text; addresses absolute, the description as HTML. What is not there is left out."""
    return {name: value for name, value in _values(holder, fields, page_url) if value}


def first_address(holder: Tag, selector: str | None, page_url: str) -> str | None:
    found = _value(holder, selector, is_whole=False) if selector else ""
    return canonical_url(found, page_url) if found else None


def _values(holder: Tag, fields: Fields, page_url: str) -> Iterator[tuple[str, Any]]:
    for name, selector in fields.model_dump(exclude_none=True).items():
        if name in ADDRESSES:
            yield name, first_address(holder, selector if _parts(selector)[1] else f"{selector}@href", page_url)
        else:
            yield name, _value(holder, selector, is_whole=name in WHOLE)


def _value(holder: Tag, selector: str, *, is_whole: bool) -> str:
    css, attribute = _parts(selector)
    node = holder.select_one(css) if css else holder
    if node is None:
        return ""
    if attribute:
        value = node.get(attribute)
        return " ".join(value) if isinstance(value, list) else str(value or "").strip()
    return node.decode_contents() if is_whole else " ".join(node.get_text(" ").split())
