"""What `up` runs besides the programs: mongod, the SMTP catcher and the demo boards, each only if not configured."""

import os
import threading
from pathlib import Path
from time import monotonic

from aiosmtpd.controller import Controller

from jobalerts.config import Settings
from jobalerts.embedded import mongod, records
from jobalerts.embedded.addresses import DEMO, MONGOD, SMTP
from jobalerts.embedded.demo_boards.server import DemoServer, open_server
from jobalerts.embedded.mongod import Mongod
from jobalerts.embedded.ports import LOOPBACK, kept_port
from jobalerts.embedded.programs import restart_delay
from jobalerts.embedded.smtp_catcher import open_catcher
from jobalerts.errors import ConfigError

DEMO_SEED = 1


class Services:
    """The embedded services; the small two are threads of this process, so they can never be left behind."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._home = settings.home
        self._mongod: Mongod | None = None
        self._catcher: Controller | None = None
        self._demo: DemoServer | None = None
        self._failures = 0
        self._start_at = 0.0

    def start(self) -> None:
        """Start them and write down where they are; a ConfigError says what is missing."""
        settings = self._settings
        if settings.demo_on and not settings.demo_url:
            self._demo = _open_demo(self._home)
            self._note(DEMO, os.getpid(), self._demo.site.url)
        if not settings.smtp_url.get_secret_value():
            port = kept_port(self._home, SMTP)
            self._catcher = open_catcher(self._home, port)
            self._note(SMTP, os.getpid(), f"smtp://{LOOPBACK}:{port}")
        if not settings.mongodb_url.get_secret_value():
            self._start_mongod()

    def look(self) -> str | None:
        """Start mongod again if it has ended, and say so; when that fails, again after 1, 2, 4, … 30 s."""
        if self._mongod is None or self._mongod.process.poll() is None or monotonic() < self._start_at:
            return None
        code = self._mongod.process.returncode
        try:
            self._start_mongod()
        except (ConfigError, OSError) as error:
            self._failures += 1
            delay = restart_delay(self._failures)
            self._start_at = monotonic() + delay
            return f"ended with code {code}, and does not start: {error}; starting again in {delay:.0f} s"
        self._failures = 0
        return f"ended with code {code} and was started again"

    def stop(self) -> None:
        if self._demo:
            self._demo.shutdown()
            self._demo.server_close()
        if self._catcher:
            self._catcher.stop()
        if self._mongod:
            self._mongod.stop()
        for name in (MONGOD, SMTP, DEMO):
            records.remove(self._home, name)

    def _start_mongod(self) -> None:
        self._mongod = mongod.start(self._home)
        self._note(MONGOD, self._mongod.pid, self._mongod.url)

    def _note(self, name: str, pid: int, address: str) -> None:
        record = records.record_of(name, pid, address)
        if record:
            records.write(self._home, record)


def _open_demo(home: Path) -> DemoServer:
    server = open_server(LOOPBACK, kept_port(home, DEMO), seed=DEMO_SEED)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()
    return server
