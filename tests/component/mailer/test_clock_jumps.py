"""The clock goes back by an hour: no mail and no match waits an hour longer for it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from jobalerts.domain.mail_states import Next
from jobalerts.domain.retry import RetryRule
from jobalerts.sql import mails, matches, users
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.mails import LEASE, Mail
from jobalerts.sql.matches import NewMatch, Reason
from jobalerts.sql.tables import mails as mail_rows
from jobalerts.sql.tables import matches as match_rows
from scheduler.clock_watch import ClockWatch
from scheduler.sweepers import sweep_tasks

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def planned(engine: Engine) -> None:
    with write(engine) as connection:
        mails.plan(connection, kind="operator", recipient="a@example.org", user_id=None, now=clock(connection))


def claimed(engine: Engine) -> Mail | None:
    with write(engine) as connection:
        return mails.claim(connection, host="example.org", now=clock(connection))


def written_ahead(engine: Engine, *names: str) -> None:
    """These moments of the mail were written while the clock was an hour ahead."""
    with write(engine) as connection:
        row: Any = connection.execute(select(mail_rows)).one()
        connection.execute(update(mail_rows).values({name: row._mapping[name] + HOUR for name in names}))


def swept(engine: Engine) -> None:
    """By a scheduler that saw the clock go back."""
    clocks = ClockWatch()
    with read(engine) as connection:
        clocks.look(clock(connection) + HOUR)
    sweep_tasks(engine, RetryRule(), clocks)


def test_a_mail_of_a_dead_mailer_is_free_after_the_usual_lease(engine: Engine) -> None:
    planned(engine)
    assert claimed(engine)
    written_ahead(engine, "lease_until", "created_at")
    swept(engine)
    with read(engine) as connection:
        assert connection.execute(select(mail_rows.c.lease_until)).scalar_one() <= clock(connection) + LEASE
    with write(engine) as connection:  # 30 s later
        connection.execute(update(mail_rows).values(lease_until=clock(connection) - timedelta(seconds=1)))
    again = claimed(engine)
    assert again is not None
    assert again.epoch == 2


def test_a_living_mailer_keeps_its_mail(engine: Engine) -> None:
    planned(engine)
    mail = claimed(engine)
    assert mail is not None
    written_ahead(engine, "lease_until")
    swept(engine)
    with write(engine) as connection:
        assert mails.renew(connection, [mail]) == {mail.id}


@pytest.mark.parametrize("status", ["waiting", "unknown"])
@pytest.mark.parametrize(
    ("wait", "ahead"),
    [(5 * MINUTE, ("created_at", "next_try_at")), (60 * MINUTE, ("next_try_at",))],
    ids=["made ahead", "put off ahead"],
)
def test_a_mail_that_waits_for_its_next_try_is_due(
    engine: Engine, status: Any, wait: timedelta, ahead: tuple[str, ...]
) -> None:
    planned(engine)
    mail = claimed(engine)
    assert mail is not None
    with write(engine) as connection:
        then = Next(status=status, reason="451", next_try_at=clock(connection) + wait)
        mails.finish(connection, mail, then, now=clock(connection))
    written_ahead(engine, *ahead)
    swept(engine)
    assert claimed(engine) is not None


def test_a_wait_of_the_right_clock_stays(engine: Engine) -> None:
    planned(engine)
    mail = claimed(engine)
    assert mail is not None
    with write(engine) as connection:
        then = Next(status="waiting", reason="451", next_try_at=clock(connection) + HOUR)
        mails.finish(connection, mail, then, now=clock(connection))
    swept(engine)
    assert claimed(engine) is None


def test_matches_made_ahead_are_as_old_as_any(engine: Engine) -> None:
    with write(engine) as connection:
        user = users.add(connection, username="ada", email="ada@example.org", now=clock(connection))
        reason = Reason(alert_id="a", text="fits", evidence="")
        new = NewMatch(
            user_id=user.id, cluster_id="c", posting_key="lever/acme/1", board="lever/acme", reasons=(reason,), rank=0.0
        )
        matches.add(connection, [new], now=clock(connection) + HOUR)
    swept(engine)
    with read(engine) as connection:
        assert connection.execute(select(match_rows.c.created_at)).scalar_one() <= clock(connection)
