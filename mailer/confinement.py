"""A mistake of ours about one person, posting or mail stops nothing else: it is logged, and the caller tells of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog

from jobalerts.errors import TemporaryError

Made = TypeVar("Made")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What went wrong, in words for the operator."""

    reason: str


def confined(do: Callable[[], Made], *, what: str, **ids: str) -> Made | Mistake:
    """Return what `do` does, or the mistake that it makes; a server that is away is none: TemporaryError."""
    try:
        return do()
    except TemporaryError:
        raise
    except Exception as error:
        log.exception(what, **ids)
        return Mistake(reason=f"{type(error).__name__}: {error}")
