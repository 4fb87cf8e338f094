"""Keeps a crawl inside the public internet: every request, redirect and resolved address is checked."""

from typing import Any, Self, TypeAlias
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.addresses import Origin, is_public, refusal

Zope: TypeAlias = Any
"""What a zope interface describes; type checkers cannot read those."""


class Refused(IgnoreRequest):
    """The address may not be asked for."""


class LeftHost(IgnoreRequest):
    """A board that is bound to its host redirects to another one."""


class AddressGuard:
    """Downloader middleware, first of all: refuses addresses by scheme, user, port and, under `--base-url`, origin."""

    def __init__(self, exempt: Origin | None) -> None:
        self._exempt = exempt

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["JOBALERTS_JOB"].origin)

    def process_request(self, request: Request) -> None:
        began = next(iter(request.meta.get("redirect_urls", ())), request.url)
        if request.meta.get("is_bound") and urlsplit(request.url).hostname != urlsplit(began).hostname:
            raise LeftHost(f"it redirects to {urlsplit(request.url).hostname}")
        reason = refusal(request.url, self._exempt)
        if reason is not None:
            raise Refused(f"{request.url} is not asked for: {reason}")


@implementer(IHostnameResolver)
class PublicResolver:
    """Resolves names, and passes on only public addresses, so that what was checked is what is connected to."""

    def __init__(self, reactor: Zope, exempt: Origin | None) -> None:
        self._reactor = reactor
        self._resolver: Zope = reactor.nameResolver
        self._exempt = exempt

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Zope) -> Self:
        return cls(reactor, crawler.settings["JOBALERTS_JOB"].origin)

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(self, receiver: Zope, hostName: str, portNumber: int = 0, *others: object) -> Zope:
        """Twisted's name for it; `others` are the address types and the transport, passed on as they come."""
        origin = self._exempt
        is_exempt = origin is not None and (hostName.strip("[]"), portNumber) == (origin.host, origin.port)
        checked = receiver if is_exempt else _PublicOnly(receiver)
        return self._resolver.resolveHostName(checked, hostName, portNumber, *others)


@implementer(IResolutionReceiver)
class _PublicOnly:
    def __init__(self, receiver: Zope) -> None:
        self._receiver = receiver

    def resolutionBegan(self, resolution: Zope) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:
        if is_public(address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()
