"""What must be true before the programs start: the schema, the MongoDB indexes, the listed companies, the demo."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from jobalerts import companies_file
from jobalerts.config import Settings
from jobalerts.embedded import demo
from jobalerts.errors import needed_to_start
from jobalerts.mongo.store import open_store
from jobalerts.sql import schema
from jobalerts.sql.engine import write


@needed_to_start()
def prepare(settings: Settings, engine: Engine) -> None:
    """Bring all stores up to date; safe to do again, and by several processes at once. `settings` are resolved."""
    schema.migrate(engine)
    store = open_store(settings.mongodb_url.get_secret_value(), settings.mongodb_database)
    try:
        store.prepare()
    finally:
        store.close()
    now = datetime.now(UTC)
    companies = companies_file.read(settings)
    with write(engine) as connection:
        companies_file.seed(connection, companies, every_hours=settings.crawl_every_hours, now=now)
        if settings.demo_on and settings.demo_url:
            demo.seed(connection, demo_url=settings.demo_url, every_hours=settings.crawl_every_hours, now=now)
        elif not settings.demo_on:
            demo.retire(connection, now=now)
