"""Which addresses a crawl may connect to, and how long it waits."""

from datetime import UTC, datetime

import pytest

from crawler.addresses import is_public, origin_from, refusal
from crawler.patience import retry_after
from jobalerts.errors import ConfigError


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111"])
def test_public_addresses_may_be_read(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "255.255.255.255", "224.0.0.1", "::1", "::", "::7f00:1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "fec0::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "nonsense", "",
    ],
)  # fmt: skip
def test_other_addresses_may_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "https://a.example:8443/",
        "https://u:p@a.example/",
        "//a.example",
        "http://",
    ],
)
def test_only_plain_web_addresses_are_asked_for(url: str) -> None:
    assert refusal(url, None) is not None
    assert refusal("https://a.example/jobs", None) is None


def test_a_crawl_with_a_base_url_stays_there() -> None:
    origin = origin_from("http://127.0.0.1:8765/ignored")
    assert (
        origin.in_place_of("https://api.lever.co/v0/postings/x?mode=json")
        == "http://127.0.0.1:8765/v0/postings/x?mode=json"
    )
    assert refusal("http://127.0.0.1:8765/x", origin) is None
    assert refusal("http://127.0.0.1:8766/x", origin) is not None
    assert refusal("https://api.lever.co/x", origin) is not None


@pytest.mark.parametrize("url", ["127.0.0.1", "ftp://x", "http://", "http://x:99999"])
def test_a_base_url_that_is_no_address_is_told(url: str) -> None:
    with pytest.raises(ConfigError, match="--base-url"):
        origin_from(url)


def test_retry_after_is_a_number_or_a_date() -> None:
    now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert retry_after(b"120", now) == 120
    assert retry_after(b"Fri, 20 Nov 2026 12:01:00 GMT", now) == 60
    assert retry_after(b"Fri, 20 Nov 2026 11:00:00 GMT", now) == 0
    assert [retry_after(header, now) for header in (None, b"", b"soon", b"-5")] == [None] * 4
