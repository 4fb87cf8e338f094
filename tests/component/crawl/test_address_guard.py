"""Nothing but the public internet is read, except the one origin that the command line names."""

import pytest

from tests.component.crawl.conftest import HostileBoard, body, fetch

PAGE = b'<script type="application/ld+json">{"@type":"JobPosting","title":"Spy","identifier":"1"}</script>'


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "user:pass@127.0.0.1"]
)
def test_a_page_on_a_private_address_is_never_asked_for(hostile: HostileBoard, host: str) -> None:
    port = hostile.url.rpartition(":")[2]
    hostile.paths["/jobs/1"] = body(PAGE, kind="text/html")
    for address in (f"http://{host}:{port}/jobs/1", f"http://{host}/jobs/1"):
        fetched = fetch(hostile, "jsonld", address, base_url=None, time_limit=10)
        assert (fetched.name, fetched.exit_code) == ("network", 1)
    assert hostile.asked == []


def test_the_named_origin_is_asked_for_every_request_of_the_crawl(hostile: HostileBoard) -> None:
    listing = b'<link rel="canonical" href="https://acme.example/careers"><a href="https://acme.example/careers/spy-1">Spy</a>'
    hostile.paths["/careers"] = body(listing, kind="text/html")
    hostile.paths["/careers/spy-1"] = body(PAGE, kind="text/html")
    for token in ("/careers", "https://acme.example/careers"):
        hostile.asked.clear()
        fetched = fetch(hostile, "jsonld", token)
        assert [posting["title"] for posting in fetched.postings] == ["Spy"]
        assert fetched.postings[0]["url"] == "https://acme.example/careers/spy-1"
        assert hostile.asked == ["/robots.txt", "/careers", "/careers/spy-1"]


def test_a_board_that_sends_its_readers_to_another_host_is_gone(hostile: HostileBoard) -> None:
    hostile.paths["/xml"] = body(b"", status=307, Location="https://www.personio.example/welcome")
    fetched = fetch(hostile, "personio", "departed")
    assert (fetched.name, fetched.outcome["detail"]) == ("not_found", "it redirects to www.personio.example")


def test_a_redirect_on_the_same_host_is_followed(hostile: HostileBoard) -> None:
    hostile.paths["/xml"] = body(b"", status=301, Location="/xml/")
    hostile.paths["/xml/"] = body(b"<workzag-jobs/>", kind="application/xml")
    assert fetch(hostile, "personio", "moved").name == "success"
