"""The demo server over HTTP, and the crawler reading every one of its boards."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
import urllib3

from jobalerts.embedded.demo_boards.companies import COMPANIES, DemoCompany
from jobalerts.embedded.demo_boards.server import DemoServer, open_server
from jobalerts.errors import ConfigError


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    server = open_server("127.0.0.1", 0, seed=1)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def get(server: DemoServer, path: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", server.site.url + path, timeout=10, retries=False)


@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.token)
def test_the_crawler_reads_each_board_whole(server: DemoServer, company: DemoCompany) -> None:
    words = ["crawl", company.source, company.token, "--base-url", server.site.url, "--dry-run"]
    done = subprocess.run(
        [sys.executable, "-m", "jobalerts", *words, "--company", company.name],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    postings = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(postings) == company.size
    assert {posting["company"] for posting in postings} == {company.name}
    assert all(posting["description_text"] and posting["posted_at"] for posting in postings)


def test_robots_may_read_everything(server: DemoServer) -> None:
    assert b"Disallow" not in get(server, "/robots.txt").data


@pytest.mark.parametrize(
    "path", ["/v1/boards/nobody/jobs", "/v0/postings/nobody", "/posting-api/job-board/nobody", "/careers/nobody", "/x"]
)
def test_what_does_not_exist_is_404(server: DemoServer, path: str) -> None:
    assert get(server, path).status == 404


def test_the_links_of_postings_lead_to_a_page_and_closed_ones_say_so(server: DemoServer) -> None:
    job = get(server, "/v1/boards/northgale/jobs?content=true").json()["jobs"][0]
    path = job["absolute_url"].removeprefix(server.site.url)
    assert job["title"].strip().encode() in get(server, path).data
    assert get(server, "/openings/northgale-power/1").status == 410


def test_time_can_be_moved_ahead_so_that_boards_change() -> None:
    server = open_server("127.0.0.1", 0, seed=3)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    before = get(server, "/posting-api/job-board/emberfold").data
    assert urllib3.request("POST", f"{server.site.url}/demo/ahead?hours=48").status == 200
    assert get(server, "/posting-api/job-board/emberfold").data != before
    server.shutdown()
    server.server_close()


def test_a_port_in_use_is_one_line(server: DemoServer) -> None:
    with pytest.raises(ConfigError, match="cannot listen on"):
        open_server("127.0.0.1", server.server_port, seed=1)
