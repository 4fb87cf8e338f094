"""The hostile boards: what each does, the source it is read with, and the name its crawl ends under."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.component.crawl import hostile_answers as hostile
from tests.component.crawl.conftest import Respond, body

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sources"
PATHS = {
    "lever": "/v0/postings/hostile",
    "greenhouse": "/v1/boards/hostile/jobs",
    "workable": "/api/v1/widget/accounts/hostile",
    "recruitee": "/api/offers/",
    "teamtailor": "/jobs.json",
    "personio": "/xml",
    "amazon": "/en/search.json",
    "jsonld": "/careers/nurse-101",
}
HTML = hostile.HTML
TEXT = "text/plain"
LIST = (FIXTURES / "lever" / "response.json").read_bytes()
PAGE = (FIXTURES / "jsonld" / "nurse.html").read_text()
FORBIDDEN = body(b"User-agent: *\nDisallow: /\n", kind=TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """`answer` makes what the board's own path is answered with; `also` are further paths of its server."""

    name: str
    source: str = "lever"
    outcome: str
    seen: int | None = 0
    """None: as many as the limits let through."""
    answer: Callable[[], Respond]
    also: Mapping[str, Respond] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return PATHS[self.source]

    @property
    def token(self) -> str:
        return self.path if self.source == "jsonld" else "hostile"


def rows(source: str = "lever") -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((FIXTURES / source / "response.json").read_bytes())
    return found


def one(**changed: object) -> bytes:
    return json.dumps([rows()[0] | changed], ensure_ascii=False).encode()


def above_the_list() -> Respond:
    document = json.loads((FIXTURES / "greenhouse" / "response.json").read_bytes())
    return body(json.dumps(document | {"meta": {"total": 50}}).encode())


def twice_the_same() -> Respond:
    row = rows()[0]
    return body(json.dumps([row] * 500).encode())


def fifty_megabytes() -> Respond:
    posting = {"@type": "JobPosting", "title": "Nurse", "description": "x" * 50_000_000, "identifier": "7"}
    return body(f'<script type="application/ld+json">{json.dumps(posting)}</script>'.encode(), kind=HTML)


def nested() -> Respond:
    return body(one(description="<div>" * 60_000 + "deep" + "<b>" * 60_000, lists=[], additional="<p>x</p>" * 100_000))


def bad_among_good() -> Respond:
    bad = [None, {"id": "2", "text": ""}]
    return body(json.dumps([*bad, *(rows()[0] | {"id": f"good-{number}"} for number in range(30))]).encode())


def laughs() -> Respond:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><workzag-jobs>&l9;</workzag-jobs>'
    return body(text.encode(), kind="application/xml")


def pages_without_end() -> Respond:
    return hostile.endless_pages(json.loads((FIXTURES / "teamtailor" / "page1.json").read_bytes()))


def round_again() -> Respond:
    page = json.loads((FIXTURES / "amazon" / "page1.json").read_bytes())
    return body(json.dumps(page | {"hits": 500}).encode())


def latin(page: str) -> bytes:
    return page.replace("Nurse &amp; Midwife", "Infirmière à Zürich").encode("latin-1", errors="replace")


def windows(content: bytes) -> bytes:
    return content.decode().encode("cp1252", "replace")


def html(content: bytes, kind: str = HTML) -> Callable[[], Respond]:
    return lambda: body(content, kind=kind)


def row(name: str, outcome: str, answer: Callable[[], Respond], **more: object) -> Hostile:
    return Hostile(name=name, outcome=outcome, answer=answer, **more)  # type: ignore[arg-type]


WHOLE = "success"
SET = (
    # the size of an answer
    row("two gigabytes in chunks", "too_large", hostile.endless),
    row("two gigabytes as a page", "too_large", lambda: hostile.endless(HTML), source="jsonld"),
    row("gzip bomb, one to a thousand", "too_large", lambda: hostile.packed(hostile.gzip_bomb())),
    row("brotli bomb", "too_large", lambda: body(hostile.brotli_bomb(), Content_Encoding="br")),
    row("headers without an end", "too_large", lambda: hostile.flood_of_headers),
    row("50 MiB of JSON-LD", WHOLE, fifty_megabytes, source="jsonld", seen=1),
    row("pages without an end", "too_large", pages_without_end, source="teamtailor", seen=None),
    row("a sitemap that is a bomb", "malformed", html(b"<h1>Our jobs</h1>"), source="jsonld",
        also={"/sitemap.xml": body(hostile.gzipped_sitemap_bomb(), kind="application/gzip")}),
    # answers that are not the board
    row("truncated JSON", "malformed", lambda: body(LIST[: len(LIST) // 2])),
    row("cut off in transit", "malformed", lambda: hostile.cut_off(LIST)),
    row("an empty 200", "malformed", lambda: body(b"")),
    row("CAPTCHA with 200", "blocked", html(b"<title>Robot Check</title>Type the captcha"), source="amazon"),
    row("a page instead of JSON", "malformed", html(b"<html><h1>Our jobs</h1></html>")),
    row("list key missing", "malformed", lambda: body(b'{"error": null, "meta": {"total": 3}}'), source="greenhouse"),
    row("an empty list where postings were", "empty", lambda: body(b'{"jobs": []}'), source="workable"),
    row("declared total above the list", "short", above_the_list, source="greenhouse", seen=3),
    row("pages that come round again", "short", round_again, source="amazon", seen=2),
    row("a hundred thousand brackets", "malformed", lambda: body(b"[" * 200_000), source="recruitee"),
    row("XML entities that multiply", "malformed", laughs, source="personio"),
    row("404", "not_found", lambda: body(b"{}", status=404)),
    # answers that are the board, in a bad state
    row("UTF-16 HTML", WHOLE, html(PAGE.encode("utf-16")), source="jsonld", seen=1),
    row("undeclared Latin-1", WHOLE, html(latin(PAGE)), source="jsonld", seen=1),
    row("a charset there is none of", WHOLE, html(PAGE.encode(), kind="text/html; charset=klingon"), source="jsonld",
        seen=1),
    row("UTF-8 that is Windows-1252", WHOLE,
        lambda: body(windows(one(text="Ingénieur – Zürich")), kind="text/json; charset=utf-8"), seen=1),
    row("NUL in the JSON", WHOLE, lambda: body(one(text="A Cook").replace(b"A Cook", b"A\0Cook")), seen=1),
    row("60,000 nested elements", WHOLE, nested, seen=1),
    row("one id five hundred times", WHOLE, twice_the_same, seen=1),
    row("bad rows among good ones", WHOLE, bad_among_good, seen=30),
    # redirects
    row("a redirect loop", "network", lambda: hostile.redirect(PATHS["lever"])),
    row("a redirect to 127.0.0.1", "network", lambda: hostile.redirect("http://127.0.0.1:1/")),
    row("a redirect to a file", "network", lambda: hostile.redirect("file:///etc/passwd")),
    # refusals
    row("429 with Retry-After", "blocked", lambda: body(b"slow down", status=429, Retry_After="900")),
    row("503 for ever", "network", lambda: body(b"busy", status=503)),
    row("robots.txt forbids it", "robots", lambda: body(LIST), also={"/robots.txt": FORBIDDEN}),
    row("robots.txt is two gigabytes", "too_large", lambda: body(LIST), also={"/robots.txt": hostile.endless(TEXT)}),
    # time and connections
    row("hang", "timeout", lambda: hostile.silence),
    row("slow drip", "timeout", lambda: hostile.slow_drip),
    row("slow headers", "timeout", lambda: hostile.slow_headers),
    row("robots.txt hangs", "timeout", lambda: body(LIST), also={"/robots.txt": hostile.silence}),
    row("hangs up", "network", lambda: hostile.hung_up),
    row("no HTTP", "network", lambda: hostile.no_http),
)  # fmt: skip
