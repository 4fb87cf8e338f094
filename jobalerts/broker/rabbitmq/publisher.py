"""Publishes persistent, mandatory messages and waits for the confirms of a whole window at once."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pika
from pika import spec
from pika.channel import Channel
from pika.exceptions import AMQPError
from pika.frame import Method
from uuid_utils import uuid7

from jobalerts.broker.rabbitmq.connection import LOST, closing, translated
from jobalerts.broker.rabbitmq.topology import Topology
from jobalerts.errors import TemporaryError

WINDOW = 1_000
CLOSE_TIMEOUT_S = 5.0
CONFIRM_TIMEOUT_S = 90.0  # longer than a blocked connection is waited for


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A message with an id of its own, by which its dead letter is told from all others."""

    name: str
    body: bytes
    properties: pika.BasicProperties


def labelled(name: str, body: str) -> Labelled:
    properties = pika.BasicProperties(delivery_mode=2, content_type="application/json", message_id=str(uuid7()))
    return Labelled(name=name, body=body.encode(), properties=properties)


class Publisher:
    """One connection, made at the first call and anew after it was lost; may be called from any thread."""

    def __init__(self, parameters: pika.URLParameters, topology: Topology) -> None:
        self._parameters = parameters
        self._topology = topology
        self._lock = threading.Lock()
        self._link: Link | None = None

    def publish(self, messages: Sequence[tuple[str, str]]) -> None:
        """Return once every (queue's name, body) is confirmed; TemporaryError: some may be kept, some not."""
        with self._lock:
            for start in range(0, len(messages), WINDOW):
                self._publish([labelled(*message) for message in messages[start : start + WINDOW]])

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _publish(self, window: Sequence[Labelled]) -> None:
        if self._link is not None:
            try:
                return self._link.send(window)
            except LOST:  # idle for long, or the broker was restarted: once more on a fresh connection
                self._drop()
            except TemporaryError:
                self._drop()  # a queue is gone or full: the next call declares what is missing
                raise
        with translated():
            self._link = self._open()
            self._link.send(window)
        return None

    def _open(self) -> "Link":
        with closing(pika.BlockingConnection(self._parameters)) as connection:
            self._topology.declare(connection.channel())
        return Link(self._parameters)

    def _drop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None


class Corked(pika.SelectConnection):
    """Sends what is published between `cork` and `uncork` at once: a packet a frame is slow for both sides."""

    _held: list[bytes] | None = None

    def cork(self) -> None:
        self._held = []

    def uncork(self) -> None:
        held, self._held = self._held, None
        if held:
            super()._adapter_emit_data(b"".join(held))

    def _adapter_emit_data(self, data: bytes) -> None:
        """What pika has every kind of connection bring itself."""
        if self._held is None:
            super()._adapter_emit_data(data)
        else:
            self._held.append(data)


class Link:
    """A connection whose loop runs only while somebody waits for confirms."""

    def __init__(self, parameters: pika.URLParameters) -> None:
        self._lost: BaseException | None = None
        self._channel: Channel | None = None
        self._is_ready = False
        self._is_closed = False
        self._tag = 0
        self._unconfirmed: dict[int, None] = {}
        self._refused: str | None = None
        self._connection = Corked(
            parameters,
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._on_channel),
            on_open_error_callback=self._on_closed,
            on_close_callback=self._on_closed,
        )
        try:
            self._run(lambda: self._is_ready)
        except LOST:
            self.close()
            raise

    def send(self, window: Sequence[Labelled]) -> None:
        """Return when all are confirmed; a queue that is missing or full is a TemporaryError."""
        assert self._channel is not None
        self._refused = None
        self._connection.cork()
        for message in window:
            self._channel.basic_publish("", message.name, message.body, message.properties, mandatory=True)
            self._tag += 1
            self._unconfirmed[self._tag] = None
        self._connection.uncork()
        self._run(lambda: not self._unconfirmed)
        if self._refused is not None:
            raise TemporaryError(self._refused)

    def close(self) -> None:
        with suppress(*LOST):
            if not self._is_closed:
                self._connection.close()
        deadline = time.monotonic() + CLOSE_TIMEOUT_S
        timer = self._connection.ioloop.call_later(CLOSE_TIMEOUT_S, self._stop_turning)
        while not self._is_closed and time.monotonic() < deadline:
            self._connection.ioloop.start()
        self._connection.ioloop.remove_timeout(timer)
        self._connection.ioloop.close()

    def _run(self, done: Callable[[], bool]) -> None:
        """Turn the loop until `done`; raises what ended the connection."""
        loop = self._connection.ioloop
        timer = loop.call_later(CONFIRM_TIMEOUT_S, self._on_timeout)
        while not done():
            if self._lost is not None:
                raise self._lost
            loop.start()
        loop.remove_timeout(timer)

    def _stop_turning(self) -> None:
        self._connection.ioloop.stop()

    def _on_channel(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_close_callback(self._on_lost)
        channel.add_on_return_callback(self._on_return)
        channel.confirm_delivery(self._on_confirm, callback=self._on_ready)

    def _on_ready(self, _frame: object) -> None:
        self._is_ready = True
        self._stop_turning()

    def _on_confirm(self, frame: Method[Any]) -> None:
        tag, multiple = frame.method.delivery_tag, frame.method.multiple
        settled = [one for one in self._unconfirmed if one <= tag] if multiple else [tag]
        for one in settled:
            self._unconfirmed.pop(one, None)
        if isinstance(frame.method, spec.Basic.Nack):
            self._refused = "RabbitMQ refuses messages: a queue is full or has no leader"
        if not self._unconfirmed:
            self._stop_turning()

    def _on_return(self, _channel: object, method: spec.Basic.Return, _properties: object, _body: bytes) -> None:
        self._refused = f"RabbitMQ has no queue {method.routing_key}"

    def _on_closed(self, _connection: object, reason: BaseException) -> None:
        self._is_closed = True
        self._on_lost(None, reason)

    def _on_lost(self, _who: object, reason: BaseException) -> None:
        self._lost = self._lost or reason
        self._stop_turning()

    def _on_timeout(self) -> None:
        self._on_lost(None, AMQPError(f"no confirm within {CONFIRM_TIMEOUT_S:.0f} s"))
