"""Where the embedded services listen, as they wrote it down in the home folder's `run/`."""

from pathlib import Path

from pydantic import SecretStr

from jobalerts.config import Settings
from jobalerts.embedded import records
from jobalerts.errors import ConfigError

MONGOD, SMTP, DEMO = "mongod", "smtp", "demo"


def resolved(settings: Settings) -> Settings:
    """Fill what is not configured from what runs; a ConfigError names what is neither."""
    found: dict[str, object] = {"demo": settings.demo_on}
    if not settings.mongodb_url.get_secret_value():
        found["mongodb_url"] = SecretStr(_running(settings.home, MONGOD, "MONGODB_URL"))
    if not settings.smtp_url.get_secret_value():
        found["smtp_url"] = SecretStr(_running(settings.home, SMTP, "SMTP_URL"))
    if not settings.demo_url and settings.demo_on:
        found["demo_url"] = _address(settings.home, DEMO)
    return settings.model_copy(update=found)


def _running(home: Path, service: str, variable: str) -> str:
    address = _address(home, service)
    if not address:
        raise ConfigError(
            f"{variable} is not set and nothing is running in {home}: set it, or start `jobalerts up` first"
        )
    return address


def _address(home: Path, service: str) -> str:
    record = records.read(home, service)
    return record.address if record and records.is_alive(record) else ""
