"""Keeps a crawl inside the public internet: every request, redirect and resolved address is checked."""

from collections.abc import Sequence
from typing import Any, Self

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawler.addresses import Origin, is_public, refusal


class Refused(IgnoreRequest):
    """The address may not be asked for."""


class AddressGuard:
    """Downloader middleware, first of all: refuses addresses by scheme, user, port and, under `--base-url`, origin."""

    def __init__(self, exempt: Origin | None) -> None:
        self._exempt = exempt

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler.settings["JOBALERTS_JOB"].origin)

    def process_request(self, request: Request) -> None:
        reason = refusal(request.url, self._exempt)
        if reason is not None:
            raise Refused(f"{request.url} is not asked for: {reason}")


@implementer(IHostnameResolver)
class PublicResolver:
    """Resolves names, and passes on only public addresses, so that what was checked is what is connected to."""

    def __init__(self, reactor: Any, exempt: Origin | None) -> None:
        self._reactor = reactor
        self._resolver: IHostnameResolver = reactor.nameResolver
        self._exempt = exempt

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        return cls(reactor, crawler.settings["JOBALERTS_JOB"].origin)

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(  # Twisted's name for it
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        origin = self._exempt
        is_exempt = origin is not None and (hostName.strip("[]"), portNumber) == (origin.host, origin.port)
        receiver = resolutionReceiver if is_exempt else _PublicOnly(resolutionReceiver)
        return self._resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _PublicOnly:
    def __init__(self, receiver: IResolutionReceiver) -> None:
        self._receiver = receiver

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:
        if is_public(address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()
