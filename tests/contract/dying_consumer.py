"""A consumer that is killed while it handles its first message: run by the tests, not collected by them."""

import os
import signal
import sys
import threading

from jobalerts.broker import MAIL_SEND, Broker, Message
from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.sql.engine import open_engine


def die(_message: Message) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


kind, url, detail = sys.argv[1:]
broker: Broker
if kind == "rabbitmq":
    broker = RabbitBroker(url, prefix=detail)
else:
    broker = EmbeddedBroker(open_engine(url), lease_s=float(detail))
broker.consume([MAIL_SEND], die, stop=threading.Event())
