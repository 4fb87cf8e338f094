"""Connections to RabbitMQ, and pika's errors turned into ours."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pika
from pika.exceptions import (
    AMQPError,
    AuthenticationError,
    ChannelClosedByBroker,
    ChannelError,
    ConnectionClosedByBroker,
    ProbableAccessDeniedError,
    ProbableAuthenticationError,
)

from jobalerts.errors import ConfigError, TemporaryError

HEARTBEAT_S = 60
BLOCKED_TIMEOUT_S = 60  # a disk or memory alarm blocks publishers silently
SOCKET_TIMEOUT_S = 10
NOT_ALLOWED = {403, 530}  # ACCESS_REFUSED; NOT_ALLOWED: no such virtual host (AMQP 0-9-1)
OTHER_ARGUMENTS = 406  # PRECONDITION_FAILED
LOST = (AMQPError, ChannelError, OSError)


def parameters(url: str) -> pika.URLParameters:
    """The address with our time-outs; one that cannot be read is a ConfigError."""
    # What pika logs about a lost connection is said by our own errors, in one line.
    logging.getLogger("pika").setLevel(logging.CRITICAL)
    try:
        found = pika.URLParameters(url)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise ConfigError(f"BROKER_URL: {error}") from None
    if found.heartbeat is None:  # not said in the address
        found.heartbeat = HEARTBEAT_S
    found.blocked_connection_timeout = BLOCKED_TIMEOUT_S
    found.socket_timeout = SOCKET_TIMEOUT_S
    found.stack_timeout = SOCKET_TIMEOUT_S + 5
    found.client_properties = {"connection_name": f"jobalerts@{socket.gethostname()}"}
    return found


@contextmanager
def translated() -> Iterator[None]:
    """ConfigError when RabbitMQ does not let us in or keeps the queues otherwise, else TemporaryError."""
    try:
        yield
    except (AuthenticationError, ProbableAuthenticationError, ProbableAccessDeniedError) as error:
        raise ConfigError(f"BROKER_URL: RabbitMQ refuses this user or virtual host: {line(error)}") from error
    except ConnectionClosedByBroker as error:
        if error.reply_code in NOT_ALLOWED:
            raise ConfigError(f"BROKER_URL: RabbitMQ refuses: {error.reply_text}") from error
        raise TemporaryError(f"RabbitMQ went away: {error.reply_text}") from error
    except ChannelClosedByBroker as error:
        if error.reply_code in {OTHER_ARGUMENTS, *NOT_ALLOWED}:
            raise ConfigError(f"RabbitMQ: {error.reply_text}; delete that queue or correct the rights") from error
        raise TemporaryError(f"RabbitMQ closed the channel: {error.reply_text}") from error
    except LOST as error:
        raise TemporaryError(f"RabbitMQ does not answer: {line(error)}") from error


@contextmanager
def closing(connection: pika.BlockingConnection) -> Iterator[pika.BlockingConnection]:
    """Close it at the end, also when it was lost meanwhile."""
    try:
        yield connection
    finally:
        with suppress(*LOST):
            connection.close()


def line(error: BaseException) -> str:
    return (str(error) or repr(error)).splitlines()[0][:200]
