"""Where Chromium and its driver are looked for; the source `browser` alone needs them."""

import os
import shutil

PATH = f"{os.defpath}:/usr/local/bin:/snap/bin"
"""Of crawls, which have no PATH of their own."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = "chromedriver"


def browser(path: str | None = None) -> str | None:
    """The browser's file; `path` None is that of this process."""
    return next(filter(None, (shutil.which(name, path=path) for name in BROWSERS)), None)


def driver(path: str | None = None) -> str | None:
    """The file of the browser's driver."""
    return shutil.which(DRIVER, path=path)


def missing(path: str = PATH) -> tuple[str, ...]:
    """What is not there, as the packages of Debian and Ubuntu call it."""
    found = {"chromium": browser(path), "chromium-driver": driver(path)}
    return tuple(name for name, file in found.items() if file is None)
