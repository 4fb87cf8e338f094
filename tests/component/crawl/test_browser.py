"""Pages that a script renders, in a real Chromium that may reach nothing but the page's own host."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from tests import servers
from tests.component.crawl.conftest import HostileBoard, body, fetch

RULES = """
url: https://acme.example/careers
item: "#jobs li"
empty: p.none
fields: {title: a, url: a@href, location: span}
"""
PAGE = """<!doctype html><h1>Careers</h1><ul id="jobs"></ul><script>
const pry = ["http://127.0.0.1:%d/pry", "http://localhost:%d/pry", "http://[::1]:%d/pry"];
Promise.allSettled(pry.map(url => fetch(url, {mode: "no-cors"})))
  .then(() => fetch("/api/jobs.json")).then(answer => answer.json()).then(jobs => {
    for (const job of jobs) document.getElementById("jobs").insertAdjacentHTML("beforeend",
      `<li><a href="/jobs/${job.id}">${job.title}</a> <span>Berlin, Germany</span></li>`);
    if (!jobs.length) document.body.insertAdjacentHTML("beforeend", '<p class="none">Nothing open</p>');
  });
for (const url of pry) { const image = new Image(); image.src = url; }
</script>"""


@pytest.fixture(autouse=True)
def chromium() -> None:
    servers.chromium()


@pytest.fixture
def neighbour() -> Iterator[tuple[int, list[str]]]:
    """Another server of this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body(b"secret")(self)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "acme.yaml"
    path.write_text(RULES)
    return str(path)


def test_a_list_that_a_script_renders_is_read_and_no_other_server_is_reached(
    hostile: HostileBoard, rules: str, neighbour: tuple[int, list[str]]
) -> None:
    port, asked = neighbour
    hostile.paths["/careers"] = body((PAGE % (port, port, port)).encode(), kind="text/html")
    hostile.paths["/api/jobs.json"] = body(b'[{"id": 7, "title": "iOS Engineer"}, {"id": 8, "title": "Cook"}]')
    fetched = fetch(hostile, "browser", rules)
    assert fetched.name == "success", fetched.outcome
    assert [(one["title"], one["url"]) for one in fetched.postings] == [
        ("iOS Engineer", "https://acme.example/jobs/7"),
        ("Cook", "https://acme.example/jobs/8"),
    ]
    assert asked == []
    again = fetch(hostile, "browser", rules, known=fetched.outcome["answer"])
    assert (again.name, again.outcome["is_unchanged"], again.postings) == ("success", True, [])
    hostile.paths["/api/jobs.json"] = body(b"[]")
    assert fetch(hostile, "browser", rules).name == "success"


def test_a_page_that_never_ends_is_killed_with_its_browser(hostile: HostileBoard, rules: str) -> None:
    hostile.paths["/careers"] = body(b"<script>while (true) {}</script>", kind="text/html")
    fetched = fetch(hostile, "browser", rules, time_limit=12, retry_delays=[])
    assert fetched.name in {"timeout", "network"}
    assert fetched.outcome["seconds"] < 40
    assert not [one for one in psutil.process_iter(["cmdline"]) if hostile.url in " ".join(one.info["cmdline"] or ())]


def test_a_missing_page_and_a_private_one_have_their_names(hostile: HostileBoard, rules: str, tmp_path: Path) -> None:
    assert fetch(hostile, "browser", rules).name == "not_found"
    private = tmp_path / "private.yaml"
    private.write_text(RULES.replace("https://acme.example", "http://127.0.0.1"))
    fetched = fetch(hostile, "browser", str(private), base_url=None, retry_delays=[])
    assert fetched.name == "network"
    assert "/careers" not in hostile.asked[2:]


def test_robots_txt_is_asked_before_the_browser(hostile: HostileBoard, rules: str) -> None:
    hostile.paths["/robots.txt"] = body(b"User-agent: *\nDisallow: /careers", kind="text/plain")
    assert fetch(hostile, "browser", rules).name == "robots"
    assert hostile.asked == ["/robots.txt"]
