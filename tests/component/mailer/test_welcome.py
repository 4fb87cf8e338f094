"""The welcome mail says what is read for somebody, what is not covered yet, and what is made up."""

from jobalerts.sql import mails
from jobalerts.sql.alerts import Wanted
from jobalerts.sql.engine import write
from tests.component.mailer.mailbox import Mailbox
from tests.component.mailer.world import World

ADA = "ada@example.org"


def test_a_company_of_the_demo_is_said_to_be_made_up(world: World, mailbox: Mailbox) -> None:
    world.company("Stripe", "greenhouse/stripe")
    world.company("Brindlewick", "greenhouse/brindlewick", demo=True)
    companies = ("Stripe", "Brindlewick", "Nobody Knows")
    wanted = Wanted(job_types=("software_engineer",), years="3-5", companies=companies)
    people = [world.person(ADA, wanted), world.person("demo@example.org", wanted, demo=True)]
    for user_id, recipient in zip(people, (ADA, "demo@example.org"), strict=True):
        with write(world.engine) as connection:
            mails.plan(connection, kind="welcome", recipient=recipient, user_id=user_id, now=world.clock.now)
    world.send()
    (mail,) = mailbox.to(ADA)
    for kind in ("plain", "html"):
        text = " ".join(mail.get_body((kind,)).get_content().split())  # type: ignore[union-attr]
        made_up = text.partition("Made up, for the demo of this site")[2].partition("Not covered yet")[0]
        assert "Brindlewick" in made_up
        assert "Stripe" not in made_up
        assert "Nobody Knows" in text.partition("Not covered yet")[2].partition("The name is kept")[0]
    (demo,) = mailbox.to("demo@example.org")
    assert "Made up" not in demo.get_body(("plain",)).get_content()  # type: ignore[union-attr]
