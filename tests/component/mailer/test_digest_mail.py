"""The digest as a mail program reads it."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine

from jobalerts.domain.posting import Experience, Location, Salary
from jobalerts.links import read_unsubscribe_token
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.alerts import Wanted
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import KEY, SITE, World, a_posting

STRIPE = Wanted(job_types=("software_engineer",), years="3-5", companies=("Stripe", "Acme"), countries=("DE",))


@pytest.fixture
def world(sqlite_engine: Engine, mongo: PostingStore, smtp_port: int) -> World:
    """One database is enough: what a mail says does not depend on it."""
    return World(engine=sqlite_engine, store=mongo, port=smtp_port)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_everything_about_a_posting_stands_in_both_parts(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org", STRIPE)
    description = "About the role\n" + "You will build the systems that move money for millions. " * 10
    world.publish(
        a_posting(
            salary=Salary(min=78000, max=104000, currency="EUR", period="year", source="field"),
            experience=Experience(min_years=3, max_years=5, evidence="3 to 5 years of größere Systeme", source="text"),
            locations=(Location(text="München", city="München", country="DE"), Location(text="Paris", country="FR")),
            description_text=description,
        )
    )
    world.run()
    (mail,) = mailbox.to("ada@example.org")
    for part in (text_of(mail), html_of(mail)):
        flat = " ".join(part.split())
        for expected in (
            "1 new posting for you", "Software Engineer, Payments Core", "Stripe · München, Germany and Paris",
            "€78,000–104,000 a year", "asks for 3 to 5 years", "“3 to 5 years of größere Systeme”",
            "you follow Stripe; job type Software; in Germany", "https://boards.example/stripe/1",
            "You get this at once when something fits.", f"{SITE}/u/", f"{SITE}/alerts", f"{SITE}/matches",
        ):  # fmt: skip
            assert expected in flat
        excerpt = flat.split("You will build", 1)[1].split(" …")[0]
        assert 250 < len("You will build" + excerpt) <= 300
        assert "About the role" not in flat


def test_parts_and_headers_are_as_mail_programs_want_them(world: World, mailbox: Mailbox) -> None:
    user_id = world.person("ada@example.org", STRIPE)
    world.publish(a_posting(title="Entwickler für Größeres"))
    world.run()
    ((_, raw),) = mailbox.taken
    mail = message_from_bytes(raw, policy=policy.default)
    (row,) = world.mails()
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]  # type: ignore[attr-defined]
    assert mail["Subject"] == "New posting: Entwickler für Größeres at Stripe"
    assert mail["Message-ID"] == row.message_id == f"<digest-{row.id}@jobs.example.org>"
    assert mail["X-Entity-Ref-ID"] == row.id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Precedence" not in mail
    assert mail["Date"].datetime == world.clock.now
    assert not mail.defects
    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) < 998
    # A header that was encoded word by word reads well in Python and nowhere else: look at the bytes.
    (unsubscribe,) = [line for line in raw.split(b"\r\n") if line.startswith(b"List-Unsubscribe:")]
    url = unsubscribe.decode().removeprefix("List-Unsubscribe: <").removesuffix(">")
    assert url.startswith(f"{SITE}/u/")
    assert read_unsubscribe_token(KEY, url.removeprefix(f"{SITE}/u/")) == (world.alert_ids(user_id)[0],)
    text = text_of(mail)  # type: ignore[arg-type]
    assert url in text
    assert "-- " in text.splitlines(), "a footer as mail programs know it, with its space (RFC 3676)"


def test_a_hostile_title_is_harmless(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org")
    title = "Engineer\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>\x00\u202egnp.exe"
    world.publish(a_posting(title=title, company='"><img src=x onerror=alert(1)>', url="javascript:alert(1)"))
    world.run()
    (mail,) = mailbox.to("ada@example.org")
    assert mail["Bcc"] is None
    assert "Engineer Bcc: everybody@example.org <script>" in mail["Subject"]
    html = html_of(mail)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert "&lt;script&gt;" in html
    for part in (text_of(mail), html):
        assert not {"\x00", "\u202e"} & set(part)


def test_years_not_stated_come_last_and_are_marked(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org")
    world.publish(
        a_posting("1", title="Unknown", experience=None),
        a_posting("2", title="Guessed", experience=None, seniority="senior"),
        a_posting("3", title="Stated"),
    )
    world.run()
    text = text_of(mailbox.mails[0])
    assert text.index("1. Stated") < text.index("2. Guessed") < text.index("3. Unknown")
    assert "years not stated" in text.split("3. Unknown")[1]
    assert "asks for about 5 years (senior)" in text


def test_of_many_postings_25_stand_in_the_mail_and_the_rest_behind_its_link(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org")
    world.publish(*(a_posting(f"{number}", description_text="Wörter " * 200) for number in range(40)))
    world.run()
    ((_, raw),) = mailbox.taken
    text = text_of(mailbox.mails[0])
    assert mailbox.mails[0]["Subject"].startswith("40 new postings: ")
    assert "\n25. " in text
    assert "\n26. " not in text
    assert f"15 more postings fit you. All of them:\n{SITE}/matches" in text
    assert "See the other 15 that fit" in html_of(mailbox.mails[0])
    assert len(raw) < 102_000


def test_a_mail_in_a_wide_script_stays_below_what_gmail_clips(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org")
    wide = "𠮷" * 400
    world.publish(
        *(a_posting(f"{number}", title=wide, company=wide[:200], description_text=wide) for number in range(30))
    )
    world.run()
    ((_, raw),) = mailbox.taken
    assert len(raw) <= 100_000
    shown = html_of(mailbox.mails[0]).count("Open at")
    assert 1 < shown < 25
    assert f"See the other {30 - shown} that fit" in html_of(mailbox.mails[0])


def test_the_boards_that_could_not_be_read_are_named(world: World, mailbox: Mailbox) -> None:
    world.company("Stripe", "greenhouse/stripe")
    world.company("Acme", "lever/acme")
    world.company("Nobody follows this", "lever/other")
    world.person("ada@example.org", STRIPE)
    world.crawled("greenhouse/stripe")
    world.crawled("lever/acme", at=world.clock.now - timedelta(days=3))
    world.crawled("lever/acme", "blocked")
    world.publish(a_posting())
    world.run()
    sentence = "All 2 boards you follow were checked but one: Acme could not be read since Tuesday."
    for part in (text_of(mailbox.mails[0]), html_of(mailbox.mails[0])):
        assert sentence in " ".join(part.split())


def test_each_of_two_alerts_has_its_own_way_out_and_one_click_stops_both(world: World, mailbox: Mailbox) -> None:
    user_id = world.person("ada@example.org", STRIPE, Wanted(job_types=("any",), years="3-5"))
    world.publish(a_posting("1"), a_posting("2", board="ramp", company="Ramp", job_types=("sales",)))
    world.run()
    text = text_of(mailbox.mails[0])
    tokens = [word.removeprefix(f"{SITE}/u/") for word in text.split() if word.startswith(f"{SITE}/u/")]
    first, second = world.alert_ids(user_id)
    assert [read_unsubscribe_token(KEY, token) for token in tokens] == [(second,), (first,)], "the busier one first"
    one_click = str(mailbox.mails[0]["List-Unsubscribe"]).removeprefix(f"<{SITE}/u/").removesuffix(">")
    assert read_unsubscribe_token(KEY, one_click) == (second, first)
    assert all(f"{SITE}/u/{token}" in html_of(mailbox.mails[0]) for token in tokens)


def test_a_person_beyond_ascii_is_greeted_right(world: World, mailbox: Mailbox) -> None:
    world.person("jürgen@example.org")
    world.publish(a_posting())
    world.run()
    assert [mail.status for mail in world.mails()] == ["sent"], "this server speaks SMTPUTF8"
    assert [address for address, _ in mailbox.taken] == ["jürgen@example.org"]
