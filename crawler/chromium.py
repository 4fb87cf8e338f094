"""One page in headless Chromium (`python -m crawler.chromium ORDER`): the process that is killed when it is late.

ORDER is JSON: {"url", "wait_for", "hosts", "exempt", "user_agent", "seconds", "folder"}. Out comes {"status", "html"}.
Chromium can reach nothing but the hosts of the order, at the addresses they were checked to have: every other name,
and every address written as a number, is mapped to nothing.
"""

import os
import socket
import sys
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import orjson
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from crawler.addresses import USUAL_PORTS, is_public
from jobalerts import browsers

FLAGS = (
    "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--mute-audio",
    "--no-default-browser-check", "--no-proxy-server", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-features=AsyncDns,DnsOverHttps,OptimizationHints,MediaRouter,WebRtcHideLocalIpsWithMdns",
)  # fmt: skip
STATUS = "return performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0"


class Refused(Exception):
    """The page cannot be rendered; the message is one line."""


def render(order: dict[str, Any]) -> dict[str, Any]:
    """The page's HTML once `wait_for` matches, or when the time is over. Raises Refused."""
    binary, driver = browsers.browser(), browsers.driver()
    if not binary or not driver:
        raise Refused("Chromium is missing: install the packages chromium and chromium-driver")
    options = ChromeOptions()
    options.binary_location = binary
    options.page_load_strategy = "eager"
    flags = (*FLAGS, f"--user-data-dir={order['folder']}", f"--user-agent={order['user_agent']}", _reachable(order))
    for flag in (*flags, "--no-sandbox") if os.geteuid() == 0 else flags:
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download_restrictions": 3})
    browser = Chrome(options=options, service=ChromeService(driver))
    try:
        return _read(browser, order)
    except WebDriverException as error:
        raise Refused(str(error.msg).splitlines()[0][:200]) from None
    finally:
        browser.quit()


def _read(browser: Chrome, order: dict[str, Any]) -> dict[str, Any]:
    browser.set_page_load_timeout(order["seconds"])
    browser.get(order["url"])
    with suppress(TimeoutException):
        WebDriverWait(browser, order["seconds"], poll_frequency=0.2).until(
            lambda page: page.find_elements(By.CSS_SELECTOR, order["wait_for"])
        )
    return {"status": int(browser.execute_script(STATUS)) or 200, "html": browser.page_source}


def _reachable(order: dict[str, Any]) -> str:
    """The rules that leave only the page's host, and those named beside it, at public addresses or the exempt one."""
    page = urlsplit(order["url"])
    named = [(page.hostname or "", page.port or USUAL_PORTS[page.scheme])]
    exempt = tuple(order["exempt"]) if order["exempt"] else None
    if exempt is None:
        named = [(host, port) for host in (page.hostname or "", *order["hosts"]) for port in USUAL_PORTS.values()]
    rules = [f"MAP {host}:{port} {_address(host, port, is_exempt=(host, port) == exempt)}" for host, port in named]
    return f"--host-resolver-rules={','.join([*rules, 'MAP * ~NOTFOUND'])}"


def _address(host: str, port: int, *, is_exempt: bool) -> str:
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError:
        raise Refused(f"{host} has no address") from None
    if not is_exempt and not all(map(is_public, found)):
        raise Refused(f"{host} is not on the public internet")
    return f"[{found[0]}]:{port}" if ":" in found[0] else f"{found[0]}:{port}"


def main(arguments: list[str]) -> int:
    """Write the page to standard output; 1, with one line on standard error, when it cannot be rendered."""
    try:
        rendered = render(orjson.loads(arguments[0]))
    except Refused as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(orjson.dumps(rendered))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
