"""What somebody sees who starts it for the first time, without internet, and again the next day."""

import time
from pathlib import Path

import urllib3

from jobalerts.embedded.outbox_folder import CaughtMail, outbox_mails
from tests.component.up.installation import Installation, installation

FIRST_MAIL_WITHIN_S = 60
DEMO_USER = "demo@jobalerts.example"


def digests(home: Path) -> list[CaughtMail]:
    return [mail for mail in outbox_mails(home) if DEMO_USER in mail.to]


def await_digest(up: Installation, since: float) -> CaughtMail:
    while not (found := digests(up.home)):
        assert up.running.poll() is None, "up has ended:\n" + "".join(up.output)
        assert time.monotonic() - since < FIRST_MAIL_WITHIN_S, logs(up.home)
        time.sleep(0.2)
    return found[-1]


def logs(home: Path) -> str:
    return "\n".join(f"{path}:\n{path.read_text()[-3000:]}" for path in (home / "logs").glob("*.log"))


def test_the_first_start_mails_a_digest_within_a_minute_and_the_second_goes_on(tmp_path: Path) -> None:
    with installation(tmp_path / "a folder" / "var") as up:
        up.home.parent.mkdir()
        began = time.monotonic()
        up.start()
        up.await_start()
        digest = await_digest(up, began)
        assert "Engineer" in digest.text
        assert "http" in digest.html
        page = urllib3.request("GET", f"{up.site}/outbox", timeout=10).data.decode()
        assert digest.subject in page
        up.running.terminate()
        assert up.await_end() == 0
        before = len(digests(up.home))
        up.start()
        up.await_start()
        time.sleep(5)
        assert len(digests(up.home)) == before, "what was mailed once is not mailed again"
