"""XML of strangers: entities, external parts and huge trees are refused, never resolved."""

import re
from typing import TypeAlias

from lxml import etree

from crawler.challenges import is_challenge
from crawler.outcomes import Unreadable
from crawler.shape import Answer

Element: TypeAlias = etree._Element
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WITH_NULS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def xml_of(answer: Answer, *roots: str) -> Element:
    """The document's root, named one of `roots`; Unreadable ("blocked" or "malformed") when it is none."""
    body = answer.body.strip()
    body = body if body.startswith(WITH_NULS) else CONTROL.sub(b"", body)
    if not body:
        raise Unreadable("malformed", "the answer is empty")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if is_challenge(answer.text(), where_json_is_due=True):
            raise Unreadable("blocked", "a challenge page came instead of the board") from None
        raise Unreadable("malformed", f"the answer is no XML ({' '.join(str(error).split())[:200]})") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("malformed", "the XML has a DOCTYPE, which no board needs")
    if name_of(root) not in roots:
        raise Unreadable("malformed", f"the answer is <{name_of(root)}>, not <{roots[0]}>")
    return root


def name_of(node: Element) -> str:
    """The tag without its namespace."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(node: Element, name: str) -> list[Element]:
    return [child for child in node if name_of(child) == name]


def said(node: Element, *path: str) -> str:
    """The text of the first element at `path`, stripped; "" when there is none."""
    found = [node]
    for name in path:
        found = [child for one in found for child in children(one, name)]
    return "".join(str(text) for text in found[0].itertext()).strip() if found else ""


def items_of(answer: Answer) -> list[Element]:
    """The items of an RSS 2.0 feed."""
    channels = children(xml_of(answer, "rss"), "channel")
    if not channels:
        raise Unreadable("malformed", "the feed has no channel")
    return children(channels[0], "item")
