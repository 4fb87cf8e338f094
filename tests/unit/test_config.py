"""Settings come from the environment, wrong ones are one line that names the variable, and the key is made once."""

import stat
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr

from jobalerts import config
from jobalerts.config import Settings
from jobalerts.errors import ConfigError

AT_ONCE = 16


def key_of(home: Path, given: str = "") -> str:
    return config.signing_key(Settings(jobalerts_home=home, secret_key=SecretStr(given)))


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "abc"), ("DATABASE_URL", "mysql://x"), ("BROKER_URL", "foo"), ("SMTP_URL", "mail.example"),
     ("CRAWL_TIME_LIMIT", "301"), ("WORKER_SLOTS", "0"), ("MAIL_FROM", "nobody"), ("SECRET_KEY", "short")],
)  # fmt: skip
def test_a_wrong_setting_is_named_in_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # no .env here
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name) as caught:
        config.load()
    assert "\n" not in str(caught.value)


def test_a_secret_can_come_from_a_file_and_a_missing_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "key").write_text("k" * 40 + "\n")
    read = config.load({"SECRET_KEY_FILE": str(tmp_path / "key")})
    assert config.signing_key(read) == "k" * 40
    with pytest.raises(ConfigError, match="SECRET_KEY_FILE: cannot read"):
        config.load({"SECRET_KEY_FILE": str(tmp_path / "none")})


def test_programs_that_start_at_once_sign_with_one_whole_key_for_its_owner_alone(tmp_path: Path) -> None:
    barrier, keys = threading.Barrier(AT_ONCE), []

    def start() -> None:
        barrier.wait()
        keys.append(key_of(tmp_path))

    threads = [threading.Thread(target=start) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == AT_ONCE
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
