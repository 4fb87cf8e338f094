"""The two questions an error answers (may it work later, or is it hopeless?) and the one for wrong settings."""

from collections.abc import Iterator
from contextlib import contextmanager


class JobalertsError(Exception):
    """Base of all errors that are raised on purpose; the message names the thing and the next step."""


class TemporaryError(JobalertsError):
    """May work later: a network, a server that is away, a full queue."""

    @property
    def brief(self) -> str:
        """Which part does what, without the driver's own words after the colon: fit for strangers."""
        return str(self).partition(":")[0]


class PermanentError(JobalertsError):
    """Will not work however often it is tried."""


class ConfigError(JobalertsError):
    """A setting or argument is missing or wrong; programs print it as one line and exit 2."""


@contextmanager
def needed_to_start() -> Iterator[None]:
    """What is away before a program has begun may as well be set wrong: its TemporaryError becomes a ConfigError."""
    try:
        yield
    except TemporaryError as error:
        raise ConfigError(str(error)) from error
