"""The source `browser` on a machine without Chromium."""

import json
import subprocess
import sys

ORDER = {
    "url": "https://acme.example/", "wait_for": "li", "hosts": [], "exempt": None, "user_agent": "x", "seconds": 1,
    "folder": "/nonexistent",
}  # fmt: skip


def test_without_chromium_one_line_says_what_to_install() -> None:
    command = [sys.executable, "-m", "crawler.chromium", json.dumps(ORDER)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env={"PATH": "/nonexistent"}
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Chromium is missing: install the packages chromium and chromium-driver\n"
