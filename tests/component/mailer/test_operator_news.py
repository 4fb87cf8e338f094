"""What the operator is told."""

from jobalerts.config import Settings
from jobalerts.sql import companies
from jobalerts.sql.engine import write
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


def test_without_an_operator_nobody_is_written_to(world: World, settings: Settings) -> None:
    settings = settings.model_copy(update={"demo": False})
    asked_for(world, "Zebra Works")
    assert not tell(world.engine, settings, now=world.clock.now)
    assert world.mails() == []
