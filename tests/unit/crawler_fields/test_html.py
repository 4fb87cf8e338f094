"""Descriptions: what is kept, what is thrown away, and how lines are made."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crawler.fields.html import as_html, describe

KEPT = re.compile(r"</?(?:p|br|ul|ol|li|b|strong|i|em|h3|h4)>|<a href=\"[^\"<>]*\" rel=\"nofollow noopener ugc\">|</a>")


@pytest.mark.parametrize(
    ("html", "clean", "text"),
    [
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>", "a\nb"),
        ("<h1>Head</h1>text", "<h3>Head</h3>text", "Head\ntext"),
        ("<ul><li><p>one</p></li><li>two</li></ul>", "<ul><li><p>one</p></li><li>two</li></ul>", "one\ntwo"),
        ("a<br/>b<br>&nbsp;<br><br><br>c", "a<br>b<br><br>c", "a\nb\nc"),
        ("<p>R&amp;D &lt;x&gt;</p>", "<p>R&amp;D &lt;x&gt;</p>", "R&D <x>"),
        ("<p>x</p><p>&nbsp;</p><div><br></div>", "<p>x</p>", "x"),
        ("x<script>alert(1)</script><style>p{}</style>y", "xy", "xy"),
        ("<img src=x onerror=alert(1)><b onclick=x>b</b>", "<b>b</b>", "b"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a b</p>", "a b"),
        ('<a href="javascript:x">x</a>', '<a rel="nofollow noopener ugc">x</a>', "x"),
        ("<p>unclosed <b>bold", "<p>unclosed <b>bold</b></p>", "unclosed bold"),
        ("", "", ""),
        ("\x00\x01", "", ""),
        ("<!-- only a comment -->", "", ""),
    ],
)
def test_descriptions_are_sanitised_and_read_by_lines(html: str, clean: str, text: str) -> None:
    found = describe(html)
    assert (found.html, found.text) == (clean, text)


def test_links_stay_with_their_rel() -> None:
    found = describe('<p>See <a href="https://acme.example/?a=1&amp;b=2" target=_blank>us</a>.</p>')
    assert found.html == '<p>See <a href="https://acme.example/?a=1&amp;b=2" rel="nofollow noopener ugc">us</a>.</p>'


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("&lt;p&gt;a&amp;nbsp;b&lt;/p&gt;", "<p>a&nbsp;b</p>"),
        ("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;", "<p>a</p>"),
        ("<p>1 &lt; 2</p>", "<p>1 &lt; 2</p>"),
        ("one\n\ntwo & three", "<p>one</p><p>two &amp; three</p>"),
        (None, ""),
    ],
)
def test_escaped_html_and_plain_text_become_html(value: object, html: str) -> None:
    assert as_html(value) == html


PIECES = (
    *"<>/=\"' abpliu&;#\x00\n",
    "<p>",
    "</p>",
    "<li>",
    "<a href=",
    "<script",
    "<br>",
    "<div>",
    "</div>",
    "&lt;",
    "x",
)


@given(some.lists(some.sampled_from(PIECES)).map("".join))
def test_only_allowed_elements_come_out_and_cleaning_again_changes_nothing(html: str) -> None:
    once = describe(html)
    assert "<" not in KEPT.sub("", re.sub(r'<a rel="nofollow noopener ugc">', "", once.html))
    assert describe(once.html).html == once.html


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<ul><li>", "<br>", "<p><br>", "&lt;", "<a href='x", "<p> "])
def test_no_repetition_takes_more_than_a_moment(piece: str) -> None:
    began = time.process_time()
    describe(as_html(piece * 60_000 + "end"))
    assert time.process_time() - began < 10
