"""Ports of the embedded services: chosen once and kept, so that addresses stay the same from start to start."""

import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"
CHOICE = range(20_000, 30_000)  # below the system's own ephemeral ports, so that it is free again next time


def kept_port(home: Path, name: str) -> int:
    """The port this service had last time, or another one when somebody listens there now."""
    file = home / "run" / f"{name}.port"
    try:
        port = int(file.read_text())
    except (FileNotFoundError, ValueError):
        port = 0
    if port and is_free(LOOPBACK, port):
        return port
    port = next(candidate for candidate in random.sample(CHOICE, len(CHOICE)) if is_free(LOOPBACK, candidate))
    file.write_text(f"{port}\n")
    return port


def is_free(address: str, port: int) -> bool:
    """True when a server could listen there now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True
