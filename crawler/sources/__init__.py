"""One module a kind of board, each with `SOURCE`; nothing else lies here."""

import pkgutil
from difflib import get_close_matches
from importlib import import_module

from crawler.shape import Source
from jobalerts.errors import ConfigError


def source_names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load_source(name: str) -> Source:
    """The source of that name; ConfigError with the list of sources and the closest one."""
    names = source_names()
    if name not in names:
        close = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]}? " if close else ""
        raise ConfigError(f"unknown source {name!r}: {hint}Sources are {', '.join(names)}")
    source: Source = import_module(f"{__name__}.{name}").SOURCE
    return source
