"""What one crawl is to do, as it is handed to the process that reads the board."""

from dataclasses import asdict, dataclass
from typing import Any

from crawler.addresses import Origin, origin_from

MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Plain values only, so that it travels as JSON; seconds and bytes."""

    source: str
    token: str
    company: str | None = None
    job_type: str | None = None
    location: str | None = None
    base_url: str | None = None
    contact: str = "https://jobalerts.example/contact"
    max_bytes: int = 64 * MIB
    max_pages: int = 2_000
    time_limit: float = 270.0
    answer_timeout: float = 30.0
    retry_delays: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    hosts: str = ""
    """Folder in which crawls of this machine agree on turns at hosts; empty: this one agrees with nobody."""
    host_requests: int = 2
    host_delay: float = 0.25
    """Least seconds between two requests to one host."""
    throttled: bool | None = None
    """Whether to keep that delay, to slow down with the host, and to leave it alone when it has asked another crawl to;
    None: unless `base_url` is given, because that is a server of one's own."""
    known: dict[str, str] | None = None
    """What the board said to a crawl before, as one hash, and of one answer its url, hash, etag and time."""
    log_level: str = ""

    @property
    def name(self) -> str:
        return f"{self.source}/{self.token}"

    @property
    def origin(self) -> Origin | None:
        return origin_from(self.base_url) if self.base_url else None

    @property
    def is_throttled(self) -> bool:
        return not self.base_url if self.throttled is None else self.throttled

    @property
    def least_delay(self) -> float:
        return self.host_delay if self.is_throttled else 0.0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def job_from_json(document: dict[str, Any]) -> Job:
    """Read what `Job.to_json` wrote; unknown keys are a TypeError."""
    delays = document.get("retry_delays", Job.__dataclass_fields__["retry_delays"].default)
    return Job(**document | {"retry_delays": tuple(delays)})
