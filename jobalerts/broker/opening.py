"""Chooses the broker by BROKER_URL."""

from sqlalchemy import Engine

from jobalerts.broker import Broker
from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.config import Settings


def open_broker(settings: Settings, engine: Engine) -> Broker:
    """RabbitMQ when BROKER_URL is set, else the queues in the SQL database; nothing connects yet."""
    url = settings.broker_url.get_secret_value()
    return RabbitBroker(url) if url else EmbeddedBroker(engine)
