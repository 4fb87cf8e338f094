"""Schedulers and mailers watch each other, and the operator is told once."""

import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select, update

from jobalerts.mongo.store import PostingStore, open_store
from jobalerts.sql import gauges, notices, rounds, workers
from jobalerts.sql import mails as mail_rows
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.notices import Notice
from jobalerts.sql.rounds import Process, Round
from jobalerts.sql.tables import mails, outbox
from jobalerts.sql.tables import notices as notice_rows
from jobalerts.sql.workers import Capacity
from jobalerts.watch import Rounds, Watch
from scheduler.loops import repeat
from tests.contract.board_crawls import BOARD, a_posting

LIMIT_S = 300.0


class LongRunning(Rounds):
    """A process that has been up for so long that the others should be, too."""

    @property
    def age(self) -> float:
        return 100.0


def beat(engine: Engine, *programs: str, good_ago: float = 1.0) -> None:
    """These programs are alive, with one loop each; and so is a worker."""
    with write(engine) as connection:
        workers.beat(connection, name="host:9", host="host", capacity=Capacity(slots=2))
        for program in programs:
            process = Process(name=f"host:{program}", program=program, age=500)
            rounds.save(connection, process, [Round(work="loop", good_ago=good_ago, error="")])


def open_notices(engine: Engine) -> list[Notice]:
    with read(engine) as connection:
        return notices.open_notices(connection)


def look_twice(watch: Watch) -> None:
    watch.look()
    watch.look()


def test_a_mailer_that_is_gone_is_told_once_and_closed_when_it_is_back(engine: Engine) -> None:
    watch = Watch(engine, LongRunning("scheduler"), time_limit=LIMIT_S)
    beat(engine, "scheduler", "mailer")
    look_twice(watch)
    assert open_notices(engine) == []

    with write(engine) as connection:
        rounds.leave(connection, "host:mailer")
    watch.look()
    assert open_notices(engine) == [], "it may just be starting again"
    watch.look()
    assert [notice.subject for notice in open_notices(engine)] == ["No mailer is running"]
    with write(engine) as connection:
        assert len(notices.take_untold(connection)) == 1
    look_twice(watch)
    with write(engine) as connection:
        assert notices.take_untold(connection) == []

    beat(engine, "mailer")
    watch.look()
    assert open_notices(engine) == []


def test_in_its_first_minute_a_watch_tells_nothing(engine: Engine) -> None:
    look_twice(Watch(engine, Rounds("scheduler"), time_limit=LIMIT_S))
    assert open_notices(engine) == []


def test_a_loop_that_hangs_is_found_by_the_watch_of_another_process(engine: Engine) -> None:
    beat(engine, "scheduler", "mailer")
    beat(engine, "scheduler", good_ago=75)
    look_twice(Watch(engine, LongRunning("mailer"), time_limit=LIMIT_S))
    assert [notice.key for notice in open_notices(engine)] == ["watch: loop scheduler loop"]


def test_what_comes_and_goes_is_mailed_once_in_six_hours(engine: Engine) -> None:
    with write(engine) as connection:
        assert notices.tell_once(connection, "board x", "x is unwell", "It says no.\nLook at it.")
        assert not notices.tell_once(connection, "board x", "x is unwell", "It says no, again.\nLook at it.")
        (told,) = notices.take_untold(connection)
        assert told.text.startswith("It says no, again.")
        assert notices.healthy_again(connection, "board x")
        assert not notices.healthy_again(connection, "board x")
        assert notices.tell_once(connection, "board x", "x is unwell", "Once more.")
        assert notices.take_untold(connection) == []
        assert len(notices.open_notices(connection)) == 1
        notices.healthy_again(connection, "board x")
        connection.execute(update(notice_rows).values(told_at=clock(connection) - timedelta(hours=7)))
        notices.tell_once(connection, "board x", "x is unwell", "The next day.")
        assert [notice.text for notice in notices.take_untold(connection)] == ["The next day."]


def test_mistakes_are_shown_for_a_day(engine: Engine) -> None:
    with write(engine) as connection:
        notices.tell_once(connection, f"{notices.MISTAKE}x", "x", "x")
        notices.tell_once(connection, "lasting", "y", "y")
        connection.execute(update(notice_rows).values(created_at=clock(connection) - timedelta(days=2)))
        notices.forget_old(connection)
        assert [notice.key for notice in notices.open_notices(connection)] == ["lasting"]


def test_gauges_tell_the_ages_of_the_oldest_message_and_mail(engine: Engine) -> None:
    with write(engine) as connection:
        assert gauges.gauges(connection).oldest_message is None
        assert gauges.gauges(connection).oldest_mail is None
        now = clock(connection)
        plan = {"kind": "operator", "recipient": "a@b.example", "user_id": None, "now": now}
        mail_rows.plan(connection, **plan)  # type: ignore[arg-type]
        mail_rows.plan(connection, **plan)  # type: ignore[arg-type]
        hour = timedelta(hours=1)
        connection.execute(update(outbox).values(created_at=now - hour))
        first, second = connection.execute(select(mails.c.id)).scalars()
        for mail_id, due in ((first, now - 2 * hour), (second, now + hour)):
            values = {"status": "waiting", "next_try_at": due}
            connection.execute(update(mails).where(mails.c.id == mail_id).values(values))
        found = gauges.gauges(connection)
    assert 3_600 <= (found.oldest_message or 0) < 3_700
    assert 7_200 <= (found.oldest_mail or 0) < 7_300
    assert found.mails_waiting == 2


def test_postings_that_nobody_matches_are_told_by_a_watch_that_sees_them(engine: Engine, mongo: PostingStore) -> None:
    beat(engine, "scheduler", "mailer")
    blind = Watch(engine, LongRunning("scheduler"), time_limit=LIMIT_S)
    watch = Watch(engine, LongRunning("mailer"), time_limit=LIMIT_S, store=mongo)
    crawl = {"epoch": 1, "first_crawl": False, "is_demo": False}
    mongo.save(BOARD, [a_posting("1")], now=datetime.now(UTC) - timedelta(minutes=9), **crawl)  # type: ignore[arg-type]
    look_twice(watch)
    assert open_notices(engine) == []

    mongo.save(BOARD, [a_posting("2")], now=datetime.now(UTC) - timedelta(minutes=11), **crawl)  # type: ignore[arg-type]
    look_twice(blind)
    assert open_notices(engine) == []
    look_twice(watch)
    assert [notice.subject for notice in open_notices(engine)] == ["New postings are not matched"]

    mongo.stamp_matched([posting.posting.key for posting in mongo.unmatched(BOARD, 10)], datetime.now(UTC))
    look_twice(blind)
    assert len(open_notices(engine)) == 1, "it cannot say that they are"
    watch.look()
    assert open_notices(engine) == []


def test_while_the_store_of_postings_is_away_nothing_is_said_of_them(engine: Engine) -> None:
    beat(engine, "scheduler", "mailer")
    with write(engine) as connection:
        notices.tell_once(connection, "watch: postings", "New postings are not matched", "Look.")
    store = open_store("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50&directConnection=true", "jobalerts")
    look_twice(Watch(engine, LongRunning("mailer"), time_limit=LIMIT_S, store=store))
    store.close()
    assert [notice.subject for notice in open_notices(engine)] == ["New postings are not matched"]


def test_rounds_tell_since_when_a_loop_fails_and_why(sqlite_engine: Engine) -> None:
    stop, tried = threading.Event(), threading.Event()

    def fail() -> None:
        tried.set()
        raise KeyError("no such thing")

    own = Rounds("scheduler")
    own.good("other")
    thread = repeat("sweeper", fail, every=0.01, stop=stop, rounds=own)
    assert tried.wait(30)
    stop.set()
    thread.join(30)
    own.save(sqlite_engine)
    own.save(sqlite_engine)
    with read(sqlite_engine) as connection:
        found = {loop.work: loop.error for loop in rounds.loops(connection)}
    assert found == {"other": "", "sweeper": "KeyError('no such thing')"}
    own.leave(sqlite_engine)
    with read(sqlite_engine) as connection:
        assert rounds.loops(connection) == ()
