"""Stats and the rows behind them, boards, postings, companies, the outbox, the admin."""

import re
from email.message import EmailMessage
from mailbox import Maildir
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore, open_store
from jobalerts.sql import boards, companies, mails, tasks
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import mails as mail_rows
from jobalerts.sql.users import User
from tests.component.api.rows import save_task
from tests.component.web.people import Browser, an_alert, messages, now
from tests.component.web.postings import a_posting, keep
from webapp.app import create_app


@pytest.fixture
def board(sqlite_engine: Engine) -> str:
    """A board that is listed, and not active."""
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Stripe")
        return boards.put(
            connection, source="greenhouse", token="stripe", company="Stripe", every_hours=6, now=now()
        ).id


def test_each_task_number_links_to_just_the_rows_it_counts(stranger: Browser, sqlite_engine: Engine) -> None:
    made = {"success": 3, "failed": 2, "running": 1}
    for status, count in made.items():
        for _ in range(count):
            save_task(sqlite_engine, status=status)
    page = stranger.get("/stats").text
    counted = dict(re.findall(r'<a href="/tasks\?status=(\w+)">(\d+)</a>', page))
    assert {status: int(count) for status, count in counted.items() if count != "0"} == made
    for status, count in made.items():
        rows = stranger.get(f"/tasks?status={status}").text
        assert rows.count('data-name="Task"') == count


def test_each_mail_number_links_to_rows_that_name_nobody(stranger: Browser, sqlite_engine: Engine, ada: User) -> None:
    with write(sqlite_engine) as connection:
        mails.plan(connection, kind="confirm", recipient=ada.email, user_id=ada.id, now=now())
        connection.execute(mail_rows.update().values(status="sent", sent_at=now()))
    assert re.search(r'<a href="/mails\?status=sent">1</a>', stranger.get("/stats").text)
    rows = stranger.get("/mails?status=sent").text
    assert rows.count('data-name="Kind"') == 1
    assert ada.email not in rows


def test_new_postings_number_links_to_those_postings(stranger: Browser, mongo: PostingStore) -> None:
    keep(mongo, a_posting(external_id="1", title="One"), a_posting(external_id="2", title="Two"))
    page = stranger.get("/stats").text
    assert re.search(r'href="/postings\?new=1"><b>2</b>', page)
    assert stranger.get("/postings?new=1").text.count('<article class="posting">') == 2


def test_chart_has_its_table(stranger: Browser, sqlite_engine: Engine) -> None:
    save_task(sqlite_engine, status="success", attempt=1, start_time=now(), end_time=now())
    save_task(sqlite_engine, status="success", attempt=2, start_time=now(), end_time=now())
    save_task(sqlite_engine, status="dead", attempt=4, start_time=now(), end_time=now())
    page = stranger.get("/stats").text
    assert [kind for kind in ("success", "retried", "failed") if f'<rect class="{kind}"' in page] == [
        "success",
        "retried",
        "failed",
    ]
    assert re.search(r'<td class="r">1</td><td class="r">1</td><td class="r">1</td>', page)
    assert "at most 3 tasks an hour" in page


@pytest.mark.parametrize(
    ("moment", "first"), [("23:30", "20 November 2026, 00:00 UTC"), ("12:00", "19 November 2026, 13:00 UTC")]
)
def test_chart_says_when_it_begins(stranger: Browser, sqlite_engine: Engine, moment: str, first: str) -> None:
    with time_machine.travel(f"2026-11-20T{moment}:00Z", tick=False):
        save_task(sqlite_engine, status="success", start_time=now(), end_time=now())
        assert f'<p class="axis quiet"><span>{first}</span>' in stranger.get("/stats").text


def test_messages_workers_and_logs_are_shown_to_admins_alone(
    stranger: Browser, admins: Browser, sqlite_engine: Engine
) -> None:
    task_id = save_task(sqlite_engine, status="failed", message="429 from 10.0.0.7", worker="host-7/0")
    for path in (f"/tasks/{task_id}", "/tasks"):
        assert "10.0.0.7" not in stranger.get(path).text
        assert "10.0.0.7" in admins.get(path).text
    assert "host-7/0" in admins.get(f"/tasks/{task_id}").text


def test_pages_say_so_while_the_postings_cannot_be_read(
    settings: Settings, sqlite_engine: Engine, mongodb_url: str, board: str
) -> None:
    away = open_store("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50&directConnection=true", "jobalerts")
    browser = Browser(create_app(settings, sqlite_engine, away, lambda: None))
    try:
        assert "cannot be read right now" in browser.get("/stats").text
        for path in ("/", "/boards", f"/boards/{board}", "/companies", "/register"):
            assert browser.get(path).status_code == 200, path
        answer = browser.get("/postings")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert "A part of jobalerts is away" in answer.text
    finally:
        away.close()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=engineer", {"Software Engineer", "Data Engineer"}),
        ("q=data+engineer", {"Data Engineer"}),
        ("q=berlin", {"Software Engineer", "Data Engineer", "Designer"}),
        ("job_type=designer", {"Designer"}),
        ("company=Ramp", set()),
        ("q=%24where", set()),
        ("q=%22", {"Software Engineer", "Data Engineer", "Designer"}),
        ("before=nonsense", {"Software Engineer", "Data Engineer", "Designer"}),
    ],
)
def test_postings_are_found_by_words_type_and_company(
    stranger: Browser, mongo: PostingStore, query: str, titles: set[str]
) -> None:
    keep(
        mongo,
        a_posting(external_id="1", title="Software Engineer"),
        a_posting(external_id="2", title="Data Engineer", job_types=("data_engineer",)),
        a_posting(external_id="3", title="Designer", job_types=("designer",), language="ja"),
    )
    page = stranger.get(f"/postings?{query}").text
    assert set(re.findall(r'<h2><a href="/postings/[^"]+">([^<]+)</a>', page)) == titles


def test_postings_are_paged_without_a_gap(stranger: Browser, mongo: PostingStore) -> None:
    keep(mongo, *(a_posting(external_id=f"{n:03}", title=f"Posting {n:03}") for n in range(60)))
    seen: list[str] = []
    link = "/postings"
    while link:
        page = stranger.get(link).text
        assert (">Newest<" in page) == bool(seen), "it leads nowhere from the first page"
        seen += re.findall(r">(Posting \d+)</a>", page)
        link = page.split('">Older</a>')[0].rpartition('href="')[2].replace("&amp;", "&") if ">Older<" in page else ""
    assert sorted(seen) == [f"Posting {n:03}" for n in range(60)]


def test_what_a_board_says_cannot_run_in_the_page(stranger: Browser, mongo: PostingStore) -> None:
    hostile = a_posting(
        title="<script>alert(1)</script>",
        url="javascript:alert(1)",
        description_html='<p onclick="x()">Hi<script>alert(2)</script><img src=//evil.example/p.gif></p>',
    )
    keep(mongo, hostile)
    page = stranger.get(f"/postings/{hostile.key}").text
    assert "&lt;script&gt;alert(1)" in page
    assert not re.search(r"<script>|onclick|javascript:|evil\.example", page)


def test_company_page_says_what_can_be_followed(stranger: Browser, board: str) -> None:
    page = stranger.get("/companies").text
    assert f'href="/boards/{board}"' in page
    assert 'href="/register?company=Stripe"' in page
    assert 'value="Stripe"' in stranger.get("/register?company=Stripe").text


@pytest.fixture
def kept_mail(settings: Settings) -> str:
    """A mail in the embedded outbox, with a script in it."""
    message = EmailMessage()
    message["Subject"], message["To"] = "3 new <postings>", "Ada <ada@example.org>"
    message.set_content("As text, with http://127.0.0.1:8080/confirm/abc")
    message.add_alternative("<p>As HTML</p><script>alert(1)</script>", subtype="html")
    settings.home.mkdir(parents=True, exist_ok=True)
    Maildir(str(settings.home / "outbox")).add(message)
    (path,) = (settings.home / "outbox" / "new").iterdir()
    return path.name


def test_kept_mail_is_shown_as_html_without_its_script_and_as_text(
    settings: Settings, kept_mail: str, stranger: Browser
) -> None:
    assert "3 new &lt;postings&gt;" in stranger.get("/outbox").text
    page = stranger.get(f"/outbox/{kept_mail}")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert 'href="http://127.0.0.1:8080/confirm/abc"' in page.text
    policy = stranger.get(f"/outbox/{kept_mail}/html").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_admin_activates_crawls_and_disables_a_board(admins: Browser, board: str, sqlite_engine: Engine) -> None:
    def state() -> Any:
        with read(sqlite_engine) as connection:
            found = boards.one(connection, board)
        return found.active, found.disabled_at is not None

    for action, expected in (("enable", (True, False)), ("disable", (False, True)), ("crawl", (False, True))):
        assert admins.send(f"/admin/boards/{action}", {"board": board}, page="/admin").status_code == 303
        assert state() == expected
    assert len(messages(sqlite_engine, "tasks.oneoff")) == 1


@pytest.mark.parametrize(("fields", "back"), [({"card": "1"}, "/boards/greenhouse/stripe"), ({}, "/admin")])
def test_admin_comes_back_to_where_the_button_was_and_sees_what_was_done(
    admins: Browser, board: str, fields: dict[str, str], back: str
) -> None:
    answer = admins.send("/admin/boards/crawl", {"board": board, **fields}, page=back)
    assert answer.location == back, "without a fragment, which would scroll past the words at the top"
    assert f"{board} is crawled now." in admins.get(answer.location).text


def test_admin_kills_a_task_and_runs_it_again(admins: Browser, sqlite_engine: Engine) -> None:
    task_id = save_task(sqlite_engine)
    for action, status in (("kill", "killed"), ("requeue", "created")):
        admins.send(f"/admin/tasks/{task_id}/{action}", page=f"/tasks/{task_id}")
        with read(sqlite_engine) as connection:
            assert tasks.one(connection, task_id).status == status
    answer = admins.send(f"/admin/tasks/{task_id}/requeue", page=f"/tasks/{task_id}")
    assert "Nothing was done" in admins.get(answer.location).text


def test_admin_sees_unknown_companies(admins: Browser, sqlite_engine: Engine) -> None:
    with write(sqlite_engine) as connection:
        companies.remember_unknown(connection, ["Globex"], now=now())
    assert "Globex" in admins.get("/admin").text


@pytest.mark.parametrize(("hours", "said"), [(1, "every hour"), (4, "every 4 hours"), (24, "every 24 hours")])
def test_pages_say_how_often_boards_are_really_read(
    hours: int, said: str, settings: Settings, sqlite_engine: Engine, mongo: PostingStore, ada: User
) -> None:
    an_alert(sqlite_engine, ada)
    of_this_site = settings.model_copy(update={"crawl_every_hours": hours})
    browser = Browser(create_app(of_this_site, sqlite_engine, mongo, lambda: None))
    pages = [browser.get("/").text, browser.get("/register").text]
    browser.sign_in(ada.email)
    pages.append(browser.get("/matches").text)
    assert [re.findall(r"every (?:\w+ )?hours?\b", page) for page in pages] == [[said]] * 3
