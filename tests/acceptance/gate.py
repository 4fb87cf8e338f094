"""A way to a server that can be shut or frozen, so that the server is away for the programs and for nobody else."""

import contextlib
import socket
import threading
from typing import Self

from tests.servers import free_port

CHUNK = 64 * 1024


class Gate:
    """Passes TCP connections on to `target`. Shut: existing ones end, new ones are refused. Frozen: nothing moves."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.port = free_port()
        self._target = target
        self._listener: socket.socket | None = None
        self._sockets: set[socket.socket] = set()
        self._moves = threading.Event()
        self._moves.set()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shut()

    def open(self) -> None:
        self._moves.set()
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def freeze(self) -> None:
        """Connections can be made and stay, but no byte passes until it is opened again."""
        self._moves.clear()

    def shut(self) -> None:
        self._moves.set()
        if self._listener is not None:
            _end(self._listener)
            self._listener = None
        for each in list(self._sockets):
            _end(each)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _address = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._target, 5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            self._sockets |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                self._moves.wait()
                sink.sendall(data)
        for each in (source, sink):
            self._sockets.discard(each)
            _end(each)


def _end(socket_: socket.socket) -> None:
    with contextlib.suppress(OSError):
        socket_.shutdown(socket.SHUT_RDWR)
    socket_.close()
