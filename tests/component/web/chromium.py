"""A real Chromium, driven by Selenium, and the web application behind a real socket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import servers

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
NO_SCRIPT = {"profile.managed_default_content_settings.javascript": 2}


class Quiet(WSGIRequestHandler):
    """Writes no line a request."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@contextmanager
def chromium(profile: Path, *, has_script: bool = True) -> Iterator[Chrome]:
    """A browser with a fresh profile; without `has_script` it runs no JavaScript."""
    binary, driver = servers.chromium()
    options = ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    if not has_script:
        options.add_experimental_option("prefs", NO_SCRIPT)
    browser = Chrome(options=options, service=ChromeService(driver))
    try:
        yield browser
    finally:
        browser.quit()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address the application answers at."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
