"""The shortest way from a posting to a mail."""

from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World, a_posting


def test_a_posting_that_fits_is_mailed_once(world: World, mailbox: Mailbox) -> None:
    world.person("ada@example.org")
    world.publish(a_posting("1"))
    world.run()
    (mail,) = mailbox.to("ada@example.org")
    assert mail["Subject"] == "New posting: Software Engineer, Payments Core at Stripe"
    world.publish(a_posting("1"))
    world.run()
    assert len(mailbox.taken) == 1
