"""Settings: the only reader of the environment. Defaults run without any server."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from jobalerts.domain.mail_sender import read_sender
from jobalerts.errors import ConfigError

FILE_SUFFIX = "_FILE"
SHORTEST_KEY = 32
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Settings(BaseSettings):
    """Every setting by its environment name (upper case); `NAME_FILE` reads the value from a file."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    jobalerts_home: Path = Field(Path("var"), description="folder of all state")
    bind_address: str = Field("127.0.0.1", description="address the web server listens on")
    port: int = Field(8080, ge=1, le=65535, description="port the web server listens on")
    web_workers: int = Field(1, ge=1, le=64, description="processes of the web server")
    public_url: str = Field("", description="how people reach the site; makes every absolute link")
    trusted_proxies: int = Field(0, ge=0, le=5, description="reverse proxies whose X-Forwarded-For is believed")
    database_url: str = Field("", description="postgresql://…; empty: SQLite in the home folder")
    mongodb_url: SecretStr = Field(SecretStr(""), description="mongodb://…; empty: the embedded mongod")
    mongodb_database: str = Field("jobalerts", description="name of the MongoDB database")
    broker_url: SecretStr = Field(SecretStr(""), description="amqp://…; empty: queues in the SQL database")
    smtp_url: SecretStr = Field(SecretStr(""), description="smtp[s]://user:pass@host:port; empty: the embedded outbox")
    mail_from: str = Field("jobalerts <alerts@jobalerts.example>", description="sender of every mail")
    outputs_url: str = Field("", description="where task outputs go: a folder or s3://bucket/prefix")
    secret_key: SecretStr = Field(SecretStr(""), description="signs links and sessions; empty: made once and kept")
    companies_file: Path | None = Field(None, description="YAML list of companies; empty: the one that is shipped")
    demo: bool | None = Field(None, description="demo boards and a demo user; empty: on while SMTP_URL is not set")
    demo_url: str = Field("", description="where the demo boards are served; empty: started with `up`")
    operator_contact: str = Field("https://jobalerts.example/contact", description="in the crawler's User-Agent")
    operator_email: str = Field("", description="who is told what needs a hand; empty: ADMIN_EMAIL")
    admin_email: str = Field("admin@jobalerts.example", description="the admin's address for sign-in")
    worker_slots: int = Field(2, ge=1, le=64, description="crawls one worker runs at the same time")
    job_prefetch: int = Field(1, ge=1, le=64, description="messages one consumer takes at a time")
    job_timeout: float = Field(300, gt=0, description="seconds until a task is ended")
    crawl_time_limit: float = Field(270, gt=0, description="seconds one crawl may read a board")
    crawl_max_bytes: int = Field(64 * 2**20, gt=0, description="largest response, in bytes, that is read")
    crawl_host_requests: int = Field(2, ge=1, le=2, description="requests at a time to one host, of all crawls here")
    crawl_host_delay: float = Field(0.25, ge=0, le=10, description="least seconds between two requests to one host")
    crawl_every_hours: int = Field(6, ge=1, le=24, description="how often a board is read")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @model_validator(mode="after")
    def _known_schemes(self) -> Self:
        _must_start(self.database_url, "DATABASE_URL", ("postgresql://", "postgresql+psycopg://", "sqlite:///"))
        _must_start(self.broker_url.get_secret_value(), "BROKER_URL", ("amqp://", "amqps://"))
        _must_start(self.mongodb_url.get_secret_value(), "MONGODB_URL", ("mongodb://", "mongodb+srv://"))
        _must_start(self.smtp_url.get_secret_value(), "SMTP_URL", ("smtp://", "smtps://", "smtp+starttls://"))
        _must_start(self.public_url, "PUBLIC_URL", ("http://", "https://"))
        read_sender(self.mail_from)
        if 0 < len(self.secret_key.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(
                f"SECRET_KEY must have at least {SHORTEST_KEY} characters; empty makes and keeps a good one"
            )
        if self.log_level.upper() not in LOG_LEVELS:
            raise ValueError(f"LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}")
        if self.crawl_time_limit > self.job_timeout:
            raise ValueError("CRAWL_TIME_LIMIT must not be longer than JOB_TIMEOUT")
        return self

    @property
    def home(self) -> Path:
        return self.jobalerts_home.absolute()

    @property
    def hosts(self) -> Path:
        """Where the crawls of this machine agree on whose turn it is at a host."""
        return self.home / "hosts"

    @property
    def site(self) -> str:
        """Base of every absolute link, without a slash at the end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def sql_url(self) -> str:
        url = self.database_url or f"sqlite:///{self.home / 'jobalerts.db'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def outputs(self) -> str:
        return self.outputs_url or str(self.home / "outputs")

    @property
    def demo_on(self) -> bool:
        return not self.smtp_url.get_secret_value() if self.demo is None else self.demo


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a wrong one is a ConfigError whose line names the variable."""
    environment = os.environ if environment is None else environment
    try:
        return Settings(**_from_files(environment))
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper() or "settings"
        raise ConfigError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None


def signing_key(settings: Settings) -> str:
    """SECRET_KEY, or the key that is made once and kept, readable by its owner alone, in the home folder."""
    given = settings.secret_key.get_secret_value()
    if given:
        return given
    path = settings.home / "secret_key"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _keep_once(path, secrets.token_urlsafe(48))
    except OSError as error:
        raise ConfigError(f"JOBALERTS_HOME: cannot write {path}: {error.strerror}") from None
    return path.read_text().strip()


def _keep_once(path: Path, text: str) -> None:
    """Write a file for its owner alone, unless another program has been quicker; nobody ever sees half of it."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as own:
        own.write(text)
        own.flush()
        with suppress(FileExistsError):
            os.link(own.name, path)


def _from_files(environment: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in Settings.model_fields:
        path = environment.get(name.upper() + FILE_SUFFIX)
        if path:
            try:
                found[name] = Path(path).read_text().strip()
            except OSError as error:
                raise ConfigError(f"{name.upper()}{FILE_SUFFIX}: cannot read {path}: {error.strerror}") from None
    return found


def _must_start(value: str, name: str, schemes: tuple[str, ...]) -> None:
    if value and not value.startswith(schemes):
        raise ValueError(f"{name} must start with {' or '.join(schemes)}")
