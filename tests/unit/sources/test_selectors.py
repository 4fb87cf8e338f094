"""Careers pages by selectors: the file, the list, its postings, and a page that was rebuilt."""

from pathlib import Path

import pytest

from crawler.outcomes import Unreadable
from crawler.selectors import rules_from
from crawler.shape import Answer, Board, Page
from crawler.sources import load_source

GOOD = """
url: https://acme.example/careers
item: li.job
fields: {title: b, url: a@href}
"""


def rules_file(folder: Path, text: str) -> str:
    path = folder / "acme.yaml"
    path.write_text(text)
    return str(path)


def read(folder: Path, html: str, more: str = "", source: str = "page") -> Page:
    kind = load_source(source)
    (ask,) = kind.start(Board(source=source, token=rules_file(folder, GOOD + more)))
    return kind.read(Answer(ask=ask, url=ask.url, body=html.encode()))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "acme.yaml: "),
        ("url: [", "is no YAML"),
        (GOOD.replace("https:", "file:"), "url: String should match"),
        (GOOD.replace("li.job", "li..job"), "item: 'li..job' is no CSS selector"),
        (GOOD.replace("title: b, ", ""), "title and url must be said"),
        (GOOD.replace("title", "titel"), "fields.titel: Extra inputs"),
        (GOOD + "next: ''\n", "next: it is empty"),
        ("a: &a [1]\nb: *a\n", "aliases"),
        ("x" * 70_000, "64 KiB"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_the_place(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=words.replace(".", r"\.").replace("'", ".")) as error:
        rules_from(rules_file(tmp_path, text))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("path", ["/etc/passwd", "none.yaml", ".yaml/"])
def test_a_path_that_is_no_such_file_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"is not the name of a YAML file|cannot be read"):
        rules_from(path)


def test_postings_are_read_by_text_and_attributes(tmp_path: Path) -> None:
    page = read(tmp_path, '<li class="job"><b> Cook\n one </b><a href="?id=1&utm_source=x">more</a></li>')
    assert page.rows == ({"title": "Cook one", "url": "https://acme.example/careers?id=1"},)


def test_a_rebuilt_page_is_malformed_and_one_that_says_it_is_empty_is_not(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"fits the selector 'li\.job'"):
        read(tmp_path, "<p class=none>Nothing</p>")
    assert read(tmp_path, "<p class=none>Nothing</p>", "empty: p.none\n").rows == ()


def test_what_a_posting_s_own_page_says_is_asked_for_once_each_and_added(tmp_path: Path) -> None:
    page = read(tmp_path, '<li class="job"><b>Cook</b><a href="/1">x</a></li>', "detail: {description: main}\n")
    assert (page.rows, page.listed, [ask.url for ask in page.more]) == ((), 1, ["https://acme.example/1"])
    (ask,) = page.more
    own = load_source("page").read(Answer(ask=ask, url=ask.url, body=b"<main><p>Cook <b>well</b>.</p></main>"))
    assert own.rows[0]["description"] == "<p>Cook <b>well</b>.</p>"
    assert own.rows[0]["title"] == "Cook"


@pytest.mark.parametrize(("link", "is_followed"), [("?page=2", True), ("https://elsewhere.example/2", False)])
def test_the_next_page_is_asked_for_on_the_same_host(link: str, is_followed: bool, tmp_path: Path) -> None:
    html = f'<li class="job"><b>Cook</b><a href="/1">x</a></li><a class="next" href="{link}">next</a>'
    page = read(tmp_path, html, 'next: a.next[href]:not([href*="@"])@href\n', source="browser")
    assert [ask.is_rendered for ask in page.more] == [True] * is_followed
