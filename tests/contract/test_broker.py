"""What every broker promises, on the embedded one (SQLite, PostgreSQL) and on RabbitMQ."""

import json
import queue
import signal
import subprocess
import threading
import time

import pytest

from jobalerts.broker import ALERT_CHANGED, MAIL_SEND, POSTINGS_NEW, TASK_QUEUES, Message
from jobalerts.errors import PermanentError, TemporaryError
from tests.contract.conftest import Seam
from tests.contract.consuming import consuming, eventually

DELIVERIES = 6  # the first and five more


def mail(mail_id: str) -> Message:
    return Message(queue=MAIL_SEND, body={"v": 1, "mail_id": mail_id})


def dead_letters(seam: Seam) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    seam.broker.take_dead(lambda queue, body, reason, _origin: found.append((queue, body, reason)))
    return found


def returned_letters(seam: Seam) -> list[tuple[str, str, str]]:
    """RabbitMQ gives back what was not kept a moment after its channel has closed."""
    end = time.monotonic() + 20
    while not (found := dead_letters(seam)) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def test_what_is_published_is_received_once(seam: Seam) -> None:
    seam.broker.publish([mail("1"), mail("2"), Message(queue=POSTINGS_NEW, body={"v": 1, "board": "lever/ü"})])
    with consuming(seam.broker, [MAIL_SEND, POSTINGS_NEW]) as consumer:
        received = [consumer.next(), consumer.next(), consumer.next()]
        assert not consumer.rest()
    assert sorted(str(dict(message.body)) for message in received) == sorted(
        ["{'v': 1, 'mail_id': '1'}", "{'v': 1, 'mail_id': '2'}", "{'v': 1, 'board': 'lever/ü'}"]
    )
    assert seam.broker.depth(MAIL_SEND) == 0


def test_a_message_published_while_a_consumer_waits_is_received(seam: Seam) -> None:
    with consuming(seam.broker, [MAIL_SEND]) as consumer:
        seam.broker.publish([mail("1")])
        assert consumer.next() == mail("1")


def test_publishing_thousands_loses_and_doubles_none(seam: Seam) -> None:
    seam.broker.publish([mail(str(number)) for number in range(2_500)])
    assert seam.broker.depth(MAIL_SEND) == 2_500


def test_publishing_nothing_is_fine(seam: Seam) -> None:
    seam.broker.publish([])
    assert seam.broker.depth(MAIL_SEND) == 0


def test_a_queue_that_is_not_ours_is_refused(seam: Seam) -> None:
    with pytest.raises(PermanentError, match=r"no such queue: tasks\.nonsense"):
        seam.broker.publish([Message(queue="tasks.nonsense", body={"v": 1})])


def test_a_message_whose_consumer_was_killed_is_delivered_again(seam: Seam) -> None:
    seam.broker.publish([mail("1")])
    killed = subprocess.run(seam.dying_consumer, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with consuming(seam.broker, [MAIL_SEND]) as consumer:
        assert consumer.next() == mail("1")


def test_a_message_that_ends_every_consumer_is_given_up_and_the_next_one_is_handled(seam: Seam) -> None:
    def crash(_message: Message) -> None:
        raise ZeroDivisionError

    seam.broker.publish([mail("bad")])
    for _ in range(DELIVERIES):
        with pytest.raises(ZeroDivisionError):
            seam.broker.consume([MAIL_SEND], crash, stop=threading.Event())
    with consuming(seam.broker, [MAIL_SEND]) as consumer:
        seam.broker.publish([mail("good")])
        assert consumer.next() == mail("good")
        [(origin, body, reason)] = eventually(lambda: dead_letters(seam))
        assert not consumer.rest()
    assert (origin, json.loads(body)["mail_id"]) == (MAIL_SEND, "bad")
    assert "never finished" in reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object but list"),
        ('{"mail_id": "1"}', "unknown version None"),
        ('{"v": 99}', "unknown version 99"),
    ],
)
def test_a_message_nobody_can_read_is_dead_lettered_alone(seam: Seam, text: str, reason: str) -> None:
    seam.put(MAIL_SEND, text)
    seam.broker.publish([mail("good")])
    with consuming(seam.broker, [MAIL_SEND]) as consumer:
        assert consumer.next() == mail("good")
        assert not consumer.rest()
    [letter] = dead_letters(seam)
    assert letter[:2] == (MAIL_SEND, text)
    assert reason in letter[2]
    assert not dead_letters(seam), "a dead letter that was kept is dropped"


def test_a_hopeless_message_is_dead_lettered_with_the_reason(seam: Seam) -> None:
    def refuse(message: Message) -> None:
        if message.body["mail_id"] == "bad":
            raise PermanentError("no mail bad")

    seam.broker.publish([mail("bad"), mail("good")])
    with consuming(seam.broker, [MAIL_SEND], refuse) as consumer:
        assert consumer.next() == mail("good")
        assert not consumer.rest()
    [(origin, body, reason)] = dead_letters(seam)
    assert (origin, json.loads(body), reason) == (MAIL_SEND, dict(mail("bad").body), "no mail bad")


def test_a_dead_letter_that_could_not_be_kept_is_not_lost(seam: Seam) -> None:
    def fail(_queue: str, _body: str, _reason: str, _origin: str | None) -> None:
        raise TemporaryError("the database is away")

    seam.put(MAIL_SEND, "{")
    with consuming(seam.broker, [MAIL_SEND]) as consumer:
        seam.broker.publish([mail("good")])
        consumer.next()
    with pytest.raises(TemporaryError):
        seam.broker.take_dead(fail)
    assert len(returned_letters(seam)) == 1


def test_a_passing_fault_holds_the_message_until_it_works(seam: Seam) -> None:
    tries: list[Message] = []

    def fail_twice(message: Message) -> None:
        tries.append(message)
        if len(tries) < 3:
            raise TemporaryError("MongoDB is away")

    seam.broker.publish([mail("1")])
    with consuming(seam.broker, [MAIL_SEND], fail_twice) as consumer:
        assert consumer.next() == mail("1")
    assert tries == [mail("1")] * 3
    assert not dead_letters(seam)


def test_stopping_in_a_passing_fault_puts_the_message_back_however_often(seam: Seam) -> None:
    seam.broker.publish([mail("1")])
    for _ in range(DELIVERIES + 1):
        stop = threading.Event()

        def fail(_message: Message, stop: threading.Event = stop) -> None:
            stop.set()
            raise TemporaryError("MongoDB is away")

        seam.broker.consume([MAIL_SEND], fail, stop=stop)
        assert seam.broker.depth(MAIL_SEND) == 1
    assert not dead_letters(seam)


def test_stopping_waits_for_the_handler_and_acknowledges(seam: Seam) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(_message: Message) -> None:
        begun.set()
        assert go_on.wait(30)

    seam.broker.publish([mail("1"), mail("2")])
    with consuming(seam.broker, [MAIL_SEND], wait) as consumer:
        assert begun.wait(30)
        consumer.stop.set()
        go_on.set()
        assert consumer.rest() == [mail("1")]
    assert seam.broker.depth(MAIL_SEND) == 1


def test_an_idle_consumer_stops(seam: Seam) -> None:
    with consuming(seam.broker, [MAIL_SEND, POSTINGS_NEW, ALERT_CHANGED]) as consumer:
        consumer.end()


def test_a_full_queue_does_not_starve_another(seam: Seam) -> None:
    recurring, oneoff = TASK_QUEUES["recurring"], TASK_QUEUES["oneoff"]
    seam.broker.publish([Message(queue=recurring, body={"v": 1, "n": number}) for number in range(100)])
    seam.broker.publish([Message(queue=oneoff, body={"v": 1, "n": number}) for number in range(5)])
    with consuming(seam.broker, [recurring, oneoff]) as consumer:
        first = [consumer.next().queue for _ in range(20)]
    assert first.count(oneoff) == 5


def test_two_consumers_share_a_queue_and_double_nothing(seam: Seam) -> None:
    handled: queue.Queue[Message] = queue.Queue()
    seam.broker.publish([mail(str(number)) for number in range(60)])
    with consuming(seam.broker, [MAIL_SEND], handled.put), consuming(seam.broker, [MAIL_SEND], handled.put):
        numbers = [int(handled.get(timeout=30).body["mail_id"]) for _ in range(60)]
    assert sorted(numbers) == list(range(60))
    assert handled.empty()


@pytest.mark.parametrize("bug", [OSError("disk full"), KeyError("mail_id")])
def test_what_a_handler_raises_unforeseen_ends_the_consumer(seam: Seam, bug: Exception) -> None:
    def fail(_message: Message) -> None:
        raise bug

    seam.broker.publish([mail("1")])
    with pytest.raises(type(bug)):
        seam.broker.consume([MAIL_SEND], fail, stop=threading.Event())
    with consuming(seam.broker, [MAIL_SEND]) as consumer:
        assert consumer.next() == mail("1")


def test_a_broker_that_answers_can_be_pinged(seam: Seam) -> None:
    seam.broker.ping()
