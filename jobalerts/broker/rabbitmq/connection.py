"""Connections to RabbitMQ, and pika's errors turned into ours."""

import logging
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException, AMQPConnectorStackTimeout
from pika.exceptions import (
    AMQPError,
    AMQPHeartbeatTimeout,
    AuthenticationError,
    ChannelClosedByBroker,
    ChannelError,
    ConnectionBlockedTimeout,
    ConnectionClosedByBroker,
    ConnectionOpenAborted,
    IncompatibleProtocolError,
    ProbableAccessDeniedError,
    ProbableAuthenticationError,
    StreamLostError,
)

from jobalerts.errors import ConfigError, TemporaryError

HEARTBEAT_S = 60
BLOCKED_TIMEOUT_S = 60  # a disk or memory alarm blocks publishers silently
SOCKET_TIMEOUT_S = 10
NOT_ALLOWED = {403, 530}  # ACCESS_REFUSED; NOT_ALLOWED: no such virtual host (AMQP 0-9-1)
OTHER_ARGUMENTS = 406  # PRECONDITION_FAILED
LOST = (AMQPError, AMQPConnectorException, ChannelError, OSError)
PLAIN_WORDS: tuple[tuple[type[BaseException], str], ...] = (  # the first that fits
    (socket.gaierror, "its host is not found: correct BROKER_URL, or look at the name server"),
    (ConnectionRefusedError, "connection refused: start it, or correct host and port of BROKER_URL"),
    (ConnectionBlockedTimeout, "it takes no messages, for want of disk or memory"),
    (AMQPHeartbeatTimeout, "time-out: its heartbeat stopped"),
    (ConnectionOpenAborted, "time-out: nothing came from its host"),  # so pika ends a greeting that takes too long
    (AMQPConnectorStackTimeout, "time-out: nothing came from its host"),
    (TimeoutError, "time-out: nothing came from its host"),
    (IncompatibleProtocolError, "what is there hangs up, or is no RabbitMQ: correct port and amqp(s) of BROKER_URL"),
    (ConnectionResetError, "the connection was lost"),
    (BrokenPipeError, "the connection was lost"),
    (StreamLostError, "the connection was lost"),
)


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
    except (AuthenticationError, ProbableAuthenticationError) as error:
        raise ConfigError("BROKER_URL: RabbitMQ refuses this user or password") from error
    except ProbableAccessDeniedError as error:
        raise ConfigError(
            "BROKER_URL: RabbitMQ refuses this user its virtual host, or has none of that name"
        ) from error
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
    """What is wrong, in one line and without pika's names for it."""
    cause = _innermost(error)
    for kind, words in PLAIN_WORDS:
        if isinstance(cause, kind):
            return words
    reason = cause.strerror if isinstance(cause, OSError) else None
    if isinstance(cause, ssl.SSLError):
        return f"no TLS, correct amqp(s) of BROKER_URL or the certificate: {cause.reason or reason}"
    return (reason or str(cause) or type(cause).__name__).splitlines()[0][:200]


def _innermost(error: BaseException) -> BaseException:
    """pika wraps what the socket said, once or twice, in `args`, `exception` or `exceptions`."""
    inner = (*getattr(error, "exceptions", ()), getattr(error, "exception", None), *error.args)
    wrapped = [one for one in inner if isinstance(one, BaseException)]
    return _innermost(wrapped[-1]) if wrapped else error
