"""The web server itself, while somebody begins to send many forms and ends none."""

import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.acceptance.programs import STARTED_WITHIN_S, Programs, Visitor, wait_for
from webapp.uploads import OF_ONE_NETWORK

STALLED = 40
HALF_A_FORM = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf"
WHOLE_FORM = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\na=be"


@pytest.fixture
def site(tmp_path: Path, mongodb_url: str, mongodb_database: str) -> Iterator[Programs]:
    environment = {"MONGODB_URL": mongodb_url, "MONGODB_DATABASE": mongodb_database, "SMTP_URL": "smtp://127.0.0.1:1"}
    with Programs(tmp_path, environment) as programs:
        assert programs.command("migrate").returncode == 0
        programs.start("web", "web")
        visitor = Visitor(programs.site)
        wait_for(lambda: visitor.get("/"), within_s=STARTED_WITHIN_S, what="the site", programs=programs)
        yield programs


def send(site: Programs, data: bytes, *, sender: str) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", site.port), 15, source_address=(sender, 0))
    found.sendall(data)
    return found


def answered(connections: list[socket.socket]) -> list[socket.socket]:
    return select.select(connections, [], [], 0)[0]


def status_of(connection: socket.socket) -> int:
    return int(connection.recv(4096).split(b" ")[1])


def test_forms_that_never_end_hold_up_nobody_else(site: Programs) -> None:
    with ExitStack() as stalled:
        begun = [stalled.enter_context(send(site, HALF_A_FORM, sender="127.0.0.2")) for _ in range(STALLED)]
        wait_for(lambda: len(answered(begun)) == STALLED - OF_ONE_NETWORK, within_s=15, what="most are refused")
        assert {status_of(one) for one in answered(begun)} == {503}
        assert Visitor(site.site).get("/healthz")
        assert "How it is running" in Visitor(site.site).get("/stats")
        with send(site, WHOLE_FORM, sender="127.0.0.3") as other:
            assert status_of(other) == 400, "it is read, and has no token of this site"
    wait_for(lambda: is_read(site), within_s=15, what="forms are read again once the stalled ones have gone")


def is_read(site: Programs) -> bool:
    with send(site, WHOLE_FORM, sender="127.0.0.2") as again:
        return status_of(again) == 400
