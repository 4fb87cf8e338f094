"""The connection to the mail server: how it is opened, kept, found dead, and left."""

import threading
import time
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from jobalerts.errors import ConfigError
from mailer.smtp import Relay, SmtpConnection, Timeouts, read_relay
from tests import servers

MESSAGE = b"Subject: x\r\n\r\n.begins with a dot\r\n..two\r\nend\r\n"


class Memory:
    """Keeps what arrives, and over which session."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []
        self.sessions: list[int] = []

    async def handle_DATA(self, _server: Server, session: Session, envelope: Envelope) -> str:
        self.contents.append(envelope.original_content or b"")
        self.sessions.append(id(session))
        return "250 OK"


def let_in(_server: Server, _session: Session, _envelope: Envelope, _how: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=(data.login, data.password) == (b"ada@relay", b"p/w: d"), handled=False)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def controller(memory: Memory) -> Iterator[Controller]:
    controller = Controller(
        memory, hostname="127.0.0.1", port=servers.free_port(), authenticator=let_in, auth_require_tls=False, timeout=1
    )
    controller.start()
    yield controller
    controller.stop()


def connect(url: str) -> SmtpConnection:
    timeouts = Timeouts(connect=5, command=5, final_dot=5)
    return SmtpConnection(read_relay(url), local_hostname="jobs.example.org", timeouts=timeouts)


def send(connection: SmtpConnection) -> str:
    outcome = connection.send(sender="a@jobs.example.org", recipient="b@example.org", message=MESSAGE)
    return f"{outcome.result} {outcome.reason}".strip()


@pytest.mark.parametrize(
    ("url", "relay"),
    [
        ("smtp://mail:2525", Relay(security="smtp", host="mail", port=2525, user="", password="")),
        ("smtps://u:p@mail", Relay(security="smtps", host="mail", port=465, user="u", password="p")),
        ("smtp+starttls://u%40x:p%2Fw@mail", Relay(security="smtp+starttls", host="mail", port=587, user="u@x",
                                                  password="p/w")),
    ],
)  # fmt: skip
def test_the_address_is_taken_apart(url: str, relay: Relay) -> None:
    assert read_relay(url) == relay


@pytest.mark.parametrize("url", ["", "http://mail", "smtp://", "smtp://mail:port", "smtp://mail:99999"])
def test_an_address_that_cannot_be_used_names_the_setting(url: str) -> None:
    with pytest.raises(ConfigError, match="SMTP_URL"):
        read_relay(url)


def test_lines_that_begin_with_a_dot_arrive_as_they_are(controller: Controller, memory: Memory) -> None:
    connection = connect(f"smtp://127.0.0.1:{controller.port}")
    assert send(connection) == "accepted"
    connection.close()
    assert memory.contents == [MESSAGE]


def test_one_connection_serves_many_mails_and_a_dead_one_is_replaced(controller: Controller, memory: Memory) -> None:
    connection = connect(f"smtp://127.0.0.1:{controller.port}")
    assert [send(connection), send(connection)] == ["accepted", "accepted"]
    time.sleep(1.5)  # the server ends it after a second of silence
    assert send(connection) == "accepted"
    connection.close()
    first, second, third = memory.sessions
    assert first == second != third


def test_the_password_is_given_and_a_wrong_one_judges_no_mail(controller: Controller, memory: Memory) -> None:
    right = connect(f"smtp://ada%40relay:p%2Fw%3A%20d@127.0.0.1:{controller.port}")
    assert send(right) == "accepted"
    right.close()
    wrong = connect(f"smtp://ada%40relay:wrong@127.0.0.1:{controller.port}")
    assert send(wrong).startswith("held cannot talk to the mail server: 535")
    assert len(memory.contents) == 1


def test_encryption_that_is_asked_for_and_not_offered_sends_nothing(controller: Controller, memory: Memory) -> None:
    assert send(connect(f"smtp+starttls://127.0.0.1:{controller.port}")).startswith("held cannot talk")
    assert memory.contents == []


def test_a_wait_for_the_server_can_be_ended_from_another_thread() -> None:
    class Silent(Memory):
        async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
            held.set()
            while not let_go.is_set():
                await server.loop.run_in_executor(None, let_go.wait, 0.1)
            return "250 late"

    held, let_go = threading.Event(), threading.Event()
    controller = Controller(Silent(), hostname="127.0.0.1", port=servers.free_port())
    controller.start()
    connection = connect(f"smtp://127.0.0.1:{controller.port}")
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(send(connection)))
    thread.start()
    assert held.wait(5)
    connection.abort()
    thread.join(2)
    let_go.set()
    controller.stop()
    assert found[0].startswith("in_doubt")


def test_a_mail_that_may_be_another_mailers_by_now_is_not_handed_over(controller: Controller, memory: Memory) -> None:
    connection = connect(f"smtp://127.0.0.1:{controller.port}")
    gone = connection.send(
        sender="a@jobs.example.org", recipient="b@example.org", message=MESSAGE, still_ours=lambda: False
    )
    assert (gone.result, len(memory.contents)) == ("later", 0)
    assert send(connection) == "accepted", "on a new connection"
    assert len(memory.contents) == 1
    connection.close()
