"""A careers page without postings: found by robots.txt and sitemaps, over the network."""

import gzip

from tests.component.crawl.conftest import HostileBoard, body, fetch

POSTING = (
    b'<script type="application/ld+json">{"@type":"JobPosting","title":"Cook","identifier":"7","description":"Cook."}'
    b"</script>"
)
SITEMAP = b"<urlset><url><loc>https://acme.example/jobs/cook-7</loc></url></urlset>"


def test_postings_are_found_by_the_sitemap_that_robots_txt_names(hostile: HostileBoard) -> None:
    hostile.paths["/careers"] = body(b"<h1>Work with us</h1>", kind="text/html")
    hostile.paths["/robots.txt"] = body(b"Sitemap: https://acme.example/jobs.xml.gz\n", kind="text/plain")
    hostile.paths["/jobs.xml.gz"] = body(gzip.compress(SITEMAP), kind="application/gzip")
    hostile.paths["/jobs/cook-7"] = body(POSTING, kind="text/html")
    fetched = fetch(hostile, "jsonld", "https://acme.example/careers")
    assert (fetched.name, [posting["title"] for posting in fetched.postings]) == ("success", ["Cook"])

    hostile.asked.clear()
    hostile.paths["/careers"] = body(b"<h1>Work with us!</h1>", kind="text/html")
    again = fetch(hostile, "jsonld", "https://acme.example/careers", known=fetched.outcome["answer"])
    assert (again.name, again.outcome["is_unchanged"], again.postings) == ("success", True, [])
    assert "/jobs/cook-7" not in hostile.asked

    more = SITEMAP.replace(b"</urlset>", b"<url><loc>https://acme.example/jobs/baker-8</loc></url></urlset>")
    hostile.paths["/jobs.xml.gz"] = body(gzip.compress(more), kind="application/gzip")
    hostile.paths["/jobs/baker-8"] = body(POSTING.replace(b"Cook", b"Baker").replace(b"7", b"8"), kind="text/html")
    changed = fetch(hostile, "jsonld", "https://acme.example/careers", known=fetched.outcome["answer"])
    assert [posting["title"] for posting in changed.postings] == ["Cook", "Baker"]


def test_without_robots_txt_the_usual_sitemap_is_tried_and_without_that_nothing_is_a_board(
    hostile: HostileBoard,
) -> None:
    hostile.paths["/careers"] = body(b"<h1>Work with us</h1>", kind="text/html")
    fetched = fetch(hostile, "jsonld", "https://acme.example/careers")
    assert (fetched.name, fetched.postings) == ("malformed", [])
    assert "/sitemap.xml" in hostile.asked
    hostile.paths["/sitemap.xml"] = body(SITEMAP, kind="application/xml")
    hostile.paths["/jobs/cook-7"] = body(POSTING, kind="text/html")
    assert fetch(hostile, "jsonld", "https://acme.example/careers").name == "success"
