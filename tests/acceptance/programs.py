"""The four programs as processes, each with its own environment and log, and a person's steps through the site."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import orjson
import urllib3
from bs4 import BeautifulSoup

from tests.servers import free_port

STARTED_WITHIN_S = 60


class Programs:
    """`start` and `kill` whole processes; everything that still runs is ended on leaving."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self.home = home
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.environment = {
            name: os.environ[name] for name in ("PATH", "LANG", "HOME", "SSL_CERT_FILE") if name in os.environ
        } | {"JOBALERTS_HOME": str(home), "PORT": str(self.port), "PUBLIC_URL": self.site, **environment}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jobalerts", *words],
            env=self.environment, cwd=self.home, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def start(self, name: str, *words: str) -> int:
        """Start `jobalerts WORDS` and return its process id."""
        with (self.home / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "jobalerts", *words],
                env=self.environment, cwd=self.home, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        return self._running[name].pid

    def kill(self, name: str) -> None:
        """kill -9 of the program alone: what it started stays, as it would."""
        process = self._running.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def log(self, name: str) -> str:
        return (self.home / f"{name}.log").read_text(errors="replace")


class Visitor:
    """A person with a browser that keeps cookies and sends forms as they stand on the page."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._cookies: dict[str, str] = {}
        self._pool = urllib3.PoolManager(retries=False, timeout=15)

    def get(self, path: str) -> str:
        return self._send("GET", path)

    def submit(self, path: str, **typed: str) -> str:
        """Open `path`, fill in its first POST form and send it; hidden fields are kept."""
        form = BeautifulSoup(self.get(path), "lxml").select_one("main form[method=post]")
        assert form is not None, f"no form at {path}"
        hidden = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden][name]")}
        return self._send("POST", str(form.get("action") or path), fields=hidden | typed)

    def api(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else orjson.dumps(body)
        answer = self._pool.request(method, f"{self.site}/api/v1/{path}", body=data, headers=headers)
        return answer.status, orjson.loads(answer.data) if answer.data else None

    def _send(self, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        url = path if path.startswith("http") else self.site + path
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()), "Origin": self.site}
        answer = self._pool.request(
            method, url, fields=fields, headers=headers, redirect=False, encode_multipart=False
        ) if method == "POST" else self._pool.request(method, url, headers=headers, redirect=False)  # fmt: skip
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, value = cookie.split(";")[0].split("=", 1)
            self._cookies[name] = value
        if answer.status in {301, 302, 303}:
            return self._send("GET", answer.headers["Location"])
        assert answer.status == 200, f"{method} {path}: {answer.status}"
        return answer.data.decode()


def link_in(text: str, path: str) -> str:
    """The first link in a mail's text whose path starts with `path`, without its origin."""
    found = re.search(rf"https?://[^/\s]+({re.escape(path)}[^\s>]+)", text)
    assert found, f"no link to {path} in:\n{text}"
    return found.group(1)


def wait_for(condition: Callable[[], Any], *, within_s: float, what: str, programs: Programs | None = None) -> Any:
    """Poll until the condition is true and return its value; on time-out, fail with the ends of the logs."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            value = condition()
        except (OSError, urllib3.exceptions.HTTPError):
            value = None
        if value:
            return value
        time.sleep(0.2)
    logs = "" if programs is None else "\n".join(
        f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}" for path in sorted(programs.home.glob("*.log"))
    )  # fmt: skip
    raise AssertionError(f"not within {within_s} s: {what}\n{logs}")
