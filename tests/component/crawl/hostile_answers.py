"""What a hostile server sends, each as a function that answers one request."""

import gzip
import itertools
import json
import time
import zlib
from http.server import BaseHTTPRequestHandler
from typing import Any

import brotli

from tests.component.crawl.conftest import Respond, body

LONGEST_S = 290.0
"""Seconds after which a server that hangs gives up, so that its thread ends."""
HTML = "text/html"


def packed(content: bytes) -> Respond:
    return body(content, Content_Encoding="gzip")


def gzip_bomb(size: int = 2**27) -> bytes:
    """A thousandth of what it unpacks to."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(2**24)) for _ in range(size // 2**24)) + packer.flush()


def brotli_bomb(size: int = 2**27) -> bytes:
    packer = brotli.Compressor(quality=4)
    return b"".join(packer.process(bytes(2**24)) for _ in range(size // 2**24)) + packer.finish()


def endless(kind: str = "application/json") -> Respond:
    """Two gigabytes, chunked, without a length said before."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        piece = b"[" + b" " * (2**20 - 1)
        for _ in range(2048):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    return respond


def cut_off(content: bytes) -> Respond:
    """Half of what its length promises."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2])
        handler.close_connection = True

    return respond


def redirect(target: str) -> Respond:
    return body(b"", status=302, Location=target)


def in_turn(*answers: Respond) -> Respond:
    """The first request gets the first of them, and so on."""
    waiting = iter(answers)

    def respond(handler: BaseHTTPRequestHandler) -> None:
        next(waiting)(handler)

    return respond


def silence(handler: BaseHTTPRequestHandler) -> None:
    """Takes the request and says nothing."""
    _wait_for_the_other_side(handler)


def slow_drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte every tenth of a second, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    ends = time.monotonic() + LONGEST_S
    while time.monotonic() < ends:
        handler.wfile.write(b"1\r\n \r\n")
        time.sleep(0.1)


def slow_headers(handler: BaseHTTPRequestHandler) -> None:
    """Headers without an end, one every tenth of a second."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    ends = time.monotonic() + LONGEST_S
    while time.monotonic() < ends:
        handler.wfile.write(b"X-More: yes\r\n")
        time.sleep(0.1)


def flood_of_headers(handler: BaseHTTPRequestHandler) -> None:
    """Headers without an end, as fast as they are taken."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    line = b"X-More: " + b"y" * 8000 + b"\r\n"
    for _ in range(2**31 // len(line)):
        handler.wfile.write(line)


def no_http(handler: BaseHTTPRequestHandler) -> None:
    """Bytes that are no HTTP at all."""
    handler.wfile.write(b"\x16\x03\x01\x02\x00SSH-2.0-nonsense\r\n\r\n" * 8)
    handler.close_connection = True


def hung_up(handler: BaseHTTPRequestHandler) -> None:
    """The connection ends before the first byte."""
    handler.close_connection = True


def endless_pages(page: dict[str, Any]) -> Respond:
    """Every page is full of new postings, and there is always another one."""
    numbers = itertools.count()

    def respond(handler: BaseHTTPRequestHandler) -> None:
        number = next(numbers)
        items = [item | {"id": f"{number}-{place}"} for place, item in enumerate(page["items"])]
        body(json.dumps(page | {"items": items}).encode())(handler)

    return respond


def gzipped_sitemap_bomb() -> bytes:
    return gzip.compress(b"<urlset>" + b" " * 2**26, compresslevel=1)


def _wait_for_the_other_side(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.settimeout(LONGEST_S)
    handler.rfile.read(1)
    handler.close_connection = True
