"""What was given up, as an admin's page: shown, filtered, queued again, discarded."""

import re

from sqlalchemy import Engine

from jobalerts.sql import dead_letter_ends, dead_letters
from jobalerts.sql.dead_letters import Wanted
from jobalerts.sql.engine import read, write
from tests.component.api.rows import save_task
from tests.component.web.people import Browser, messages, now

PAGE = "/admin/dead-letters"


def a_letter(engine: Engine, body: str = '{"v": 1, "mail_id": "m"}') -> str:
    with write(engine) as connection:
        dead_letter_ends.bury(connection, "mail.send", body, "no such mail", now=now())
        return dead_letters.page(connection, Wanted(kind="message"), limit=1).letters[0].id


def a_dead_task(engine: Engine, **given: object) -> str:
    values = {"status": "dead", "outcome": "blocked", "given_up_at": now(), "attempt": 4, "message": "403 of them"}
    return save_task(engine, **(values | given))


def open_letters(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return [letter.id for letter in dead_letters.page(connection).letters]


def test_page_shows_tasks_and_messages_with_their_reasons(admins: Browser, sqlite_engine: Engine) -> None:
    assert "No task or message is given up" in admins.get(PAGE).text
    a_letter(sqlite_engine)
    a_dead_task(sqlite_engine)
    page = admins.get(PAGE).text
    for words in ("no such mail", "Message of mail.send", "403 of them", "after 4 tries", "greenhouse/stripe"):
        assert words in page
    assert "2 given-up" in admins.get("/admin").text
    only_tasks = admins.get(f"{PAGE}?kind=task").text
    assert "403 of them" in only_tasks
    assert "Message of mail.send" not in only_tasks


def test_message_is_sent_again_once(admins: Browser, sqlite_engine: Engine) -> None:
    letter = a_letter(sqlite_engine)
    answer = admins.send(f"{PAGE}/requeue", {"id": letter}, page=PAGE)
    assert "1 is queued again" in admins.get(answer.location).text
    assert messages(sqlite_engine, "mail.send") == [{"v": 1, "mail_id": "m"}]
    answer = admins.send(f"{PAGE}/requeue", {"id": letter}, page="/account")
    assert "1 left as it was" in admins.get(answer.location).text
    assert len(messages(sqlite_engine, "mail.send")) == 1


def test_all_that_match_are_queued_again(admins: Browser, sqlite_engine: Engine) -> None:
    for _ in range(3):
        a_dead_task(sqlite_engine)
    other = a_dead_task(sqlite_engine, outcome="timeout")
    answer = admins.send(f"{PAGE}/requeue", {"reason": "blocked"}, page=f"{PAGE}?reason=blocked")
    assert answer.location.endswith("?reason=blocked")
    page = admins.get(answer.location).text
    assert "3 are queued again" in page
    assert "<option selected>blocked</option>" in page, "what is asked for, though none is left"
    assert open_letters(sqlite_engine) == [other]
    admins.send(f"{PAGE}/discard", page=PAGE)
    page = admins.get(PAGE).text
    assert "all with reason blocked" in page
    assert re.search(r'data-name="Which">all</td>', page)


def test_letter_is_discarded(admins: Browser, sqlite_engine: Engine) -> None:
    letter, kept = a_letter(sqlite_engine), a_dead_task(sqlite_engine)
    admins.send(f"{PAGE}/discard", {"id": letter}, page=PAGE)
    assert open_letters(sqlite_engine) == [kept]
    page = admins.get(PAGE).text
    for words in ("What admins did with them", "1 discarded", "Root", "named"):
        assert words in page
    assert messages(sqlite_engine, "mail.send") == []


def test_nonsense_in_the_form_or_the_address_changes_nothing(admins: Browser, sqlite_engine: Engine) -> None:
    kept = a_dead_task(sqlite_engine)
    for letter in ("message-x", "", "'; --", "message-999999999999999999999"):
        assert admins.send(f"{PAGE}/discard", {"id": letter}, page=PAGE).status_code == 303
    assert admins.get(f"{PAGE}?after=x&kind=y&reason=%00&board=%00").status_code == 200
    assert open_letters(sqlite_engine) == [kept]


def test_older_letters_stand_on_the_next_page(admins: Browser, sqlite_engine: Engine) -> None:
    for _ in range(26):
        a_letter(sqlite_engine)
    page = admins.get(PAGE).text
    older = page.split('">Older')[0].rpartition('href="')[2].replace("&amp;", "&")
    assert page.count("<article") == 25
    assert admins.get(older).text.count("<article") == 1
