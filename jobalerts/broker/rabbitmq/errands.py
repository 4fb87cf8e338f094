"""Short questions to RabbitMQ over one connection that is made anew when it was lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pika
from pika.adapters.blocking_connection import BlockingChannel

from jobalerts.broker.rabbitmq.connection import LOST, closing, translated
from jobalerts.broker.rabbitmq.topology import Topology

REASON_HEADER = "x-jobalerts-reason"
QUEUE_HEADER = "x-jobalerts-queue"


class Errands:
    """Depth, ping, dead letters; may be called from any thread."""

    def __init__(self, parameters: pika.URLParameters, topology: Topology) -> None:
        self._parameters = parameters
        self._topology = topology
        self._lock = threading.Lock()
        self._connection: pika.BlockingConnection | None = None

    def ping(self) -> None:
        with self._channel():
            pass

    def depth(self, queue: str) -> int:
        with self._channel() as channel:
            return self._ready(channel, self._topology.name(queue))

    def take_dead(self, keep: Callable[[str, str, str, str | None], None], limit: int) -> int:
        """Each letter is acknowledged once it is kept, so that none is lost and one may come twice."""
        taken = 0
        with self._channel() as channel:
            for _ in range(min(limit, self._ready(channel, self._topology.dead))):
                method, properties, body = channel.basic_get(self._topology.dead)
                if method is None:
                    break
                queue, reason = self._origin(properties.headers or {})
                keep(queue, body.decode(errors="replace"), reason, properties.message_id)
                channel.basic_ack(method.delivery_tag)
                taken += 1
        return taken

    def close(self) -> None:
        if self._connection is not None:
            with suppress(*LOST):
                self._connection.close()

    @contextmanager
    def _channel(self) -> Iterator[BlockingChannel]:
        with self._lock, translated():
            channel = self._open()
            try:
                yield channel
            finally:
                with suppress(*LOST):
                    channel.close()  # returns a letter that was not kept

    def _open(self) -> BlockingChannel:
        if self._connection is not None:
            with suppress(*LOST):  # closed by the broker while nobody asked
                return self._connection.channel()
        with closing(pika.BlockingConnection(self._parameters)) as connection:
            self._topology.declare(connection.channel())
        self._connection = pika.BlockingConnection(self._parameters)
        return self._connection.channel()

    def _ready(self, channel: BlockingChannel, name: str) -> int:
        return int(channel.queue_declare(name, passive=True).method.message_count)

    def _origin(self, headers: dict[str, Any]) -> tuple[str, str]:
        if REASON_HEADER in headers:
            return str(headers[QUEUE_HEADER]), str(headers[REASON_HEADER])
        death = (headers.get("x-death") or [{}])[0]
        reason = str(death.get("reason", "unknown"))
        if reason == "delivery_limit":
            reason = "delivered too often and never finished"
        return self._topology.queue(str(death.get("queue", ""))), reason
