"""Consumes queues: this thread serves the connection and its heartbeats, the handler runs in another one."""

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import pika
import structlog
from pika import spec
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError, ConnectionWrongStateError

from jobalerts.broker.handling import Handling, Verdict, pause
from jobalerts.broker.rabbitmq.connection import LOST, translated
from jobalerts.broker.rabbitmq.errands import QUEUE_HEADER, REASON_HEADER
from jobalerts.broker.rabbitmq.topology import Topology
from jobalerts.errors import TemporaryError

TURN_S = 0.5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message that waits for its acknowledgement on the channel it came by."""

    queue: str
    tag: int
    body: bytes
    channel: BlockingChannel
    message_id: str | None


class HandlerFailed(Exception):
    """Carries what a handler raised unforeseen past the errors of the connection, which may look alike."""


class Consumer:
    """One run of `consume`."""

    def __init__(
        self, parameters: pika.URLParameters, topology: Topology, *, queues: Sequence[str], handling: Handling
    ) -> None:
        self._parameters = parameters
        self._topology = topology
        self._handling = handling
        self._turn = list(queues)
        self._waiting: dict[str, deque[Delivery]] = {}
        self._current: tuple[Delivery, Future[Verdict]] | None = None

    def run(self, stop: threading.Event, prefetch: int) -> None:
        """Until `stop`; ConfigError when RabbitMQ does not let us in, and whatever the handler raises unforeseen."""
        failures = 0
        while not stop.is_set():
            try:
                with translated():
                    connection = pika.BlockingConnection(self._parameters)
                    failures = 0
                    self._session(connection, stop, prefetch)
            except HandlerFailed as failed:
                raise failed.__cause__ or failed from None
            except TemporaryError as error:
                failures += 1
                seconds = pause(failures, first=1.0)
                log.warning("RabbitMQ is away", reason=str(error), seconds=round(seconds, 1))
                stop.wait(seconds)

    def _session(self, connection: pika.BlockingConnection, stop: threading.Event, prefetch: int) -> None:
        try:
            channel = self._subscribe(connection, prefetch)
            while not stop.is_set():
                self._settle(channel)
                if self._current is None:
                    self._start_next(connection)
                connection.process_data_events(time_limit=TURN_S)
                self._require_hearing(channel)
            self._give_back(channel)
            while self._current is not None:
                connection.process_data_events(time_limit=TURN_S)
                self._settle(channel)
        finally:
            self._waiting.clear()
            with suppress(*LOST):
                connection.close()

    def _subscribe(self, connection: pika.BlockingConnection, prefetch: int) -> BlockingChannel:
        channel = connection.channel()
        self._topology.declare(channel)
        channel.confirm_delivery()
        channel.basic_qos(prefetch_count=prefetch)
        for queue in self._turn:
            self._waiting[queue] = deque()
            channel.basic_consume(self._topology.name(queue), partial(self._on_message, queue))
        return channel

    def _on_message(  # noqa: PLR0917 - as pika calls it
        self,
        queue: str,
        channel: BlockingChannel,
        method: spec.Basic.Deliver,
        properties: spec.BasicProperties,
        body: bytes,
    ) -> None:
        self._waiting[queue].append(
            Delivery(queue=queue, tag=method.delivery_tag, body=body, channel=channel, message_id=properties.message_id)
        )

    def _require_hearing(self, channel: BlockingChannel) -> None:
        # After the broker closed the channel or deleted a queue the connection stays up, and no message ever comes.
        if not channel.is_open or len(channel.consumer_tags) < len(self._turn):
            raise AMQPError("the broker ended the subscription")

    def _start_next(self, connection: pika.BlockingConnection) -> None:
        """Hand over one message, of the queue that was served the longest time ago."""
        queue = next((queue for queue in self._turn if self._waiting[queue]), None)
        if queue is None:
            return
        self._turn.append(self._turn.pop(self._turn.index(queue)))
        delivery = self._waiting[queue].popleft()
        future = self._handling.start(queue, delivery.body)
        self._current = (delivery, future)
        future.add_done_callback(partial(_wake, connection))

    def _settle(self, channel: BlockingChannel) -> None:
        if self._current is None or not self._current[1].done():
            return
        delivery, future = self._current
        self._current = None
        error = future.exception()
        if error is not None:
            raise HandlerFailed from error
        verdict = future.result()
        if delivery.channel is not channel:
            return  # came by a lost connection: the broker delivers it again
        if verdict.kind == "dead":
            headers = {REASON_HEADER: verdict.reason, QUEUE_HEADER: delivery.queue}
            self._publish(channel, self._topology.dead, delivery, headers)
        elif verdict.kind == "back":
            self._publish(channel, self._topology.name(delivery.queue), delivery, {})
        channel.basic_ack(delivery.tag)

    def _give_back(self, channel: BlockingChannel) -> None:
        """Put what was fetched ahead back as new messages: returned ones would count towards the delivery limit."""
        for tag in list(channel.consumer_tags):
            channel.basic_cancel(tag)
        for queue, deliveries in self._waiting.items():
            for delivery in deliveries:
                self._publish(channel, self._topology.name(queue), delivery, {})
                channel.basic_ack(delivery.tag)

    def _publish(self, channel: BlockingChannel, name: str, delivery: Delivery, headers: dict[str, str]) -> None:
        properties = pika.BasicProperties(
            delivery_mode=2, content_type="application/json", headers=headers, message_id=delivery.message_id
        )
        channel.basic_publish("", name, delivery.body, properties, mandatory=True)  # confirmed, or it raises


def _wake(connection: pika.BlockingConnection, _future: object) -> None:
    with suppress(ConnectionWrongStateError):
        connection.add_callback_threadsafe(lambda: None)
