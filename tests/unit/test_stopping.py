"""Signals end the wait of the main thread, whichever thread the system hands them to."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import signal, threading, time
from jobalerts.stopping import stop_on_signals, wait_until

def receive():
    time.sleep(0.5)  # the main thread waits by now
    signal.pthread_kill(threading.get_ident(), signal.{name})
    time.sleep(60)

stop = stop_on_signals()
threading.Thread(target=receive, daemon=True).start()
wait_until(stop)
"""


@pytest.mark.parametrize("name", [signal.SIGTERM.name, signal.SIGINT.name])
def test_a_signal_that_reaches_another_thread_ends_the_wait(name: str) -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM.format(name=name)], timeout=30, check=False)

    assert ended.returncode == 0
