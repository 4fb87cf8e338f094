"""Where Chromium is looked for."""

from pathlib import Path

from jobalerts import browsers


def test_what_is_missing_is_named_as_the_package_to_install(tmp_path: Path) -> None:
    assert browsers.missing(str(tmp_path)) == ("chromium", "chromium-driver")
    add(tmp_path, "google-chrome")
    assert browsers.missing(str(tmp_path)) == ("chromium-driver",)
    add(tmp_path, "chromedriver")
    assert browsers.missing(str(tmp_path)) == ()


def add(folder: Path, name: str) -> None:
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o700)
