"""What was given up: one list over tasks and messages, read page by page, queued again or discarded."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select, update

from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.domain.retry import RetryRule
from jobalerts.sql import dead_letter_deeds, dead_letter_ends, dead_letters, endings, leases, queues, tasks, users
from jobalerts.sql.attempts import Ending
from jobalerts.sql.dead_letter_deeds import Audited
from jobalerts.sql.dead_letters import DeadLetter, Wanted
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tables import outbox
from jobalerts.sql.tables import tasks as task_rows
from scheduler.sweepers import sweep_dead_messages

RULE = RetryRule(offsets=())
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
READABLE = '{"v": 1, "board": "lever/acme"}'


def a_dead_task(connection: Connection, board: str = "lever/acme", *, ending: Ending | None = None) -> str:
    """A task that was tried once and given up."""
    asked = tasks.request(connection, kind="crawl", board=board, args={}, now=clock(connection))
    task = leases.claim(connection, lane="oneoff", worker="w1")
    assert task is not None
    assert task.task_id == asked.task_id
    given = ending or Ending(outcome="blocked", message="403", output_tail="last words")
    endings.finish(connection, Holding(task_id=task.task_id, epoch=task.epoch), given, RULE)
    return task.task_id


def a_dead_message(
    connection: Connection, body: str = READABLE, *, reason: str = "no such board", queue: str = "postings.new",
    now: datetime = NOW,
) -> str:  # fmt: skip
    dead_letter_ends.bury(connection, queue, body, reason, now=now)
    return dead_letters.page(connection, Wanted(kind="message"), limit=1).letters[0].id


def listed(engine: Engine, wanted: Wanted = dead_letters.ANY) -> list[DeadLetter]:
    with read(engine) as connection:
        return list(dead_letters.page(connection, wanted).letters)


def sent(engine: Engine) -> list[tuple[str, object]]:
    with read(engine) as connection:
        return [(row.queue, row.body) for row in connection.execute(select(outbox).order_by(outbox.c.id))]


def forget_messages(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(outbox.delete())


def test_task_and_message_stand_in_one_list_with_reason_and_last_output(engine: Engine) -> None:
    with write(engine) as connection:
        message = a_dead_message(connection, now=clock(connection) - timedelta(hours=1))
        task = a_dead_task(connection)

    first, second = listed(engine)

    assert (first.id, first.kind, first.status) == (task, "task", "dead")
    assert (first.reason, first.message, first.attempts, first.output) == ("blocked", "403", 1, "last words")
    assert (second.id, second.kind, second.queue, second.body) == (message, "message", "postings.new", READABLE)
    assert (second.reason, second.message, second.board) == ("refused", "no such board", "lever/acme")


@pytest.mark.parametrize(("outcome", "status"), [("not_found", "failed"), ("timeout", "killed"), ("crashed", "dead")])
def test_every_task_that_was_given_up_is_listed(engine: Engine, outcome: str, status: str) -> None:
    with write(engine) as connection:
        a_dead_task(connection, ending=Ending(outcome=outcome))

    assert [(letter.reason, letter.status) for letter in listed(engine)] == [(outcome, status)]


def test_neither_a_success_nor_what_an_admin_killed_is_a_dead_letter(engine: Engine) -> None:
    with write(engine) as connection:
        a_dead_task(connection, ending=Ending(outcome="success"))
        asked = tasks.request(connection, kind="crawl", board="lever/acme", args={}, now=NOW)
        tasks.kill(connection, asked.task_id, NOW)

    assert listed(engine) == []


@pytest.mark.parametrize(
    ("body", "reason", "cause"),
    [
        ("{", "not JSON", "unreadable"),
        ("[1]", "not a JSON object but list", "unreadable"),
        ('{"v": 2, "board": "x"}', "unknown version 2", "version"),
        (READABLE, "delivered 6 times and never finished", "undelivered"),
        (READABLE, "no such board", "refused"),
        ('{"v": 1, "mail\0_id": "x"}', "nul \0", "refused"),
    ],
)
def test_reason_of_a_message_is_one_word(engine: Engine, body: str, reason: str, cause: str) -> None:
    with write(engine) as connection:
        a_dead_message(connection, body, reason=reason)

    assert [letter.reason for letter in listed(engine, Wanted(reason=cause))] == [cause]
    assert listed(engine, Wanted(reason="something else")) == []


def test_pages_show_everything_once_even_of_the_same_moment(engine: Engine) -> None:
    with write(engine) as connection:
        for number in range(7):
            a_dead_task(connection, f"lever/{number}")
            a_dead_message(connection, now=NOW + timedelta(minutes=number // 3))
        connection.execute(update(task_rows).values(given_up_at=NOW))

    seen, after = [], None
    with read(engine) as connection:
        while True:
            page = dead_letters.page(connection, after=after, limit=2)
            seen += [letter.id for letter in page.letters]
            if (after := page.next_after) is None:
                break
        whole = [letter.id for letter in dead_letters.page(connection, limit=100).letters]

    assert len(set(seen)) == 14
    assert seen == whole


def test_filters_go_by_kind_reason_and_board(engine: Engine) -> None:
    with write(engine) as connection:
        gone = a_dead_task(connection, "lever/gone", ending=Ending(outcome="not_found"))
        blocked = a_dead_task(connection, "lever/acme")
        message = a_dead_message(connection)

    assert [letter.id for letter in listed(engine, Wanted(reason="not_found"))] == [gone]
    assert {letter.id for letter in listed(engine, Wanted(board="lever/acme"))} == {blocked, message}
    assert [letter.id for letter in listed(engine, Wanted(board="lever/acme", reason="blocked"))] == [blocked]
    assert [letter.id for letter in listed(engine, Wanted(kind="message"))] == [message]
    with read(engine) as connection:
        assert dead_letters.count(connection) == 3
        assert dead_letters.count(connection, most=2) == 2
        assert dead_letters.reasons(connection) == ["blocked", "not_found", "refused"]


def test_requeued_task_runs_again_as_a_new_attempt(engine: Engine) -> None:
    with write(engine) as connection:
        task_id = a_dead_task(connection)
    forget_messages(engine)

    with write(engine) as connection:
        assert dead_letter_ends.requeue(connection, [task_id], clock(connection)) == 1
        assert dead_letter_ends.requeue(connection, [task_id], clock(connection)) == 0

    assert listed(engine) == []
    assert sent(engine) == [("tasks.oneoff", {"v": 1, "task_id": task_id})]
    with write(engine) as connection:
        task = leases.claim(connection, lane="oneoff", worker="w2")
    assert task is not None
    assert (task.task_id, task.attempt, task.epoch, task.outcome) == (task_id, 1, 2, None)


def test_requeued_message_is_sent_as_it_was_and_only_if_it_is_one(engine: Engine) -> None:
    with write(engine) as connection:
        ids = [
            a_dead_message(connection, body, queue=queue)
            for body, queue in (
                (READABLE, "postings.new"), ('{"v": 2}', "mail.send"), ("{", "mail.send"), (READABLE, "nowhere")
            )
        ]  # fmt: skip
        assert dead_letter_ends.requeue(connection, ids, NOW) == 2

    assert sent(engine) == [("postings.new", {"v": 1, "board": "lever/acme"}), ("mail.send", {"v": 2})]
    assert {letter.id for letter in listed(engine)} == set(ids[2:])


def test_all_that_match_are_requeued_and_the_rest_stays(engine: Engine) -> None:
    with write(engine) as connection:
        blocked = [a_dead_task(connection, f"lever/{number}") for number in range(5)]
        unreadable = a_dead_message(connection, "{")
        gone = a_dead_task(connection, ending=Ending(outcome="not_found"))

    done = dead_letter_ends.all_matching(engine, dead_letter_ends.requeue, Wanted(reason="blocked"))
    rest = dead_letter_ends.all_matching(engine, dead_letter_ends.requeue, Wanted(kind="message"))

    assert (done.count, done.skipped, done.more) == (5, 0, False)
    assert (rest.count, rest.skipped) == (0, 1)
    assert {letter.id for letter in listed(engine)} == {unreadable, gone}
    with read(engine) as connection:
        assert {tasks.one(connection, task_id).status for task_id in blocked} == {"created"}


def test_more_than_one_batch_is_done_in_one_go(engine: Engine) -> None:
    with write(engine) as connection:
        for _ in range(dead_letter_ends.BATCH + 1):
            dead_letter_ends.bury(connection, "postings.new", READABLE, "no such board", now=NOW)

    done = dead_letter_ends.all_matching(engine, dead_letter_ends.discard, Wanted())

    assert (done.count, done.more) == (dead_letter_ends.BATCH + 1, False)


def test_one_request_ends_before_it_takes_too_long_and_says_that_there_is_more(engine: Engine) -> None:
    with write(engine) as connection:
        for number in range(5):
            a_dead_task(connection, f"lever/{number}")

    first = dead_letter_ends.all_matching(engine, dead_letter_ends.discard, Wanted(), most=4)
    second = dead_letter_ends.all_matching(engine, dead_letter_ends.discard, Wanted(), most=4)

    assert [(done.count, done.more) for done in (first, second)] == [(4, True), (1, False)]
    assert listed(engine) == []


def test_discarded_letter_is_off_the_list_and_its_task_keeps_its_status(engine: Engine) -> None:
    with write(engine) as connection:
        task_id, message = a_dead_task(connection), a_dead_message(connection)
        assert dead_letter_ends.discard(connection, [task_id, message, "message-999"], NOW) == 2
        assert tasks.one(connection, task_id).status == "dead"
        assert tasks.requeue(connection, task_id, NOW).status == "created"

    assert listed(engine) == []


def test_two_schedulers_that_find_the_same_message_keep_it_once(engine: Engine) -> None:
    broker = EmbeddedBroker(engine)
    with write(engine) as connection:
        lost = json.dumps({"queue": "mail.send", "body": READABLE, "reason": "no such mail"})
        queues.put(connection, [(queues.DEAD, lost), (queues.DEAD, lost)])

    broker.take_dead(lambda *_letter: sweep_dead_messages(engine, EmbeddedBroker(engine)))
    assert len(listed(engine)) == 2
    with read(engine) as connection:
        assert queues.dead_letters(connection, 10) == []

    with write(engine) as connection:
        queues.put(connection, [(queues.DEAD, lost)])
    with read(engine) as connection:
        [letter] = queues.dead_letters(connection, 10)
    for kept in (True, False):
        with write(engine) as connection:
            given = (connection, letter.queue, letter.body, letter.reason)
            assert dead_letter_ends.bury(*given, now=NOW, origin=letter.origin) == kept
    sweep_dead_messages(engine, broker)
    assert len(listed(engine)) == 3


def test_what_admins_do_leaves_one_row_each_with_who_when_and_how_many(engine: Engine) -> None:
    with write(engine) as connection:
        ada = users.add(connection, username="ada", email="ada@example.org", now=NOW)
        for _ in range(3):
            a_dead_message(connection)
        task_id = a_dead_task(connection)
    requeue = Audited(deed="requeued", user_id=ada.id, wanted={"kind": "message"})
    done = dead_letter_ends.all_matching(engine, requeue, Wanted(kind="message"), most=2)
    assert (done.count, done.more) == (2, True)
    nothing = Audited(deed="requeued", user_id=ada.id, wanted={"ids": ["message-999"]})
    discard = Audited(deed="discarded", user_id="somebody who is gone", wanted={"ids": [task_id]})
    with write(engine) as connection:
        assert nothing(connection, ["message-999"], NOW) == 0
        assert discard(connection, [task_id], NOW + timedelta(days=400)) == 1

    with read(engine) as connection:
        found = dead_letter_deeds.latest(connection)
    assert [(one.username, one.deed, one.count, one.wanted) for one in found] == [
        (None, "discarded", 1, {"ids": [task_id]}),
        ("ada", "requeued", 2, {"kind": "message"}),
    ]
    assert found[0].done_at == NOW + timedelta(days=400)


def test_a_deed_in_several_transactions_is_one_row(engine: Engine) -> None:
    with write(engine) as connection:
        for _ in range(dead_letter_ends.BATCH + 1):
            dead_letter_ends.bury(connection, "postings.new", READABLE, "no such board", now=NOW)
    dead_letter_ends.all_matching(engine, Audited(deed="discarded", user_id="x", wanted={}), Wanted())
    with read(engine) as connection:
        assert [one.count for one in dead_letter_deeds.latest(connection)] == [dead_letter_ends.BATCH + 1]
