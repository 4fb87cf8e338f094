"""Descriptions: foreign HTML in, the few allowed elements and plain lines out."""

import re
from dataclasses import dataclass, field
from html import escape, unescape

import nh3
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.fields.texts import clean

MOST_CHARS = 500_000
"""Of one description; the longest recorded one has 40,000."""
DEEPEST = 40
"""Levels of nesting that are kept as nesting; below, only the text. nh3 takes quadratic time on deep HTML."""
RENAMED = {
    "p": "p", "div": "p", "section": "p", "article": "p", "header": "p", "footer": "p", "main": "p", "aside": "p",
    "blockquote": "p", "pre": "p", "tr": "p", "dt": "p", "dd": "p", "address": "p", "center": "p", "figure": "p",
    "br": "br", "hr": "br", "ul": "ul", "ol": "ol", "menu": "ul", "li": "li",
    "b": "b", "strong": "strong", "i": "i", "em": "em", "h1": "h3", "h2": "h3", "h3": "h3",
    "h4": "h4", "h5": "h4", "h6": "h4", "a": "a",
}  # fmt: skip
BLOCKS = frozenset({"p", "ul", "ol", "li", "h3", "h4"})
PARAGRAPHS = frozenset({"p", "h3", "h4"})
CELLS = frozenset({"td", "th"})
UNSEEN_PLACE = -2
UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "select"})
ALLOWED = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "h3", "h4", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow noopener ugc"
TAG = re.compile(r"</?(?:p|br|div|ul|ol|li|h[1-6]|strong|em|b|i|span|a|table)\b[^<>]{0,2000}>", re.I)
ESCAPED_TAG = re.compile(r"&(?:amp;){0,2}lt;/?(?:p|br|div|ul|ol|li|h[1-6]|strong|em|b|i|span|a|table)\b", re.I)
EMPTY = re.compile(r"<(p|li|h3|h4|b|strong|i|em|ul|ol|a)(?: [^<>]*)?>(?:\s|<br>)*</\1>")
AFTER_BLOCK = re.compile(r"(</?(?:p|li|ul|ol|h3|h4)>) ")
BEFORE_BLOCK = re.compile(r" (</?(?:p|li|ul|ol|h3|h4)>)")
SPACES = re.compile(" {2,}")  # two texts meet where an element without words stood
MANY_BREAKS = re.compile(r"<br>\s*<br>\s*<br>\s*(?:<br>\s*)*")
OUTER_BREAKS = re.compile(r"(<(?:p|li|h3|h4)>)\s?<br>(?:\s|<br>)*|<br>(?:\s?<br>)*\s?(</(?:p|li|h3|h4)>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """`html` holds allowed elements only; `text` has each paragraph and list item on a line of its own."""

    html: str
    text: str


def as_html(value: object) -> str:
    """Entity-escaped HTML unescaped (three times at most), plain text as paragraphs, HTML as it is."""
    text = clean(value)[: 2 * MOST_CHARS]
    for _ in range(3):
        if TAG.search(text) or not ESCAPED_TAG.search(text):
            break
        text = _unescaped(text)
    if TAG.search(text):
        return text
    return "".join(f"<p>{escape(unescape(line), quote=False)}</p>" for line in text.splitlines() if line.strip())


def _unescaped(text: str) -> str:
    """One level of what makes markup; other entities are left to the parser, which is many times faster at them."""
    return (
        text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&#39;", "'")
        .replace("&amp;", "&")
    )


def describe(html: str) -> Description:
    """Sanitise, and read the lines; both from one bounded walk, so that deep or huge HTML costs no more."""
    walk = _walked(html)
    return Description(html=_sanitised("".join(walk.out)), text=_lines("".join(walk.words)))


def lines_of(html: str) -> str:
    """The text alone."""
    return _lines("".join(_walked(html).words))


def _walked(html: str) -> "_Walk":
    html, walk = clean(html)[:MOST_CHARS], _Walk()
    if html.strip():
        walk.element(_tree(html))
    return walk


def _tree(html: str) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return document_fromstring(f"<html><body>{html}</body></html>".encode(), parser=parser)
    except etree.ParserError:
        return document_fromstring(b"<html><body></body></html>")


def _sanitised(html: str) -> str:
    if "<br>" in html:
        html = MANY_BREAKS.sub("<br><br>", html)
    html = SPACES.sub(" ", _without_empty(html)) if "  " in html else _without_empty(html)
    if " <" in html or "> " in html:
        html = BEFORE_BLOCK.sub(r"\1", AFTER_BLOCK.sub(r"\1", html))
    html = nh3.clean(html, tags=ALLOWED, attributes=ATTRIBUTES, link_rel=LINK_REL, url_schemes=SCHEMES).strip()
    return _without_empty(html)  # a block inside a link is taken apart there, which leaves empty halves


def _without_empty(html: str) -> str:
    before = ""
    while html != before:
        before = html
        html = EMPTY.sub("", OUTER_BREAKS.sub(r"\1\2", html) if "<br>" in html else html)
    return html


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) if "  " in line else line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class _Walk:
    """Writes elements by their allowed name, and their words; without recursion, so no depth can exhaust the stack."""

    out: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[tuple[str, HtmlElement]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """For each element around the present one, where in `open` it was put; negative when it was not."""

    def element(self, root: HtmlElement) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, node in walker:
            if event == "end":
                self._leave(node)
            elif node.tag in UNSEEN:
                walker.skip_subtree()
                self.places.append(UNSEEN_PLACE)
            else:
                self._enter(node)

    def _enter(self, node: HtmlElement) -> None:
        name, place = RENAMED.get(str(node.tag)), -1
        if name == "br":
            self.out.append("<br>")
            self.words.append("\n")
        elif name is not None:
            if name in BLOCKS:
                self.words.append("\n")
                self._close_paragraph()
            if len(self.open) < DEEPEST:
                place = len(self.open)
                self.open.append((name, node))
                self.out.append(f"<{name}>" if name != "a" else _link(node))
        self.places.append(place)
        if node.text:
            self._text(node.text)

    def _close_paragraph(self) -> None:
        """A block inside a paragraph ends the paragraph, as in a browser."""
        if self.open and self.open[-1][0] in PARAGRAPHS:
            self.out.append(f"</{self.open.pop()[0]}>")

    def _leave(self, node: HtmlElement) -> None:
        place, tag = self.places.pop(), str(node.tag)
        if place >= 0 and len(self.open) > place and self.open[place][1] is node:
            while len(self.open) > place:
                self.out.append(f"</{self.open.pop()[0]}>")
        if place != UNSEEN_PLACE:
            if RENAMED.get(tag) in BLOCKS:
                self.words.append("\n")
            elif tag in CELLS:
                self.out.append(" ")
                self.words.append(" ")
        if node.tail:
            self._text(node.tail)

    def _text(self, text: str) -> None:
        flat = " ".join(text.split())
        if text[0].isspace():
            flat = " " + flat
        if text[-1].isspace() and flat != " ":
            flat += " "
        self.words.append(flat)
        if "&" in flat or "<" in flat or ">" in flat:
            flat = escape(flat, quote=False)
        self.out.append(flat)


def _link(node: HtmlElement) -> str:
    return f'<a href="{escape(str(node.get("href") or "").strip())}">'
