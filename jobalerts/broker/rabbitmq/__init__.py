"""The Broker on RabbitMQ (3.10 and later) with pika."""

import threading
from collections.abc import Callable, Sequence

from jobalerts.broker import QUEUES, Message
from jobalerts.broker.bodies import encode
from jobalerts.broker.handling import Handling
from jobalerts.broker.rabbitmq.connection import parameters
from jobalerts.broker.rabbitmq.consumer import Consumer
from jobalerts.broker.rabbitmq.errands import Errands
from jobalerts.broker.rabbitmq.publisher import Publisher
from jobalerts.broker.rabbitmq.topology import Topology
from jobalerts.errors import PermanentError


class RabbitBroker:
    """Queues are named `{prefix}{queue}.v1`; nothing connects before the first call."""

    def __init__(self, url: str, *, prefix: str = "") -> None:
        self._parameters = parameters(url)
        self._topology = Topology(prefix)
        self._publisher = Publisher(self._parameters, self._topology)
        self._errands = Errands(self._parameters, self._topology)

    def publish(self, messages: Sequence[Message]) -> None:
        unknown = {message.queue for message in messages} - set(QUEUES)
        if unknown:
            raise PermanentError(f"no such queue: {', '.join(sorted(unknown))}")
        self._publisher.publish([(self._topology.name(message.queue), encode(message)) for message in messages])

    def consume(
        self, queues: Sequence[str], handle: Callable[[Message], None], *, stop: threading.Event, prefetch: int = 1
    ) -> None:
        """See Broker; RabbitMQ counts `prefetch` once a queue, and the queues are served in turn."""
        handling = Handling(handle, stop)
        try:
            Consumer(self._parameters, self._topology, queues=queues, handling=handling).run(stop, prefetch)
        finally:
            handling.close()

    def take_dead(self, keep: Callable[[str, str, str, str | None], None], *, limit: int = 100) -> int:
        return self._errands.take_dead(keep, limit)

    def depth(self, queue: str) -> int:
        return self._errands.depth(queue)

    def ping(self) -> None:
        self._errands.ping()

    def close(self) -> None:
        self._publisher.close()
        self._errands.close()
