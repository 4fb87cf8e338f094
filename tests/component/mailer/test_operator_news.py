"""What the operator is told."""

from jobalerts.config import Settings
from jobalerts.sql import boards, companies, notices
from jobalerts.sql.engine import write
from jobalerts.sql.tables import tasks
from mailer.operator_news import tell
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World

OPERATOR = "operator@example.org"


def asked_for(world: World, *names: str) -> None:
    with write(world.engine) as connection:
        companies.remember_unknown(connection, names, now=world.clock.now)


def test_a_name_nobody_knows_is_told_once(world: World, mailbox: Mailbox, settings: Settings) -> None:
    settings = settings.model_copy(update={"operator_email": OPERATOR})
    asked_for(world, "Zebra Works", "<b>Yak</b>")
    assert tell(world.engine, settings, now=world.clock.now)
    assert not tell(world.engine, settings, now=world.clock.now)
    asked_for(world, "Zebra Works", "Another")
    assert tell(world.engine, settings, now=world.clock.now)
    world.send()
    first, second = mailbox.to(OPERATOR)
    assert first["Subject"] == "2 unknown companies that people want to follow"
    assert second["Subject"] == "1 unknown company that people want to follow"
    assert "<b>Yak" not in first.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_notices_are_mailed_once_all_that_are_new_in_one(world: World, mailbox: Mailbox, settings: Settings) -> None:
    settings = settings.model_copy(update={"admin_email": OPERATOR, "demo": False})
    with write(world.engine) as connection:
        notices.tell_once(connection, "a", "A is unwell", "It says no.\nLook at A.")
    assert tell(world.engine, settings, now=world.clock.now)
    assert not tell(world.engine, settings, now=world.clock.now)
    with write(world.engine) as connection:
        for name in ("A", "B", "C"):
            notices.tell_once(connection, name.lower(), f"{name} is unwell", f"It says <b>.\nLook at {name}.")
    assert tell(world.engine, settings, now=world.clock.now)
    world.send()
    first, second = mailbox.to(OPERATOR)
    assert first["Subject"] == "A is unwell"
    assert second["Subject"] == "2 things need you"
    text = second.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "A is unwell" not in text
    for words in ("B is unwell", "Look at B.", "C is unwell", "Look at C."):
        assert words in text


def test_without_an_operator_nobody_is_written_to(world: World, settings: Settings) -> None:
    settings = settings.model_copy(update={"demo": False})
    asked_for(world, "Zebra Works")
    assert not tell(world.engine, settings, now=world.clock.now)
    assert world.mails() == []


def crawl_that_ended(world: World, name: str, *, status: str, outcome: str) -> None:
    """The latest task of a followed board, ended just now."""
    now = world.clock.now
    with write(world.engine) as connection:
        boards.put_company(connection, name)
        board = boards.put(
            connection, source="lever", token=name.lower(), company=name, base_url=None, every_hours=6, now=now
        )
        boards.enable(connection, board.id, now)
        task = boards.crawl_now(connection, board.id, now)
        values = {"status": status, "outcome": outcome, "end_time": now, "message": f"{name} says no"}
        connection.execute(tasks.update().where(tasks.c.task_id == task.task_id).values(values))


def test_boards_that_were_given_up_are_told_once_a_day(world: World, mailbox: Mailbox, settings: Settings) -> None:
    settings = settings.model_copy(update={"operator_email": OPERATOR})
    crawl_that_ended(world, "Well", status="success", outcome="success")
    crawl_that_ended(world, "Ended", status="killed", outcome="killed")
    assert not tell(world.engine, settings, now=world.clock.now)
    crawl_that_ended(world, "Gone", status="failed", outcome="not_found")
    crawl_that_ended(world, "Slow", status="killed", outcome="timeout")
    assert tell(world.engine, settings, now=world.clock.now)
    assert not tell(world.engine, settings, now=world.clock.now)
    world.clock.move(hours=23)
    assert tell(world.engine, settings, now=world.clock.now)
    world.clock.move(hours=24)
    assert not tell(world.engine, settings, now=world.clock.now), "nothing was tried since"
    world.send()
    first, _second = mailbox.to(OPERATOR)
    assert first["Subject"] == "2 boards could not be read"
    text = first.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Gone (lever/gone): not_found: Gone says no" in text
    assert "Ended" not in text
