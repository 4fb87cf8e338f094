"""The queues: durable quorum queues that dead-letter at least once into one dead queue."""

from collections.abc import Mapping
from typing import Any

from pika.adapters.blocking_connection import BlockingChannel

from jobalerts.broker import QUEUES

VERSION = "v1"  # other arguments need another name: RabbitMQ refuses to redeclare
DELIVERY_LIMIT = 5
NO_LIMIT = 1_000_000  # RabbitMQ 4 drops what a queue without dead-lettering delivered 20 times
DEAD = "dead"


class Topology:
    """Names by prefix, so that tests (or two instances) can share one virtual host."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    @property
    def dead(self) -> str:
        return self.name(DEAD)

    def name(self, queue: str) -> str:
        return f"{self._prefix}{queue}.{VERSION}"

    def queue(self, name: str) -> str:
        """The queue behind a name of RabbitMQ's."""
        return name.removeprefix(self._prefix).removesuffix(f".{VERSION}")

    def names(self) -> list[str]:
        return [self.dead, *(self.name(queue) for queue in QUEUES)]

    def declare(self, channel: BlockingChannel) -> None:
        """Make what is missing; a queue with other arguments closes the channel with 406."""
        channel.queue_declare(
            self.dead, durable=True, arguments={"x-queue-type": "quorum", "x-delivery-limit": NO_LIMIT}
        )
        for queue in QUEUES:
            channel.queue_declare(self.name(queue), durable=True, arguments=self.arguments())

    def arguments(self) -> Mapping[str, Any]:
        """Of every queue but the dead one."""
        # At least once needs both the strategy and reject-publish, else RabbitMQ silently falls back to at most once.
        return {
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-overflow": "reject-publish",
            "x-dead-letter-strategy": "at-least-once",
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": self.dead,
        }
